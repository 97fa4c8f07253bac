using CustomerComm.App.Revisits;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Revisits;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Revisits;

/// <summary>The resident answers a revisit and signs, or would rather not (4.5.3).</summary>
internal sealed class RevisitSigning(RevisitKind revisits, TimeProvider time)
    : SignKind<RevisitMatter, Revisit, RevisitCommand, RevisitEvent>(revisits, time)
{
    public override string Page => RevisitMatter.Page;

    public override string WordsFile => "Revisits";

    public override bool AsksSolved => true;

    public override bool NeedsReason => false;

    protected override Language LanguageOf(Revisit s) => s.Planned.Language;

    protected override SignRequest? RequestOf(Revisit s) => s.Request;

    protected override string? SignedBy(Revisit s) =>
        s.Given is { Way: SignatureWay.Drawn, TokenHash: var hash } ? hash : null;

    protected override RevisitCommand Sign(SignSheet sheet, SignInput input, string textHash, string mark) =>
        new RevisitCommand.Sign(
            sheet.Issue, sheet.TokenHash, textHash, mark,
            new Judgement(input["quality"], input["attitude"], input.Solved == true), input.Comment);

    protected override RevisitCommand Refuse(SignSheet sheet, SignInput input) =>
        new RevisitCommand.Decline(sheet.Issue, input.Reason);
}
