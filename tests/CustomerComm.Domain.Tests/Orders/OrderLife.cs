using CustomerComm.Domain.Orders;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Tests.Orders;

/// <summary>An order that lives by commands alone, with the clock in the test's hand.</summary>
internal sealed class OrderLife
{
    public static readonly Actor TheResident = new Actor.Resident();
    public static readonly Actor System = new Actor.System();

    public Rules Rules { get; init; } = TestCompany.Rules;

    public DateTimeOffset Now { get; set; } = TestCompany.Time("2026-03-02 09:00");

    public Order? Maybe { get; private set; }

    public Order State => Maybe!;

    public List<OrderEvent> Events { get; } = [];

    public static Actor By(StaffMember member) => new Actor.Staff(member);

    public static OrderCommand.Open Repair(string text = "厨房水管漏水，请来修", Contact? contact = null) => new(
        new MatterNumber(TestCompany.HY, "W", 2026, 12), OrderType.Repair, text,
        contact ?? new Contact(null, new Personal(TestCompany.ResidentPhone), new Personal("3-1-502"), null), Channel.Http,
        Language.Chinese, Category.Equipment, Severity.Ordinary, null, null, null, null, null, null, "http:1");

    public static OrderLife Opened(OrderCommand.Open? open = null)
    {
        var life = new OrderLife();
        life.Must(open ?? Repair(), TheResident);
        return life;
    }

    /// <summary>Accepted by the engineer on duty.</summary>
    public static OrderLife InProgress(OrderCommand.Open? open = null)
    {
        var life = Opened(open);
        life.Must(new OrderCommand.Accept(), By(TestCompany.Engineer));
        return life;
    }

    /// <summary>Done; the link is out where the resident can be reached.</summary>
    public static OrderLife Done(OrderCommand.Open? open = null)
    {
        var life = InProgress(open);
        life.Must(new OrderCommand.Finish("换了阀芯，不漏了"), By(TestCompany.Engineer));
        return life;
    }

    public Decision<OrderEvent> Try(OrderCommand command, Actor by)
    {
        var decision = OrderMatter.Decide(Maybe, command, by, Now, Rules);
        if (decision is Decision<OrderEvent>.Accepted yes)
        {
            foreach (var e in yes.Events)
            {
                Events.Add(e);
                Maybe = OrderMatter.Evolve(Maybe, e, Now);
            }
        }

        return decision;
    }

    public IReadOnlyList<OrderEvent> Must(OrderCommand command, Actor by)
    {
        var decision = Try(command, by);
        if (decision is Decision<OrderEvent>.Refused no)
            Assert.Fail($"{command}: {no.Refusal}");
        return ((Decision<OrderEvent>.Accepted)decision).Events;
    }

    public Refusal Refused(OrderCommand command, Actor by) =>
        Assert.IsType<Decision<OrderEvent>.Refused>(Try(command, by)).Refusal;

    public OrderCommand.Evaluate Signing(int quality = 5, int attitude = 5) => new(
        State.Request?.Issue ?? 0, "token-hash", State.Request?.TextHash ?? "", "data:mark", quality, attitude, "好");

    public void Pass(TimeSpan time) => Now += time;
}
