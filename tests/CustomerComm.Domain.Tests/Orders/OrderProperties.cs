using CsCheck;
using CustomerComm.Domain.Orders;

namespace CustomerComm.Domain.Tests.Orders;

/// <summary>Laws that hold for every order, whoever does whatever whenever.</summary>
[Clause("4.2.4")]
public sealed class OrderProperties
{
    private static readonly Gen<uint[]> Numbers = Gen.UInt.Array[10, 80];

    [Fact]
    public void Whatever_happens_an_open_order_owes_something_by_one_party_and_one_time_and_a_closed_one_nothing() =>
        Numbers.Sample(
            numbers =>
            {
                var life = OrderLife.Opened();
                foreach (var n in numbers)
                {
                    life.Pass(TimeSpan.FromMinutes(n % 4_000));
                    _ = life.Try(CommandOf(life.State, n / 7), ActorOf(n / 131));
                    var owed = OrderMatter.Owed(life.State).ToList();
                    Assert.Equal(life.State.Open, owed.Count > 0);
                    Assert.All(owed, o => Assert.True(o.Owner.Unit is null != o.Owner.Staff is null && o.Due > default(DateTimeOffset)));
                    Assert.Equal(owed.Count, owed.DistinctBy(o => (o.Kind, o.Subject)).Count());
                }
            },
            iter: 600);

    [Fact]
    public void Whatever_happened_only_the_resident_or_a_confirmed_paper_evaluated_it() => Numbers.Sample(
        numbers =>
        {
            var life = OrderLife.Opened();
            foreach (var n in numbers)
            {
                life.Pass(TimeSpan.FromMinutes(n % 900));
                var actor = ActorOf(n / 131);
                var before = life.State.Evaluation;
                _ = life.Try(CommandOf(life.State, n / 7), actor);
                if (before is null && life.State.Evaluation is { } form)
                    Assert.True(form.Way == SignatureWay.Paper ? actor is Actor.Staff : actor is Actor.Resident);
            }
        },
        iter: 600);

    [Fact]
    [Clause("3.3")]
    public void Whatever_one_worker_does_with_a_phone_of_their_own_no_order_of_theirs_is_evaluated_or_ends_as_unreachable() =>
        Numbers.Sample(
            numbers =>
            {
                var mine = OrderLife.Repair(
                    contact: new Contact(null, new Personal(TestCompany.Phone(77)), new Personal("3-1-502"), null));
                var life = OrderLife.Done(mine with { EnteredBy = TestCompany.Engineer.Id });
                foreach (var n in numbers)
                {
                    life.Pass(TimeSpan.FromMinutes(n % 4_000));
                    Actor actor = (n / 131 % 5) switch
                    {
                        0 => OrderLife.System,
                        1 or 2 => OrderLife.TheResident,
                        _ => OrderLife.By(TestCompany.Engineer),
                    };
                    _ = life.Try(CommandOf(life.State, n / 7), actor);
                    Assert.Null(life.State.Evaluation);
                    Assert.DoesNotContain(life.State.Outcome, new[] { OrderOutcome.Evaluated, OrderOutcome.Unreachable });
                }
            },
            iter: 600);

    private static Actor ActorOf(uint n) => (n % 10) switch
    {
        0 or 1 => OrderLife.TheResident,
        2 => OrderLife.System,
        3 or 4 or 5 => OrderLife.By(TestCompany.Engineer),
        _ => OrderLife.By(TestCompany.Staff[(int)(n / 10 % (uint)TestCompany.Staff.Length)]),
    };

    private static OrderCommand CommandOf(Order s, uint n)
    {
        OrderCommand[] all =
        [
            new OrderCommand.Accept(), new OrderCommand.Finish("好了"), new OrderCommand.TellProgress("在做"),
            new OrderCommand.Decline("没空"),
            new OrderCommand.Assign(TestCompany.Staff[(int)(n / 97 % (uint)TestCompany.Staff.Length)].Id, null),
            new OrderCommand.ProposeAmendment("加10元", null, null, "缺料"),
            new OrderCommand.AnswerAmendment(s.Amendments, n % 2 == 0, Channel.Http, null),
            new OrderCommand.WithdrawAmendment(), new OrderCommand.RequestEvaluation(), new OrderCommand.RecordLate(),
            new OrderCommand.Evaluate(
                s.Request?.Issue ?? 0, "t", s.Request?.TextHash ?? "", "data:m", (int)(n % 5) + 1, 5, null),
            new OrderCommand.RefuseEvaluation(s.Request?.Issue ?? 0, "不行", n % 3 == 0),
            new OrderCommand.RecordAttempt((Channel)(n % 5), "无人"), new OrderCommand.ProposeUnreachable(),
            new OrderCommand.DecideUnreachable(n % 2 == 0, "说明"), new OrderCommand.AttachPaper($"scan{n % 3}", 4, 4, null),
            new OrderCommand.DecideSignature(n % 2 == 0, "电话核实", n % 3 == 0 ? null : "王芳"), new OrderCommand.Note(Channel.Http, "补充"),
            new OrderCommand.LinkComplaint(s.Owing is [var cause, ..] ? cause : OrderCause.Late, null),
            n % 13 == 0 ? new OrderCommand.Cancel(Channel.Sms, null) : new OrderCommand.Accept(),
            n % 17 == 0 ? new OrderCommand.RefuseOrder("不归我们") : new OrderCommand.Finish("好了"),
        ];
        return all[n % (uint)all.Length];
    }
}
