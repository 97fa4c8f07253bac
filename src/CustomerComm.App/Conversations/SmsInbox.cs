using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Conversations;

/// <summary>A text message that came in. <paramref name="MessageId"/> is the provider's.</summary>
public sealed record SmsReceived(string MessageId, string From, string Text);

/// <summary>
/// Takes text messages in: saved first, handled after. Own numbers, machines and what a gateway delivers twice are kept
/// and shown in the register but never answered, so that two machines can never talk each other up.
/// </summary>
public sealed class SmsInbox(
    ConversationStreams streams, MachineTalk machines, Phones phones, AppOptions options, INudge nudge)
{
    private const int LongestSender = 100;

    /// <summary>Saves the message; false where it had been taken before.</summary>
    public async Task<bool> ReceiveAsync(SmsReceived sms, CancellationToken ct)
    {
        var known = phones.TryRead(sms.From, out var from);
        var own = known && phones.TryRead(options.SmsNumber, out var number) && number == from;
        // Whoever wrote under a name or a short number has a conversation of their own as well.
        var address = known ? from.Value : SenderOf(sms.From);
        var saved = await streams.SaveAsync(
            Channel.Sms, address, sms.MessageId, sms.Text,
            before => own ? Apart.OwnNumber
                : machines.Judge(before, sms.Text) ?? (known ? null : Apart.UnknownSender),
            ct);
        if (saved)
            nudge.Nudge(streams.StreamOf(Channel.Sms, address));
        return saved;
    }

    private static string SenderOf(string from)
    {
        var trimmed = Check.Mended(from.Trim());
        return trimmed.Length switch
        {
            0 => "?",
            > LongestSender => trimmed[..LongestSender],
            _ => trimmed,
        };
    }
}
