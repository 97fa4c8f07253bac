using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Matters;

/// <summary>Writes the messages that a matter owes: to whom, by which way, in which words.</summary>
public sealed class MatterComposer(Links links, Phones phones)
{
    /// <summary>
    /// The message ready for the outbox; null where nobody can be reached: the desk shows that they must be reached
    /// otherwise. Staff are written to in the company's language, residents in theirs.
    /// </summary>
    public OutgoingMessage? Compose<TMatter, TState, TCommand, TEvent>(
        MatterMessage message, TState state, StreamId stream, Rules rules)
        where TMatter : IMatter<TState, TCommand, TEvent>
        where TState : class, IMatterState
        where TCommand : class
        where TEvent : class
    {
        if (AddressOf(message.To, state, rules.Directory) is not { } address)
            return null;
        var language = address.Language;
        var link = message.Link is { } page ? new LinkAt(stream, page, message.Issue) : null;
        var free = "";
        int Segments(string t) => !address.Channel.Way().Short
            ? 1
            : SmsText.Segments(link is null ? t : links.Sized(t, link));
        string Frame(string hotline) => Texts.Format($"Template.{message.Template}", language, name =>
        {
            var word = Find(message, name) ?? TMatter.WordOf(state, name);
            if (word is Word.Said said)
            {
                free = said.Text;
                return "{text}";
            }

            return name switch
            {
                "number" => state.Number,
                "hotline" => hotline,
                "danger" => Emergency.TextOf(rules.Directory.Known(state.Community), language),
                _ => word is null ? null : Write(word, rules, language),
            };
        });
        // Both numbers are told (4.6.1-1); where that makes a text message too long, the one that quality answers, in danger
        // the community's own, where somebody is at any hour.
        var frame = Frame(rules.Directory.LinesOf(state.Community));
        if (Segments(frame.Replace("{text}", "", StringComparison.Ordinal)) > SmsText.MostSegments)
        {
            frame = Frame(
                !state.Danger && rules.Directory.ComplaintLine is { } line
                    ? line : rules.Directory.Known(state.Community).Hotline);
        }

        var text = SmsText.Fit(frame, free, Segments);
        return new OutgoingMessage(
            message.Template, address.Channel, new Personal(address.To), new Personal(text), address.Party, link)
        {
            Bulk = message.Bulk,
        };
    }

    private Address? AddressOf(Recipient to, IMatterState state, CompanyDirectory directory) => to switch
    {
        Recipient.Staff staff => MemberOf(staff, state, directory) is { } member
            ? new Address(Channel.Sms, member.Phone.Value, Party.Of(member.Id), Languages.Default)
            : null,
        Recipient.Resident { Conversation: { } conversation } r =>
            new Address(Channels.OfAddress(conversation), conversation, null, r.Language),
        // Paid for and never read: no text message goes to a fixed line, wherever the number came from.
        Recipient.Resident { Phone: { } phone } r when !PhoneNumber.TryCreate(phone.Value, out var number)
            || phones.TakesTexts(number) => new Address(Channel.Sms, phone.Value, null, r.Language),
        Recipient.Resident => null,
        _ => throw new InvalidOperationException($"Unknown recipient {to.GetType().Name}."),
    };

    private static StaffMember? MemberOf(Recipient.Staff to, IMatterState state, CompanyDirectory directory)
    {
        var unit = to.Party.Unit ?? state.HandlingUnit;
        var member = (to.Party.Staff is { } id ? directory.Find(id) : null)
            ?? (to.Anyone
                ? null
                : Authority.FirstFree(unit, state, directory, state.Hands))
            ?? Authority.FirstFree(unit, state, directory);
        // Nobody barred is ever told, not even by an older assignment of theirs.
        return member is null || (Authority.IsBarred(state, member, directory) && !to.Personally)
            ? Authority.FirstFree(state.Chief, state, directory)
            : member;
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

    private static string Write(Word word, Rules rules, Language language) => word switch
    {
        Word.Plain { Longest: 0 } p => SmsText.Plain(p.Text),
        Word.Plain p => SmsText.Shorten(SmsText.Plain(p.Text), p.Longest),
        Word.Known k => Texts.Get(k.Key, language),
        Word.At a => Texts.Time(a.Time, rules.Calendar.Zone, language),
        Word.Named n => Texts.Name(n.Value, language),
        Word.Who { Party.Staff: { } id } => rules.Directory.Find(id)?.Name ?? id.Value,
        Word.Who w => Texts.Name(w.Party.Unit!.Value, language),
        _ => throw new InvalidOperationException($"Unknown word {word.GetType().Name}."),
    };

    private sealed record Address(Channel Channel, string To, Party? Party, Language Language);
}
