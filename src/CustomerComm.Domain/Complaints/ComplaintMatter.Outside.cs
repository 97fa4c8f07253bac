using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Outside;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Complaints;

/// <content>
/// Work orders of authorities: what is owed to them runs beside the complaint, by a clock that nothing here moves (4.6.2-2).
/// </content>
public sealed partial class ComplaintMatter
{
    private const string OutsideClause = "4.6.2-2";

    /// <summary>
    /// Of a complaint that is handled already, in whatever stage; entered once, however often it is said.
    /// </summary>
    private static Decision<ComplaintEvent> TakeOutsideOrder(Context c, ComplaintCommand.TakeOutsideOrder t)
    {
        if ((OutsideMatter.CannotEnter(t.Delivery, c.Actor, c.Community, c.Now, c.Rules)
            ?? Check.Text(t.Text, "text", OutsideClause, Check.LongestText)) is { } no)
        {
            return No(no);
        }

        var taken = TakenAs(t.Delivery, t.Text, c.S.Intake.Contact, c.Actor, c.Rules);
        return c.S.OutsideOrders.Exists(o => o.Number == taken.Terms.Number) ? Yes() : Yes(taken);
    }

    private static ComplaintEvent.OutsideOrderTaken TakenAs(
        OutsideDelivery delivery, string text, Contact contact, Actor actor, Rules rules) => new(
        (actor as Actor.Staff)?.Member.Id, delivery.Terms(contact, rules), new Personal(text));
}
