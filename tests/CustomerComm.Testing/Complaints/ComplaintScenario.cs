using System.Collections.Immutable;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Measures;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Testing.Complaints;

/// <summary>
/// Drives one complaint through the decider: given by the fixtures, when by <see cref="Do(StaffMember, ComplaintCommand)"/>,
/// then by <see cref="State"/>, <see cref="Owed"/> and
/// <see cref="Refuse(StaffMember, ComplaintCommand, RefusalCode)"/>. Time stands still unless told. The invariant is
/// asserted after every event.
/// </summary>
public sealed class ComplaintScenario
{
    /// <summary>Monday, 2 March 2026, 9:00 in China: the start of every fixture.</summary>
    public const string Start = "2026-03-02 09:00";

    /// <summary>What was done, in the fixtures.</summary>
    public const string Done = "电梯已修好并试运行。";

    /// <summary>The system.</summary>
    public static readonly Actor System = new Actor.System();

    /// <summary>The resident of the complaint.</summary>
    public static readonly Actor Resident = new Actor.Resident();

    /// <summary>The rules decided by; may change, e.g. when staff leave.</summary>
    public Rules Rules { get; set; } = TestCompany.Rules;

    /// <summary>The clock.</summary>
    public DateTimeOffset Now { get; private set; } = TestCompany.Time(Start);

    /// <summary>The complaint with all that was owed in it; throws before it is received.</summary>
    public ComplaintHistory History => Current ?? throw new InvalidOperationException("No complaint yet.");

    /// <summary>The complaint.</summary>
    public Complaint State => History.State;

    /// <summary>Events of the last command.</summary>
    public ImmutableArray<object> Last { get; private set; } = [];

    /// <summary>A complaint received from a resident of HY, category suggested only.</summary>
    public static ComplaintScenario Received(
        Category category = Category.Equipment, Nature kind = Nature.Complaint,
        Severity severity = Severity.Ordinary, DateTimeOffset? wantedBy = null, bool letter = false) =>
        new ComplaintScenario().Do(System, Intake(category, kind, severity, wantedBy, letter));

    /// <summary>A complaint that reports a danger; nobody has called back.</summary>
    public static ComplaintScenario InDanger(Category category = Category.Equipment) =>
        new ComplaintScenario().Do(System, Intake(category) with { Danger = true });

    /// <summary>Both reports, of measures that are due ten days after <paramref name="now"/>, else after the start.</summary>
    public static ComplaintCommand.FileReports Reports(
        DateTimeOffset? now = null, StaffMember? corrective = null, StaffMember? preventive = null, string text = "更换")
    {
        var due = (now ?? TestCompany.Time(Start)).AddDays(10);
        return new ComplaintCommand.FileReports(
            new PlannedMeasure(new Personal(text), (corrective ?? TestCompany.OtherEngineer).Id, due),
            new PlannedMeasure(new Personal(text), (preventive ?? TestCompany.HyManager).Id, due));
    }

    /// <summary>A call-back by phone that reached somebody.</summary>
    public static ComplaintCommand.RecordCallBack CallBack(bool reached = true) =>
        new(Channel.Phone, reached, "王芳", "火已扑灭，无人受伤。");

    /// <summary>A complaint triaged and assigned to the one on duty.</summary>
    public static ComplaintScenario Assigned(
        Category category = Category.Equipment, Severity severity = Severity.Ordinary, StaffMember? accused = null,
        StaffMember? by = null, bool letter = false) =>
        Received(category, severity: severity, letter: letter).Do(
            by ?? (category is Category.AgainstManager or Category.Compensation ? TestCompany.Leader : TestCompany.HyDuty),
            Triage(category, severity: severity, accused: accused));

    /// <summary>A complaint its handler has accepted.</summary>
    public static ComplaintScenario InProgress(
        Category category = Category.Equipment, Severity severity = Severity.Ordinary, StaffMember? accused = null,
        StaffMember? by = null, bool letter = false)
    {
        var scenario = Assigned(category, severity, accused, by, letter);
        return scenario.Do(scenario.Handler, new ComplaintCommand.Accept());
    }

    /// <summary>A complaint resolved, its signing link sent.</summary>
    public static ComplaintScenario Resolved(
        Category category = Category.Equipment, Severity severity = Severity.Ordinary, StaffMember? accused = null,
        StaffMember? by = null) => InProgress(category, severity, accused, by).Resolve();

    /// <summary>A complaint the resident signed.</summary>
    public static ComplaintScenario Signed(
        Category category = Category.Equipment, Severity severity = Severity.Ordinary, StaffMember? accused = null,
        StaffMember? by = null) => Resolved(category, severity, accused, by).Do(Resident, Sign());

    /// <summary>An enquiry whose answer is owed.</summary>
    public static ComplaintScenario Answering(bool letter = false) =>
        Received(Category.Charges, Nature.Enquiry, letter: letter)
            .Do(TestCompany.HyDuty, Triage(Category.Charges, Nature.Enquiry));

    /// <summary>A complaint verified and closed.</summary>
    public static ComplaintScenario Verified() =>
        Signed().FollowedUp().Do(TestCompany.Engineer, new ComplaintCommand.HandOverRecords())
            .Do(TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: true, null))
            .Do(TestCompany.Engineer, new ComplaintCommand.FindRootCause("门机磨损", "每季检查"))
            .Do(TestCompany.Inspector, new ComplaintCommand.Verify(Holds: true, "现场复查正常"));

    /// <summary>The handler's own account.</summary>
    public StaffMember Handler => Rules.Directory.Find(State.Handler!.Value)!;

    /// <summary>An intake from the resident of HY 3-1-502.</summary>
    public static ComplaintCommand.Receive Intake(
        Category category = Category.Equipment, Nature kind = Nature.Complaint,
        Severity severity = Severity.Ordinary, DateTimeOffset? wantedBy = null, bool letter = false,
        bool confirmed = false, ImmutableArray<Category>? also = null, string? phone = null) =>
        new(
            new MatterNumber(TestCompany.HY, "", 2026, 1), "电梯坏了三天没人修。",
            new Contact(
                new Personal("王芳"), new Personal(phone ?? TestCompany.ResidentPhone), new Personal("3-1-502"), null),
            Channel.Chat, Language.Chinese, category, also ?? [], confirmed, kind, severity, letter, wantedBy, null,
            "chat-1");

    /// <summary>A triage without further concerns.</summary>
    public static ComplaintCommand.Triage Triage(
        Category category = Category.Equipment, Nature kind = Nature.Complaint,
        Severity severity = Severity.Ordinary, StaffMember? accused = null, StaffMember? handler = null,
        ImmutableArray<Category>? also = null) =>
        new(kind, category, also ?? [], severity, accused?.Id, handler?.Id);

    /// <summary>The resident's signature on the fixtures' resolution.</summary>
    public static ComplaintCommand.Sign Sign(int issue = 1, string text = Done, int satisfaction = 5) =>
        new(issue, $"token-{issue}", Check.HashOf(text), "M0 0L9 9", satisfaction, null);

    /// <summary>A finding that makes less of it, with why.</summary>
    public static ComplaintCommand.Triage Lower(
        ComplaintCommand.Triage to, FindingReason why = FindingReason.OnlyAsks, string reason = "已向住户核实") =>
        to with { Why = why, Reason = reason };

    /// <summary>Somebody finds it to be less, and quality consents.</summary>
    public ComplaintScenario Lowered(
        StaffMember by, ComplaintCommand.Triage to, FindingReason why = FindingReason.OnlyAsks, StaffMember? consent = null) =>
        Do(by, Lower(to, why)).Do(consent ?? TestCompany.Inspector, new ComplaintCommand.DecideFinding(true, null));

    /// <summary>The office, which the routing asks to cooperate, does.</summary>
    public ComplaintScenario Cooperated() => Do(TestCompany.HyGuard, new ComplaintCommand.GiveCooperation("已配合"));

    /// <summary>Resolves by the handler, which sends the signing link too.</summary>
    public ComplaintScenario Resolve() => Do(Handler, new ComplaintCommand.Resolve(Done));

    /// <summary>Notes the contact after completion.</summary>
    public ComplaintScenario FollowedUp() => Do(Handler, new ComplaintCommand.FollowUp(Channel.Phone, "满意", null));

    /// <summary>Sets the clock to a local time.</summary>
    public ComplaintScenario At(string local) => At(TestCompany.Time(local));

    /// <summary>Sets the clock.</summary>
    public ComplaintScenario At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public ComplaintScenario After(TimeSpan time) => At(Now + time);

    /// <summary>Records what is overdue now.</summary>
    public ComplaintScenario Lapse()
    {
        Take([.. Track.Overdue(History.Tracked, Now, Rules)]);
        return this;
    }

    /// <summary>Lets time pass to the next trigger and records what is overdue then.</summary>
    public ComplaintScenario LapseNext() => At(History.NextTrigger!.Value).Lapse();

    /// <summary>Lets time pass until the resident is to be reminded, and does so; a day where they are not.</summary>
    public ComplaintScenario Remind() => At(Signing.RemindAt(State.Request, State.Intake.Contact) ?? Now.AddDays(1))
        .Do(System, new ComplaintCommand.RequestSignature());

    /// <summary>Acknowledges a lapse; null where it is done, else why not.</summary>
    public RefusalCode? Acknowledge(StaffMember by, ObligationKind kind, string? comment = null)
    {
        var decision = Track.Acknowledge(History.Tracked, kind, "", comment, by, Now, Rules);
        Take(decision is Decision<ObligationEvent>.Accepted yes ? [.. yes.Events] : []);
        return (decision as Decision<ObligationEvent>.Refused)?.Refusal.Code;
    }

    /// <inheritdoc cref="Do(Actor, ComplaintCommand)"/>
    public ComplaintScenario Do(StaffMember by, ComplaintCommand command) => Do(new Actor.Staff(by), command);

    /// <summary>A command that must be accepted.</summary>
    public ComplaintScenario Do(Actor by, ComplaintCommand command)
    {
        var decision = Try(by, command);
        Assert.True(
            decision is Decision<ComplaintEvent>.Accepted,
            $"{command.GetType().Name}: {(decision as Decision<ComplaintEvent>.Refused)?.Refusal}");
        return this;
    }

    /// <inheritdoc cref="Refuse(Actor, ComplaintCommand, RefusalCode)"/>
    public ComplaintScenario Refuse(StaffMember by, ComplaintCommand command, RefusalCode code) =>
        Refuse(new Actor.Staff(by), command, code);

    /// <summary>A command that must be refused with this code.</summary>
    public ComplaintScenario Refuse(Actor by, ComplaintCommand command, RefusalCode code)
    {
        var refused = Assert.IsType<Decision<ComplaintEvent>.Refused>(Try(by, command));
        Assert.Equal(code, refused.Refusal.Code);
        Assert.NotEmpty(refused.Refusal.Text);
        Assert.Contains(ProcedureClauses.All, c => c.Number == refused.Refusal.Clause);
        return this;
    }

    /// <summary>A command that is accepted but changes nothing.</summary>
    public ComplaintScenario Unchanged(StaffMember by, ComplaintCommand command) =>
        Unchanged(new Actor.Staff(by), command);

    /// <inheritdoc cref="Unchanged(StaffMember, ComplaintCommand)"/>
    public ComplaintScenario Unchanged(Actor by, ComplaintCommand command)
    {
        Do(by, command);
        Assert.Empty(Last);
        return this;
    }

    /// <summary>Decides and, where accepted, folds the events, asserting the invariant after each.</summary>
    public Decision<ComplaintEvent> Try(Actor by, ComplaintCommand command)
    {
        var decision = ComplaintMatter.Decide(Current?.State, command, by, Now, Rules);
        Take(decision is Decision<ComplaintEvent>.Accepted accepted ? [.. accepted.Events] : []);
        return decision;
    }

    /// <summary>The obligation of this kind; fails unless there is exactly one.</summary>
    public Obligation Owed(ObligationKind kind) =>
        // What the routing asks of the office is not what a test asks for.
        Assert.Single(History.Owed, o => o.Kind == kind && !IsRouted(o));

    /// <summary>True where something of this kind is owed.</summary>
    public bool Owes(ObligationKind kind) => History.Owed.Any(o => o.Kind == kind && !IsRouted(o));

    /// <summary>The routing, not somebody, asked for it (4.6.1-2-F).</summary>
    public bool IsRouted(Obligation o) => o.Kind == ObligationKind.Cooperate
        && State.Cooperations.Exists(c => c.Routed && c.Unit.ToString() == o.Subject);

    private ComplaintHistory? Current { get; set; }

    private void Take(ImmutableArray<object> events)
    {
        Last = events;
        foreach (var e in events)
        {
            Current = ComplaintHistory.Add(Current, new Happened(e, Now));
            ComplaintInvariant.Holds(Current);
            // Telling must work for every event, in words there are, and nobody barred is ever told by name.
            Assert.All(Current.Messages(Rules), m =>
            {
                Assert.NotEmpty(App.Messages.Texts.Get($"Template.{m.Template}", Language.Chinese));
                NotBarred(m, Current.State, e);
            });
        }
    }

    private void NotBarred(MatterMessage message, Complaint state, object e)
    {
        var told = message.To is Recipient.Staff { Party.Staff: { } id, Personally: false } ? Rules.Directory.Find(id) : null;
        Assert.False(
            told is not null && Authority.IsBarred(state, told, Rules.Directory),
            $"{told?.Id} is barred but told of {e.GetType().Name}");
    }
}
