using CustomerComm.App;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
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
        ArgumentNullException.ThrowIfNull(message);
        var table = tables.Of<PhoneMessageRow>();
        var key = message.Id.Replace('/', ':');
        var row = new PhoneMessageRow
        {
            PartitionKey = message.To, RowKey = key, At = time.Now(), Sent = false, Text = message.Text,
        };
        await table.WriteAsync([row], [], row.Version, ct);
        return SendResult.Sent;
    }
}

/// <summary>Phones to try the system on without a provider.</summary>
public static class PhoneSimulator
{
    /// <summary>Adds the simulated way out.</summary>
    public static IServiceCollection AddPhoneSimulator(this IServiceCollection services) =>
        services.AddSingleton<IMessageChannel, SimulatedSms>();

    /// <summary>Maps the simulator's page.</summary>
    public static void MapPhoneSimulator(this IEndpointRouteBuilder app) => _ = app;
}
