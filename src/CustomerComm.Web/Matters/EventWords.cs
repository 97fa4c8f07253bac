using System.Collections.Immutable;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Desk;

namespace CustomerComm.Web.Matters;

/// <summary>Events as sentences, with what was written or said below.</summary>
internal static class EventWords
{
    public static DeskEvent Of(
        DateTimeOffset at, string key, IEnumerable<(string Key, string? Value)> fills,
        IEnumerable<(string Key, string? Value)> said, DeskWords words)
    {
        var sentence = words[key];
        foreach (var (name, value) in fills)
            sentence = sentence.Replace("{" + name + "}", value, StringComparison.Ordinal);
        var facts = ImmutableArray.CreateBuilder<DeskFact>();
        foreach (var (name, value) in said)
        {
            var place = "{" + name + "}";
            if (sentence.Contains(place, StringComparison.Ordinal))
                sentence = sentence.Replace(place, value, StringComparison.Ordinal);
            else if (!string.IsNullOrWhiteSpace(value))
                facts.Add(new DeskFact(words.Find($"Fact.{name}") ?? words[$"Field.{name}"], value));
        }

        return new DeskEvent(words.Time(at), DeskWords.Iso(at), sentence, facts.ToImmutable());
    }

    public static DeskEvent Of(DateTimeOffset at, ObligationEvent e, DeskWords words) =>
        Of(at, $"Event.{e.GetType().Name}", [], Said(e, words), words);

    private static IEnumerable<(string Key, string? Value)> Said(ObligationEvent e, DeskWords words) => e switch
    {
        ObligationEvent.Lapsed l =>
        [
            ("what", words.Name(l.Kind)), ("owner", words.Who(l.Owner)), ("due", words.Time(l.Due)),
            ("told", words.Person(l.Told)),
        ],
        ObligationEvent.LapseAcknowledged a =>
        [
            ("who", words.Person(a.By)), ("what", words.Name(a.Kind)), ("due", words.Time(a.Until)),
            ("comment", a.Comment?.Value),
        ],
        ObligationEvent.MessageFailed f =>
            [("to", f.To is { } to ? words.Who(to) : words["Who.Resident"]), ("error", f.Error)],
        ObligationEvent.LinkMade => [],
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
