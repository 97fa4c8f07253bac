using CustomerComm.Local;
using CustomerComm.Web.Simulator;
using Microsoft.AspNetCore.Builder;

namespace CustomerComm.Simulation;

/// <summary>The pieces of the real host over a data directory, in this process; nothing runs by itself.</summary>
internal sealed class Opened : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Opened(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IEventStore Store => Get<IEventStore>();

    public static async Task<Opened> OpenAsync(
        string directory, TimeProvider time, CancellationToken ct, Func<IServiceProvider, IMessageChannel>? sms = null,
        Action<IServiceCollection>? configure = null, params string[] settings)
    {
        var app = LocalHost.Build(
            [
                "--CustomerComm:Demo=true", $"--CustomerComm:DataDirectory={directory}", "--urls=http://127.0.0.1:0",
                .. settings,
            ],
            builder =>
            {
                builder.Services.AddSingleton(time);
                configure?.Invoke(builder.Services);
                if (sms is null)
                    return;
                var real = builder.Services.Single(s => s.ImplementationType == typeof(SimulatedSms));
                builder.Services.Remove(real);
                builder.Services.AddSingleton(sms);
            });
        await LocalHost.PrepareAsync(app.Services, ct);
        return new Opened(app);
    }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Starts it, and gives its address.</summary>
    public Task<Uri> StartAsync(CancellationToken ct) => LocalHost.StartAsync(_app, ct);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
