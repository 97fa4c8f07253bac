using System.Collections.Immutable;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>Messages of a matter given up, and those that failed so far; never their texts, which may hold links.</summary>
internal static class DeskFailures
{
    public static async Task<ImmutableArray<DeskFailure>> OfAsync(
        StreamId stream, DeskWords words, DeskParts parts, CancellationToken ct)
    {
        var failures = ImmutableArray.CreateBuilder<DeskFailure>();
        foreach (var m in await parts.Store.ReadOutboxAsync(stream, ct, all: true))
        {
            if (m.Status == DeliveryStatus.Delivered || (m.Status == DeliveryStatus.Pending && m.Attempts == 0))
                continue;
            var message = (OutgoingMessage)await parts.Json.ReadAsync(m.Payload, typeof(OutgoingMessage), ct);
            failures.Add(new DeskFailure(
                words.Find($"Message.{message.Template}")
                    ?? words[message.Party is null ? "Message.Resident" : "Message.Staff"],
                message.Party is { } party ? words.Who(party) : words["Who.Resident"], words.Name(message.Channel),
                m.Status == DeliveryStatus.Dead, m.Attempts, m.Error ?? ""));
        }

        return failures.ToImmutable();
    }
}
