using CustomerComm.App;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Simulator;

/// <summary>A text message at a simulated phone. Partition: the phone in E.164 form; row: the message's id.</summary>
public sealed record PhoneMessageRow : ITableRow
{
    /// <inheritdoc/>
    public required string PartitionKey { get; init; }

    /// <inheritdoc/>
    public required string RowKey { get; init; }

    /// <inheritdoc/>
    public long Version { get; init; } = 1;

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Sent by the phone's owner rather than received.</summary>
    public required bool Sent { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }
}

/// <summary>Text messages go to the simulated phones; a message delivered again stays one message.</summary>
public sealed class SimulatedSms(ITables tables, TimeProvider time) : IMessageChannel
{
    /// <inheritdoc/>
    public Channel Channel => Channel.Sms;

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadyMessage message, CancellationToken ct)
    {
        await PhoneBook.WriteAsync(
            tables.Of<PhoneMessageRow>(),
            new PhoneMessageRow
            {
                PartitionKey = message.To,
                RowKey = message.Id.Replace('/', ':'),
                At = time.Now(),
                Sent = false,
                Text = message.Text,
            },
            ct);
        return SendResult.Sent;
    }
}

/// <summary>Phones to try the system on without a provider.</summary>
public static class PhoneSimulator
{
    /// <summary>Adds the phones' pages.</summary>
    public static IServiceCollection AddPhoneSimulator(this IServiceCollection services) =>
        services.AddSingleton<PhonePages>();

    /// <summary>Adds the simulated way out.</summary>
    public static IServiceCollection AddSimulatedSms(this IServiceCollection services) =>
        services.AddSingleton<IMessageChannel, SimulatedSms>();

    /// <summary>Maps the simulator's pages.</summary>
    public static void MapPhoneSimulator(this IEndpointRouteBuilder app)
    {
        var phones = app.MapGroup("/phones").ExcludeFromDescription();
        phones.MapGet("", (HttpContext http, IServiceProvider services, CancellationToken ct) =>
            services.GetRequiredService<PhonePages>().ListAsync(http, ct));
        phones.MapGet("/{number}", (string number, HttpContext http, IServiceProvider services, CancellationToken ct) =>
            services.GetRequiredService<PhonePages>().ShowAsync(number, http, ct));
        phones.MapPost(
            "/{number}/messages",
            (string number, HttpContext http, IServiceProvider services, CancellationToken ct) =>
                services.GetRequiredService<PhonePages>().SendAsync(number, http, ct));
    }
}
