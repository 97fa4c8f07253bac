using System.Globalization;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// Every obligation of the design's table with its default limit. Working time: Monday to Saturday 8:30–12:00 and
/// 14:00–17:30; Monday 6 April and Friday 1 to Saturday 2 May 2026 are holidays, Sunday 26 April is worked.
/// </summary>
public sealed class DeadlineTests
{
    private static readonly Dictionary<string, Func<string, ComplaintScenario>> Given = new(StringComparer.Ordinal)
    {
        ["received"] = at => Fresh(at),
        ["received urgent"] = at => Fresh(at, severity: Severity.Urgent),
        ["received major"] = at => Fresh(at, severity: Severity.Major),
        ["enquiry"] = at => Fresh(at, Nature.Enquiry).Do(
            TestCompany.HyDuty, ComplaintScenario.Triage(kind: Nature.Enquiry)),
        ["assigned"] = at => Fresh(at).Do(TestCompany.HyDuty, ComplaintScenario.Triage()),
        ["declined"] = at => Fresh(at).Do(TestCompany.HyDuty, ComplaintScenario.Triage())
            .Do(TestCompany.Engineer, new ComplaintCommand.Decline("休假")),
        ["asked"] = at => ComplaintScenario.InProgress().At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.AskCooperation(Unit.Finance, "查账")),
        ["escalated"] = at => ComplaintScenario.InProgress().At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.Escalate("需资金")),
        ["drafted"] = at => ComplaintScenario.InProgress(letter: true).At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.DraftLetter("答复")),
        ["resolved"] = at => ComplaintScenario.InProgress().At(at).Resolve(),
        ["unreachable"] = at => Commands.TriedEnough().At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.ProposeUnreachable()),
        ["paper"] = at => ComplaintScenario.Resolved().At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.AttachPaper("scan", 4)),
        ["signed"] = at => ComplaintScenario.InProgress(severity: Severity.Major).At(at).Resolve()
            .Do(ComplaintScenario.Resident, ComplaintScenario.Sign()),
        ["handed over"] = at => ComplaintScenario.Signed().FollowedUp().At(at).Do(
            TestCompany.Engineer, new ComplaintCommand.HandOverRecords()),
        ["returned"] = at => Commands.HandedOver().At(at).Do(
            TestCompany.Inspector, new ComplaintCommand.CheckRecords(Accepted: false, "缺照片")),
        ["refused"] = at => ComplaintScenario.InProgress().At(at).Resolve().Do(ComplaintScenario.Resident, Commands.Refusal()),
    };

    [Theory]
    [InlineData("received", ObligationKind.Triage, "2026-03-02 09:00", "2026-03-02 09:30")]
    [InlineData("received", ObligationKind.Triage, "2026-03-01 02:50", "2026-03-01 03:20")]
    [InlineData("assigned", ObligationKind.Accept, "2026-03-02 09:00", "2026-03-02 11:00")]
    [InlineData("assigned", ObligationKind.Accept, "2026-03-01 23:00", "2026-03-02 01:00")]
    [InlineData("declined", ObligationKind.Assign, "2026-03-02 09:00", "2026-03-02 11:00")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-03-02 08:30", "2026-03-04 17:30")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-03-02 09:00", "2026-03-05 09:00")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-03-07 14:30", "2026-03-11 14:30")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-03-01 13:00", "2026-03-04 17:30")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-04-04 09:00", "2026-04-09 09:00")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-04-25 09:00", "2026-04-28 09:00")]
    [InlineData("assigned", ObligationKind.Resolve, "2026-04-30 09:00", "2026-05-06 09:00")]
    [InlineData("received urgent", ObligationKind.Resolve, "2026-03-07 22:00", "2026-03-08 02:00")]
    [InlineData("received major", ObligationKind.Resolve, "2026-03-02 09:00", "2026-03-13 09:00")]
    [InlineData("refused", ObligationKind.Resolve, "2026-03-03 10:00", "2026-03-06 10:00")]
    public void Given_a_time_limit_of_handling_When_it_starts_Then_it_ends_by_the_calendar(
        string given, ObligationKind kind, string at, string due) => Ends(given, kind, at, due);

    [Theory]
    [Clause("4.2.3")]
    [InlineData("enquiry", ObligationKind.Answer, "2026-03-02 09:00", "2026-03-04 09:00")]
    [InlineData("enquiry", ObligationKind.Answer, "2026-03-07 16:00", "2026-03-10 16:00")]
    public void Given_an_enquiry_When_triaged_Then_its_answer_is_due_in_two_working_days(
        string given, ObligationKind kind, string at, string due) => Ends(given, kind, at, due);

    [Theory]
    [Clause("4.6.1-2-E"), Clause("4.6.1-2-F"), Clause("4.6.1-3")]
    [InlineData("asked", ObligationKind.Cooperate, "2026-03-03 09:00", "2026-03-04 09:00")]
    [InlineData("asked", ObligationKind.Cooperate, "2026-03-07 16:00", "2026-03-09 16:00")]
    [InlineData("escalated", ObligationKind.Instruct, "2026-03-03 12:30", "2026-03-04 12:00")]
    [InlineData("escalated", ObligationKind.Instruct, "2026-04-30 15:00", "2026-05-04 15:00")]
    [InlineData("drafted", ObligationKind.ApproveLetter, "2026-03-06 10:00", "2026-03-09 10:00")]
    public void Given_help_or_a_decision_is_asked_for_When_it_starts_Then_it_ends_by_the_calendar(
        string given, ObligationKind kind, string at, string due) => Ends(given, kind, at, due);

    [Theory]
    [Clause("4.6.2-4"), Clause("4.6.1-4"), Clause("4.6.1-5"), Clause("4.6.2-5"), Clause("4.5.4")]
    [InlineData("resolved", ObligationKind.ObtainSignature, "2026-03-03 09:00", "2026-03-04 09:00")]
    [InlineData("resolved", ObligationKind.ObtainSignature, "2026-03-07 17:00", "2026-03-09 17:00")]
    [InlineData("unreachable", ObligationKind.DecideUnreachable, "2026-03-07 09:00", "2026-03-09 09:00")]
    [InlineData("paper", ObligationKind.ConfirmSignature, "2026-03-03 09:00", "2026-03-04 09:00")]
    [InlineData("signed", ObligationKind.FollowUp, "2026-03-06 09:00", "2026-03-08 09:00")]
    [InlineData("signed", ObligationKind.HandOverRecords, "2026-03-06 09:00", "2026-03-09 09:00")]
    [InlineData("signed", ObligationKind.FindRootCause, "2026-03-06 09:00", "2026-03-12 09:00")]
    [InlineData("signed", ObligationKind.FileReports, "2026-03-06 09:00", "2026-03-14 09:00")]
    [InlineData("signed", ObligationKind.Verify, "2026-03-06 09:00", "2026-03-18 09:00")]
    [InlineData("handed over", ObligationKind.CheckRecords, "2026-03-07 09:00", "2026-03-09 09:00")]
    [InlineData("returned", ObligationKind.HandOverRecords, "2026-03-07 09:00", "2026-03-09 09:00")]
    public void Given_a_case_is_ending_When_a_duty_starts_Then_it_ends_by_the_calendar(
        string given, ObligationKind kind, string at, string due) => Ends(given, kind, at, due);

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_the_resident_asked_for_a_time_Then_that_is_when_it_is_due()
    {
        var wanted = TestCompany.Time("2026-03-02 20:15");
        var scenario = ComplaintScenario.Received(severity: Severity.Major, wantedBy: wanted)
            .Do(TestCompany.HyDuty, ComplaintScenario.Triage(severity: Severity.Urgent));
        Assert.Equal(wanted, scenario.Owed(ObligationKind.Resolve).Due);
    }

    [Theory]
    [InlineData("2026-03-02 09:00")]
    [InlineData("2026-03-02 08:59")]
    [InlineData("2025-12-31 09:00")]
    [Clause("4.6.2-6")]
    public void Given_a_wish_for_at_once_or_a_time_that_has_passed_When_received_Then_it_is_taken_in_as_soon_as_can_be(
        string wanted)
    {
        var scenario = ComplaintScenario.Received(wantedBy: TestCompany.Time(wanted));
        Assert.Equal(ComplaintScenario.Received().State.ResolveDue, scenario.State.ResolveDue);
    }

    [Fact]
    [Clause("4.6.2-6")]
    public void Given_a_wish_too_far_ahead_When_received_Then_it_is_refused() =>
        new ComplaintScenario().Refuse(
            ComplaintScenario.System, ComplaintScenario.Intake(wantedBy: TestCompany.Time("2026-03-02 09:00").AddDays(181)),
            RefusalCode.BadField);

    private static void Ends(string given, ObligationKind kind, string at, string due)
    {
        var obligation = Given[given](at).Owed(kind);
        Assert.Equal(due, obligation.Due.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    private static ComplaintScenario Fresh(
        string at, Nature kind = Nature.Complaint, Severity severity = Severity.Ordinary) =>
        new ComplaintScenario().At(at).Do(ComplaintScenario.System, ComplaintScenario.Intake(kind: kind, severity: severity));
}
