using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>Writes the messages that a matter owes: to whom, by which way, in which words.</summary>
public sealed class MatterComposer(Links links)
{
    /// <summary>
    /// The message ready for the outbox; null where nobody can be reached: the desk shows that they must be reached
    /// otherwise. Staff are written to in the company's language, residents in theirs.
    /// </summary>
    public OutgoingMessage? Compose(MatterMessage message, IMatterState state, StreamId stream, Rules rules)
    {
        switch (message.To)
        {
            case Recipient.Staff { Party: var party }:
                var member = MemberOf(party, state, rules.Directory);
                return member is null
                    ? null
                    : Write(
                        message, state, stream, rules, Language.Chinese, Channel.Sms, member.Phone.Value,
                        Party.Of(member.Id));
            case Recipient.Resident { Conversation: { } conversation } resident:
                return Write(message, state, stream, rules, resident.Language, Channel.Chat, conversation, null);
            case Recipient.Resident { Phone: { } phone } resident:
                return Write(message, state, stream, rules, resident.Language, Channel.Sms, phone.Value, null);
            case Recipient.Resident:
                return null;
            default:
                throw new InvalidOperationException($"Unknown recipient {message.To.GetType().Name}.");
        }
    }

    private static StaffMember? MemberOf(Party party, IMatterState state, CompanyDirectory directory) =>
        (party.Staff is { } id ? directory.Find(id) : null)
        ?? Authority.FirstFree(party.Unit ?? state.Lead, state.Community, null, directory, state.Hands)
        ?? Authority.FirstFree(party.Unit ?? state.Lead, state.Community, null, directory);

    private OutgoingMessage Write(
        MatterMessage message, IMatterState state, StreamId stream, Rules rules, Language language, Channel channel,
        string to, Party? party)
    {
        var free = "";
        var frame = Texts.Format($"Template.{message.Template}", language, name =>
        {
            if (Find(message, name) is Word.Said said)
            {
                free = said.Text;
                return "{text}";
            }

            return WordOf(message, name, state, rules, language);
        });
        var text = SmsText.Fit(frame, free, t => channel == Channel.Chat
            ? 1
            : SmsText.Segments(message.Link is { } page ? links.Fill(t, page, stream, message.Issue) : t));
        return new OutgoingMessage(
            null, channel, new Personal(to), new Personal(text), party, null, message.Issue, message.Template,
            message.Link);
    }

    private static Word? Find(MatterMessage message, string name)
    {
        foreach (var (known, word) in message.Words)
        {
            if (known == name)
                return word;
        }

        return null;
    }

    private static string? WordOf(
        MatterMessage message, string name, IMatterState state, Rules rules, Language language) => name switch
        {
            "number" => state.Number,
            "hotline" => rules.Directory.Find(state.Community)?.Hotline ?? "",
            _ => Find(message, name) switch
            {
                null => null,
                Word.Plain p => SmsText.Plain(p.Text),
                Word.At a => Texts.Time(a.Time, rules.Calendar.Zone, language),
                Word.Named n => Texts.Name(n.Value, language),
                Word.Who { Party.Staff: { } id } => rules.Directory.Find(id)?.Name ?? id.Value,
                Word.Who w => Texts.Name(w.Party.Unit!.Value, language),
                var other => throw new InvalidOperationException($"Unknown word {other.GetType().Name}."),
            },
        };
}
