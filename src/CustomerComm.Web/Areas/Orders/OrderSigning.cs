using CustomerComm.App.Orders;
using CustomerComm.Domain;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Orders;
using CustomerComm.Web.Matters;

namespace CustomerComm.Web.Areas.Orders;

/// <summary>The resident judges a finished order and signs, or does not accept it (3.3).</summary>
internal sealed class OrderSigning(OrderKind orders, TimeProvider time)
    : SignKind<OrderMatter, Order, OrderCommand, OrderEvent>(orders, time)
{
    public override string Page => OrderMatter.EvaluationPage;

    public override string WordsFile => "Orders";

    public override bool TakesComplaint => true;

    protected override Language LanguageOf(Order s) => s.Intake.Language;

    protected override SignRequest? RequestOf(Order s) => s.Request;

    protected override string? SignedBy(Order s) =>
        s.Given is { Way: SignatureWay.Drawn, TokenHash: var hash } ? hash : null;

    protected override OrderCommand Sign(SignSheet sheet, SignInput input, string textHash, string mark) =>
        new OrderCommand.Evaluate(
            sheet.Issue, sheet.TokenHash, textHash, mark, input["quality"], input["attitude"], input.Comment);

    protected override OrderCommand Refuse(SignSheet sheet, SignInput input) =>
        new OrderCommand.RefuseEvaluation(sheet.Issue, input.Reason, input.Complains);

    protected override string AfterRefusal(Order s) => s.Open ? "Redo" : "Complaint";
}
