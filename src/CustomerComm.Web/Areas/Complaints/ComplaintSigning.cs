using System.Collections.Immutable;
using CustomerComm.App.Complaints;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Complaints;

/// <summary>
/// The resident signs the resolution, or refuses to; or whoever speaks for them, by a link of their own, where the
/// letter of authority was seen (4.6.2-4).
/// </summary>
internal class ComplaintSigning(ComplaintKind complaints, TimeProvider time)
    : SignKind<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(complaints, time)
{
    public override string Page => ComplaintMatter.SignPage;

    public override string WordsFile => "Desk";

    /// <summary>The link went to whoever speaks for the resident.</summary>
    protected virtual bool AsRepresentative => false;

    public override ImmutableArray<string> Questions => ["satisfaction"];

    protected override Language LanguageOf(Complaint s) => s.Intake.Language;

    protected override SignRequest? RequestOf(Complaint s) => s.Request;

    protected override string? SignedBy(Complaint s) =>
        s.Given is { Way: SignatureWay.Drawn, TokenHash: var hash } ? hash : null;

    protected override ComplaintCommand Sign(SignSheet sheet, SignInput input, string textHash, string mark) =>
        new ComplaintCommand.Sign(
            sheet.Issue, sheet.TokenHash, textHash, mark, input["satisfaction"],
            input.Comment.Length == 0 ? null : input.Comment, AsRepresentative);

    protected override ComplaintCommand Refuse(SignSheet sheet, SignInput input) =>
        new ComplaintCommand.RefuseSignature(sheet.Issue, input.Reason, null, AsRepresentative);

    protected override SignSheet Show(SignSheet sheet, Complaint s)
    {
        if (s.Resolution is not { } done)
            return sheet;
        var rules = RulesOf(s);
        return sheet with
        {
            Before = (s.Number.ToString(), s.Intake.Text.Value),
            By = language => $"{Texts.Name(s.HandlingUnit, language)}"
                + (rules.Directory.Find(done.By) is { } member ? " " + member.Name : "")
                + " · " + Texts.Time(done.At, rules.Calendar.Zone, language),
            As = s.Intake.Complainant is { } c && (AsRepresentative || !c.IsRepresentative)
                ? language => new UiTexts(WordsFile)[
                        c.IsRepresentative ? "Sign.As.Representative" : "Sign.As.Organisation", language]
                    .Replace("{name}", c.Name.Value, StringComparison.Ordinal)
                    .Replace("{organisation}", c.Organisation?.Value, StringComparison.Ordinal)
                : null,
            Open = sheet.Open && (!AsRepresentative || s.AuthorityHolds is not null),
        };
    }
}

/// <summary>As above, by the link that went to the representative.</summary>
internal sealed class RepresentativeSigning(ComplaintKind complaints, TimeProvider time)
    : ComplaintSigning(complaints, time)
{
    public override string Page => ComplaintMatter.RepresentativeSignPage;

    protected override bool AsRepresentative => true;
}
