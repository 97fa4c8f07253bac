using System.Collections.Concurrent;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;
using CustomerComm.Sqlite;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerComm.App.Tests;

/// <summary>A way out that remembers what went out, and fails as told.</summary>
internal sealed class RecordingChannel(Channel channel) : IMessageChannel
{
    public ConcurrentQueue<ReadyMessage> Sent { get; } = new();

    public Func<ReadyMessage, SendResult> Answer { get; set; } = _ => SendResult.Sent;

    public Channel Channel => channel;

    public Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
    {
        var result = Answer(message);
        if (result.Outcome == SendOutcome.Sent)
            Sent.Enqueue(message);
        return Task.FromResult(result);
    }
}

/// <summary>The whole application over the embedded store, with a clock that stands still until it is told.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = TestCompany.Time("2026-03-02 09:00");

    private readonly ServiceProvider _services;
    private readonly TempDirectory _directory = new();

    private TestApp(Action<IServiceCollection>? configure, CompanyDirectory directory) =>
        _services = Build(_directory.Path, directory, Time, Sms, configure);

    /// <summary>As an application alone, over a store that another one may have written.</summary>
    public static ServiceProvider ServicesAt(
        string path, CompanyDirectory directory, Action<IServiceCollection>? configure = null) =>
        Build(path, directory, new FakeTimeProvider(Start), new RecordingChannel(Channel.Sms), configure);

    private static ServiceProvider Build(
        string path, CompanyDirectory directory, FakeTimeProvider time, RecordingChannel sms,
        Action<IServiceCollection>? configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSingleton(new AppOptions { PublicUrl = "https://homes.example", SmsNumber = TestCompany.Phone(99) });
        services.AddSingleton<ISecrets>(new FixedSecrets());
        services.AddSingleton<INudge, NoNudge>();
        services.AddSingleton<IMessageChannel>(sms);
        services.AddSingleton<IMessageChannel, App.Conversations.TranscriptChannel>();
        services.AddSqliteStore(_ => path);
        services.AddSingleton<IAnchorKey>(new FileAnchorKey(Path.Combine(path + "-witness", "anchor.key")));
        services.AddSingleton(new PolicyFile(new PolicyEntry(new Policy(), Hours), null));
        services.AddCustomerComm();
        services.AddSingleton(directory);
        services.AddSingleton(new Phones("US"));
        configure?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public static CalendarRules Hours { get; } = new()
    {
        Weekly = [new([.. Enum.GetValues<DayOfWeek>()], [new(new(8, 0), new(18, 0))])],
    };

    /// <summary>Where its store lies.</summary>
    public string Data => _directory.Path;

    public FakeTimeProvider Time { get; } = new(Start);

    public RecordingChannel Sms { get; } = new(Channel.Sms);

    public static Task<TestApp> StartAsync(CompanyDirectory directory) => StartAsync(null, directory);

    public static async Task<TestApp> StartAsync(
        Action<IServiceCollection>? configure = null, CompanyDirectory? directory = null)
    {
        var app = new TestApp(configure, directory ?? TestCompany.Directory);
        await app.Get<RulesBook>().LoadAsync(app.Time, CancellationToken.None);
        return app;
    }

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Pumps until nothing is due.</summary>
    public Task<int> SweepAsync() => Get<Sweeper>().RunAsync(CancellationToken.None);

    public async Task<LoadedMatter<Complaint>> OpenAsync(
        string text = "电梯坏了三天没人修", Category? category = Category.Equipment, string? phone = null,
        string? sourceId = null)
    {
        var result = await Get<Intake>().ReceiveAsync(
            Request(text, category, phone ?? TestCompany.ResidentPhone, sourceId), new Actor.Resident(),
            CancellationToken.None);
        return Assert.IsType<MatterResult<Complaint>.Done>(result).Matter;
    }

    public static IntakeRequest Request(
        string text, Category? category = null, string? phone = null, string? sourceId = null) => new(
            TestCompany.HY, text, null, phone, null, null, Channel.Http, category, [], null, null, IsLetter: false, null,
            sourceId);

    public async Task<Complaint> DoAsync(LoadedMatter<Complaint> of, ComplaintCommand command, StaffMember by)
    {
        var result = await Get<ComplaintKind>().HandleAsync(
            of.Stream, command, new Actor.Staff(by), null, CancellationToken.None);
        return Assert.IsType<MatterResult<Complaint>.Done>(result).Matter.State;
    }

    public async Task<Complaint> StateAsync(LoadedMatter<Complaint> of) =>
        (await Get<ComplaintKind>().LoadAsync(of.Stream, CancellationToken.None))!.State;

    /// <summary>Stops it; what it stored stays.</summary>
    public ValueTask StopAsync() => _services.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private sealed class NoNudge : INudge
    {
        public void Nudge(StreamId stream)
        {
        }
    }

    private sealed class FixedSecrets : ISecrets
    {
        public byte[] For(string purpose) =>
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(purpose));
    }
}
