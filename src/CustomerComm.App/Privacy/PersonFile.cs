using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Privacy;

/// <summary>Something that happened in a matter of a person; <paramref name="Said"/> is what they may read of it.</summary>
public sealed record PersonEvent(DateTimeOffset At, string Type, object? Said);

/// <summary>A matter of a person.</summary>
public sealed record PersonMatter(string Kind, string Number, IReadOnlyList<PersonEvent> Events);

/// <summary>A line of a conversation of theirs.</summary>
public sealed record PersonLine(DateTimeOffset At, string Type, IReadOnlyList<string> Texts);

/// <summary>A message that was sent to them.</summary>
public sealed record PersonMessage(DateTimeOffset At, string Matter, string Channel, string Status, string Text);

/// <summary>Somebody of staff looked at a matter of theirs; by post, as residents are shown it.</summary>
public sealed record PersonLook(DateTimeOffset At, string Matter, string Unit, string What);

/// <summary>
/// Everything that is kept about one person: their matters, conversations, messages, calls, who looked, answers of their home where it is
/// theirs alone, and, where they are staff, their sign-ins. What staff told each other is left out, as in the evidence that
/// a resident is given. What is in no row that leads to them (entries of registers, revisits) is not found.
/// </summary>
public sealed record PersonFile(
    DateTimeOffset MadeAt, string Address, string? Name, string? Room, IReadOnlyList<PersonMatter> Matters,
    IReadOnlyList<PersonMessage> Messages, IReadOnlyList<PersonLine> Conversations, IReadOnlyList<PersonLook> Looked)
{
    /// <summary>How it is written: personal values in the clear.</summary>
    public static JsonSerializerOptions Json { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(StoredJson.Options) { WriteIndented = true };
        options.Converters.Remove(options.Converters.OfType<PersonalConverter>().Single());
        options.Converters.Add(new TextConverter<Personal>(v => v.Value, s => new Personal(s)));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
