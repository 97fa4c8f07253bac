using CustomerComm.App.Company;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.SignIns;

namespace CustomerComm.App.SignIns;

/// <summary>Signs staff in with a code that goes to the phone on file.</summary>
public sealed class SignInKind(MatterParts parts, Links links, Phones phones)
    : MatterKind<SignInMatter, SignIn, SignInCommand, SignInEvent>(parts, "signin")
{
    /// <summary>Page name that codes are derived for.</summary>
    public const string Purpose = "sign-in";

    /// <summary>
    /// Sends a code to the member of staff with this phone or id, if there is one. Whether there is one is told to
    /// nobody. Null where it was done or there is nobody, else why not.
    /// </summary>
    public async Task<Refusal?> AskAsync(string phoneOrId, CancellationToken ct)
    {
        if (Find(phoneOrId) is not { } member)
            return null;
        var community = member.Community ?? Book.Directory.Communities[0].Id;
        var result = await BeginAsync(
            StreamOf(member), community, new SignInCommand.Ask(member.Id, community), new Actor.System(), null, ct);
        return (result as MatterResult<SignIn>.Refused)?.Refusal;
    }

    /// <summary>The member of staff whose code this is, or null. A right code is good once.</summary>
    public async Task<StaffMember?> EnterAsync(string phoneOrId, string code, CancellationToken ct)
    {
        if (Find(phoneOrId) is not { } member || await LoadAsync(StreamOf(member), ct) is not { } asked)
            return null;
        var issue = asked.State.Issue;
        var right = links.IsPin(code.Trim(), Purpose, asked.Stream, issue);
        var result = await HandleAsync(
            asked.Stream, new SignInCommand.Enter(issue, right), new Actor.System(), null, ct);
        return right && result is MatterResult<SignIn>.Done ? member : null;
    }

    /// <summary>None: nobody's work list or report tells of sign-ins.</summary>
    protected override IReadOnlyList<Type> RowTypes => [];

    /// <inheritdoc/>
    protected override bool Counts(SignIn state) => false;

    private StreamId StreamOf(StaffMember member) => StreamOf(member.Id.Value);

    private StaffMember? Find(string phoneOrId) =>
        (phones.TryRead(phoneOrId, out var phone) ? Book.Directory.FindStaff(phone) : null)
        ?? Book.Directory.Find(new StaffId(phoneOrId?.Trim() ?? ""));
}
