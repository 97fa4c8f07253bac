using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.SignIns;

namespace CustomerComm.App.SignIns;

/// <summary>Signs staff in, remembers their sessions and ends them: one matter a member of staff, its events the log.</summary>
public sealed class SignInKind(MatterParts parts, Phones phones)
    : MatterKind<SignInMatter, SignIn, SignInCommand, SignInEvent>(parts, "signin"), IDisposable
{
    // A try costs 100 ms on purpose: one after the other, so that many at once neither wear the machine out nor are
    // more than a code allows.
    private readonly SemaphoreSlim _trying = new(1, 1);

    /// <summary>
    /// Sends a code to the member of staff with this phone or id, if there is one, for the browser that shows
    /// <paramref name="asker"/>. Whether there is one is told to nobody. Null where it was done or there is nobody, else
    /// why not.
    /// </summary>
    public async Task<Refusal?> AskAsync(string phoneOrId, string asker, CancellationToken ct)
    {
        if (Find(phoneOrId) is not { } member)
            return null;
        var community = CommunityOf(member);
        var result = await BeginAsync(
            StreamOf(member.Id), community, new SignInCommand.Ask(member.Id, community, LinkSecrets.HashToken(asker)),
            new Actor.System(), null, ct);
        return (result as MatterResult<SignIn>.Refused)?.Refusal;
    }

    /// <summary>
    /// The member of staff whose code this is, or null; <paramref name="session"/> is then good. A right code is good
    /// once.
    /// </summary>
    public async Task<StaffMember?> EnterAsync(
        string phoneOrId, string code, string asker, string session, CancellationToken ct)
    {
        var hash = LinkSecrets.HashToken(asker);
        await _trying.WaitAsync(ct);
        try
        {
            return await TryAsync(phoneOrId, code.Trim(), hash, LinkSecrets.HashToken(session), ct);
        }
        finally
        {
            _trying.Release();
        }
    }

    private async Task<StaffMember?> TryAsync(
        string phoneOrId, string code, string asker, string session, CancellationToken ct)
    {
        if (Find(phoneOrId) is not { } member || await LoadAsync(StreamOf(member.Id), ct) is not { } asked
            || asked.State.CodeFor(asker, Now) is not { } sent)
        {
            return null;
        }

        var right = asked.IsCode(code, SignInMatter.Purpose, sent.Issue);
        var result = await HandleAsync(
            asked.Stream, new SignInCommand.Enter(sent.Issue, right, asker, session), new Actor.System(), null, ct);
        return right && result is MatterResult<SignIn>.Done ? member : null;
    }

    /// <summary>Begins a session without a code, as a demo may.</summary>
    public Task BeginAsync(StaffMember member, string session, CancellationToken ct) => BeginAsync(
        StreamOf(member.Id), CommunityOf(member),
        new SignInCommand.Begin(member.Id, CommunityOf(member), LinkSecrets.HashToken(session)), new Actor.System(),
        null, ct);

    /// <summary>True where the session goes on.</summary>
    public async Task<bool> IsAtAsync(StaffId staff, string session, CancellationToken ct) =>
        await LoadAsync(StreamOf(staff), ct) is { } found && found.State.IsAt(LinkSecrets.HashToken(session), Now);

    /// <summary>
    /// Ends a session, or all of them where <paramref name="session"/> is null. Null where it was done, else why not.
    /// </summary>
    public async Task<Refusal?> EndAsync(StaffId staff, string? session, StaffId by, CancellationToken ct)
    {
        var result = await HandleAsync(
            StreamOf(staff), new SignInCommand.End(session is null ? null : LinkSecrets.HashToken(session), by),
            new Actor.System(), null, ct);
        return (result as MatterResult<SignIn>.Refused)?.Refusal;
    }

    /// <summary>The sign-ins of a member of staff, or null where there were none.</summary>
    public Task<LoadedMatter<SignIn>?> LogAsync(StaffId staff, CancellationToken ct) => LoadAsync(StreamOf(staff), ct);

    /// <inheritdoc/>
    public override bool IsForPerson(object e) => e is SignInEvent;

    /// <inheritdoc/>
    public void Dispose() => _trying.Dispose();

    /// <summary>None: nobody's work list or report tells of sign-ins.</summary>
    protected override IReadOnlyList<Type> RowTypes => [];

    /// <inheritdoc/>
    protected override bool Counts(SignIn state) => false;

    private StreamId StreamOf(StaffId staff) => StreamOf(staff.Value);

    private CommunityId CommunityOf(StaffMember member) => member.Community ?? Book.Directory.Communities[0].Id;

    private StaffMember? Find(string phoneOrId) =>
        (phones.TryRead(phoneOrId, out var phone) ? Book.Directory.FindStaff(phone) : null)
        ?? Book.Directory.Find(new StaffId(phoneOrId?.Trim() ?? ""));
}
