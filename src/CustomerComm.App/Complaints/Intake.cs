using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Classification;
using CustomerComm.App.Company;
using CustomerComm.App.Storage;
using CustomerComm.App.Telemetry;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <summary>
/// A complaint as it comes in. <paramref name="SourceId"/> is the sender's own id of the message, with the channel's
/// name before it; null where the sender gave none. <paramref name="Category"/> is null unless the resident chose.
/// <paramref name="Kind"/> is set where it is known otherwise than from the words, e.g. from an order that was refused.
/// </summary>
public sealed record IntakeRequest(
    CommunityId Community,
    string Text,
    string? Name,
    string? Phone,
    string? Room,
    string? Conversation,
    Channel Channel,
    Category? Category,
    ImmutableArray<Category> Also,
    DateTimeOffset? WantedBy,
    Language? Language,
    bool IsLetter,
    StaffId? EnteredBy,
    string? SourceId,
    Nature? Kind = null);

/// <summary>What intake came to.</summary>
public abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>The case is open and safe; <paramref name="Repeated"/>: this message had opened it before.</summary>
    public sealed record Opened(LoadedCase Case, bool Repeated) : IntakeResult;

    /// <summary>Refused; nothing was opened.</summary>
    public sealed record Refused(Refusal Refusal) : IntakeResult;

    /// <summary>The message id was used before with another content; the case it opened then.</summary>
    public sealed record Reused(string MessageId, LoadedCase Case) : IntakeResult;
}

/// <summary>
/// Opens cases: every valid complaint gets its number and its form, none is left out and none is opened twice
/// (4.6.2-1). When it returns, the case is durable; nobody has been waited for.
/// </summary>
public sealed class Intake(
    ComplaintKind service, CaseStreams cases, SealedJson json, Numbering numbering, RulesBook book,
    Pseudonyms pseudonyms, Phones phones, Classifier classifier, Waiting waiting, TimeProvider time)
{
    private readonly ConcurrentDictionary<StreamId, TaskCompletionSource> _arriving = new();

    /// <summary>Takes a complaint in.</summary>
    public async Task<IntakeResult> ReceiveAsync(IntakeRequest request, Actor actor, CancellationToken ct)
    {
        using var span = Traces.TakeIn(request.Channel);
        var result = await TakeAsync(request, actor, ct);
        var (kind, outcome) = result switch
        {
            IntakeResult.Opened o => (o.Case.History.State.Kind.ToString(), o.Repeated ? "repeated" : "opened"),
            IntakeResult.Reused => ("none", "reused"),
            _ => ("none", "refused"),
        };
        Signals.TookIn(request.Channel, kind, outcome);
        span.End(outcome);
        return result;
    }

    private async Task<IntakeResult> TakeAsync(IntakeRequest request, Actor actor, CancellationToken ct)
    {
        if (Check(request) is { } bad)
            return new IntakeResult.Refused(bad);
        var source = request.SourceId is { } id ? $"{id}#{Fingerprint(request)}" : null;
        var stream = Pseudonyms.Case(request.SourceId ?? Guid.NewGuid().ToString("N"));
        waiting.Enter();
        try
        {
            return await OnceAsync(request, stream, source, actor, ct);
        }
        finally
        {
            waiting.Leave();
        }
    }

    private async Task<IntakeResult> OnceAsync(
        IntakeRequest request, StreamId stream, string? source, Actor actor, CancellationToken ct)
    {
        var alone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The same message at the same time waits for the first, so that only one number is used up.
        while (!_arriving.TryAdd(stream, alone))
        {
            if (_arriving.TryGetValue(stream, out var first))
                await first.Task.WaitAsync(ct);
        }

        try
        {
            return await OpenAsync(request, stream, source, actor, ct);
        }
        finally
        {
            _arriving.TryRemove(stream, out _);
            alone.SetResult();
        }
    }

    private async Task<IntakeResult> OpenAsync(
        IntakeRequest request, StreamId stream, string? source, Actor actor, CancellationToken ct)
    {
        if (request.SourceId is not null && await cases.LoadAsync(stream, ct) is { } before)
            return Before(before, source!);

        var rules = book.Current(request.Community);
        var contact = Contacts.Of(
            book.Directory, phones, request.Community, request.Name, request.Phone, request.Room,
            request.Conversation, request.EnteredBy is not null);
        var keyId = pseudonyms.Person(contact.Phone?.Value ?? contact.Conversation ?? stream.Value);
        var year = rules.Calendar.LocalDate(time.Now()).Year;
        // A dry run first: what will be refused must not use up a number.
        var receive = Receive(request, contact, new ComplaintNumber(request.Community, year, 0), source);
        if (ComplaintMatter.Decide(null, receive, actor, time.Now(), rules) is Decision<ComplaintEvent>.Refused no)
            return new IntakeResult.Refused(no.Refusal);

        var preparing = json.PrepareAsync(keyId, ct);
        var number = await numbering.AllocateAsync(request.Community, year, stream, ct);
        await preparing;
        var decided = ComplaintMatter.Decide(null, receive with { Number = number }, actor, time.Now(), rules);
        if (decided is Decision<ComplaintEvent>.Refused refused)
            return new IntakeResult.Refused(refused.Refusal);
        var opened = await service.OpenAsync(
            stream, keyId, ((Decision<ComplaintEvent>.Accepted)decided).Events, rules, ct);
        if (opened is not null)
            return new IntakeResult.Opened(opened, Repeated: false);
        // Another process took the same message at the same time and was first: this number is voided in sight by the
        // audit.
        return Before(
            await cases.LoadAsync(stream, ct)
                ?? throw new IOException($"Stream {stream} can be neither opened nor read."), source!);
    }

    private static IntakeResult Before(LoadedCase before, string source)
    {
        var state = before.History.State;
        if (state.Outcome == Outcome.Voided)
        {
            return new IntakeResult.Refused(new Refusal(
                RefusalCode.TooLate, "4.6.2-1",
                "This message was given up half-way before; send it again under a new Idempotency-Key."));
        }

        return state.Intake.SourceId == source
            ? new IntakeResult.Opened(before, Repeated: true)
            : new IntakeResult.Reused(source[..source.LastIndexOf('#')], before);
    }

    private Refusal? Check(IntakeRequest r)
    {
        if (book.Directory.Find(r.Community) is null)
            return Bad("community", $"There is no community '{r.Community}'. GET /api/communities lists them.");
        if (string.IsNullOrWhiteSpace(r.Text) || r.Text.Length > ComplaintMatter.LongestText)
        {
            return Bad(
                "text", $"'text' has {r.Text?.Length ?? 0} characters; write 1 to {ComplaintMatter.LongestText}.");
        }
        if (r.Text.Contains('\0', StringComparison.Ordinal))
            return Bad("text", "'text' contains a NUL character.");
        if (!string.IsNullOrWhiteSpace(r.Phone) && !phones.TryRead(r.Phone, out _))
            return Bad("contact.phone", "'contact.phone' is not a telephone number; e.g. +86 138 0000 0000.");
        if (r.Name?.Length > 100)
            return Bad("contact.name", "'contact.name' has more than 100 characters.");
        return r.Room?.Length > 100 ? Bad("contact.room", "'contact.room' has more than 100 characters.") : null;
    }

    private static Refusal Bad(string field, string text) => new(RefusalCode.BadField, "4.6.2-1", text, field);

    private ComplaintCommand.Receive Receive(
        IntakeRequest r, Contact contact, ComplaintNumber number, string? source)
    {
        var suggestion = classifier.Classify(r.Text);
        var chosen = r.Category is not null;
        // Somebody who picked a category complains, whatever their words look like.
        var kind = r.Kind
            ?? (chosen && suggestion.Kind != Nature.RepairRequest ? Nature.Complaint : suggestion.Kind);
        var category = r.Category ?? suggestion.Category;
        var also = r.Also.IsDefaultOrEmpty
            ? suggestion.Also.Prepend(suggestion.Category).Where(c => c != category).Distinct().ToImmutableArray()
            : r.Also.Where(c => c != category).Distinct().ToImmutableArray();
        // People are answered in the language they write; what staff took down tells nothing about it.
        var onFile = r.EnteredBy is null ? null : book.Directory.FindResident(PhoneOf(contact));
        var language = r.Language ?? onFile?.Resident.Language ?? Languages.Of(r.Text);
        return new ComplaintCommand.Receive(
            number, r.Text, contact, r.Channel, language, category, also, chosen, kind, suggestion.Severity,
            r.IsLetter, r.WantedBy, r.EnteredBy, source);
    }

    private static PhoneNumber PhoneOf(Contact contact) =>
        contact.Phone is { } p && PhoneNumber.TryCreate(p.Value, out var number) ? number : default;

    private static string Fingerprint(IntakeRequest r)
    {
        var text = string.Join('\u001f', r.Community, r.Text, r.Name, r.Phone, r.Room, r.Category, r.IsLetter);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
    }
}

/// <summary>Guesses the language a person writes.</summary>
public static class Languages
{
    /// <summary>English where the text has letters but no Chinese character, else Chinese.</summary>
    public static Language Of(string text)
    {
        var letters = false;
        foreach (var c in text)
        {
            if (c is >= '\u3400' and <= '\u9fff')
                return Language.Chinese;
            letters |= char.IsAsciiLetter(c);
        }

        return letters ? Language.English : Language.Chinese;
    }
}
