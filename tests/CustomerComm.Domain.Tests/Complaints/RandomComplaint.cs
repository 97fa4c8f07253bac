using System.Collections.Immutable;
using System.Globalization;

namespace CustomerComm.Domain.Tests.Complaints;

/// <summary>
/// Lives of complaints that go anyhow: each number picks who does what, when. Half of the steps do what is owed, by somebody
/// who might owe it; the rest is anything by anybody, people leave the company, and time passes. With
/// <paramref name="only"/> nobody but them and the system ever does anything, the resident included.
/// </summary>
internal sealed class RandomComplaint(IReadOnlyList<uint> numbers, StaffMember? only = null)
{
    private static readonly string[] Texts = ["好", ComplaintScenario.Done, "改稿"];
    private static readonly Complaint[] s_others =
        [Commands.Another(), Commands.Another(ComplaintScenario.Resolved())];

    private static readonly SecondOpinion s_praise = new(Category.Pets, Nature.Praise, Severity.Urgent);

    private static readonly Complainant s_son = new(
        Standing.Family, new Personal("王强"), new Personal(TestCompany.Phone(80)), null);

    private int _at;

    public ComplaintScenario Scenario { get; } = new();

    public bool Done => _at >= numbers.Count;

    /// <summary>Received and found to be against somebody.</summary>
    public void Begin(StaffMember accused)
    {
        Scenario.Do(ComplaintScenario.System, ComplaintScenario.Intake(
            Category.StaffAttitude, severity: Any<Severity>(), letter: Chance(4), also: Also()));
        var by = accused.Unit == Unit.Leader ? TestCompany.QualityHead : TestCompany.Leader;
        Scenario.Try(new Actor.Staff(by), ComplaintScenario.Triage(
            Category.StaffAttitude, severity: Scenario.State.Severity, accused: accused, also: Scenario.State.Also));
    }

    public void Begin()
    {
        var contact = Pick<Contact>(
            new(null, new Personal(TestCompany.ResidentPhone), null, null), new(null, null, null, "chat"),
            Contact.None);
        var wanted = Chance(3) ? Scenario.Now.AddHours(1 + Next(200)) : (DateTimeOffset?)null;
        var intake = ComplaintScenario.Intake(
            Any<Category>(), Any<Nature>(), Any<Severity>(), wanted, letter: Chance(4), confirmed: Chance(2),
            also: Also());
        Scenario.Do(
            ComplaintScenario.System,
            intake with
            {
                Contact = contact,
                Danger = Chance(4),
                Unsure = intake.IsLetter,
                Complainant = Chance(3) ? s_son : null,
            });
    }

    public void Step()
    {
        Scenario.After(TimeSpan.FromMinutes(Pick(0, 1, 30, 60 * Next(100))));
        if (Scenario.State.WantsSecondOpinion)
            Scenario.Try(ComplaintScenario.System, new ComplaintCommand.TakeSecondOpinion(s_praise));
        if (Chance(4))
            Scenario.Lapse();
        if (Chance(6) && Scenario.History.Lapses is [var lapse, ..] && TestCompany.Directory.Find(lapse.Told) is { } told)
            Scenario.Acknowledge(told, lapse.Kind);
        if (Chance(40))
            Leave();
        if (Scenario.State.Extension is { } waiting && Chance(3))
        {
            Scenario.At(waiting.AnswerBy > Scenario.Now ? waiting.AnswerBy : Scenario.Now).Try(
                ComplaintScenario.System, new ComplaintCommand.TakeSilence(Scenario.Now.AddHours(-Next(60))));
        }

        if (only is null && Scenario.State is { Stage: Stage.Resolved } && Chance(15))
        {
            Scenario.Try(ComplaintScenario.Resident, new ComplaintCommand.RefuseInWords(Channel.Sms, Texts[Next(3)]));
            return;
        }

        if (!Scenario.State.Open || Chance(2))
        {
            Scenario.Try(Anybody(), Anything());
            return;
        }

        // Whoever was told of a lapse says so above; here is what a command can do.
        var owed = Scenario.History.Owed.Where(x => x.Kind != ObligationKind.AcknowledgeLapse).ToList();
        var o = owed[Next(owed.Count)];
        Scenario.Try(Owing(o), Pick([.. Fulfilling.Of(o, Scenario.State, Texts[Next(3)], Scenario.Now)]));
    }

    private void Leave()
    {
        var leaver = TestCompany.Staff[Next(TestCompany.Staff.Length)];
        if (leaver.Rank == Rank.Member)
            Scenario.Rules = TestCompany.RulesWith(directory: TestCompany.DirectoryWithout(leaver));
    }

    private Actor Owing(Obligation o)
    {
        if (Chance(5))
            return only is null && Chance(2) ? ComplaintScenario.Resident : ComplaintScenario.System;
        if (only is not null)
            return new Actor.Staff(only);
        var able = TestCompany.Staff.Where(m => Authority.Is(o.Owner, m, TestCompany.HY)).ToList();
        return new Actor.Staff(able[Next(able.Count)]);
    }

    private Actor Anybody()
    {
        if (only is not null)
            return Chance(5) ? ComplaintScenario.System : new Actor.Staff(only);
        var i = Next(TestCompany.Staff.Length + 4);
        return i < 2 ? ComplaintScenario.Resident : i < 4 ? ComplaintScenario.System : new Actor.Staff(TestCompany.Staff[i - 4]);
    }

    private ComplaintCommand Anything()
    {
        var text = Texts[Next(3)];
        var yes = Chance(2);
        StaffId? somebody = Chance(3) ? Somebody() : null;
        return Next(34) switch
        {
            0 or 1 => new ComplaintCommand.Triage(
                Chance(3) ? Any<Nature>() : Nature.Complaint, Any<Category>(), Also(), Any<Severity>(), somebody,
                Chance(4) ? Somebody() : null, yes ? text : null, yes ? Any<FindingReason>() : null),
            2 => new ComplaintCommand.Assign(Somebody(), null),
            3 => new ComplaintCommand.HandOver(Any<Unit>(), text),
            4 => new ComplaintCommand.AskCooperation(Any<Unit>(), text),
            5 => new ComplaintCommand.Escalate(text),
            6 => new ComplaintCommand.Instruct(text, yes ? Scenario.Now.AddDays(Next(9)) : null),
            7 => new ComplaintCommand.TellExtension(Scenario.Now.AddDays(Next(20)), text),
            8 => yes ? new ComplaintCommand.AnswerExtension(Chance(2), Channel.Phone, text, text)
                : new ComplaintCommand.TakeSilence(Chance(2) ? Scenario.Now.AddDays(-Next(3)) : null),
            9 => new ComplaintCommand.Decline(text),
            10 => new ComplaintCommand.DraftLetter(text),
            11 => new ComplaintCommand.RecordAttempt(
                Pick(Channel.Phone, Channel.WalkIn, Channel.Letter, Any<Channel>()), text),
            12 => new ComplaintCommand.ProposeUnreachable(),
            13 => new ComplaintCommand.AttachPaper(text, 3),
            14 => yes ? new ComplaintCommand.RefuseInWords(Channel.Sms, text)
                : new ComplaintCommand.RefuseSignature(Scenario.State.Request?.Issue ?? 0, text, null),
            15 => new ComplaintCommand.DecideSignature(yes, text, Chance(2) ? text : null),
            16 => new ComplaintCommand.DecideUnreachable(yes, text),
            17 => new ComplaintCommand.Verify(yes, text),
            18 => yes ? new ComplaintCommand.SeeAuthority(text)
                : new ComplaintCommand.Note(
                    Channel.Chat, Chance(3) ? $"{TestCompany.Staff[Next(TestCompany.Staff.Length)].Name}没来" : text,
                    ByRepresentative: Chance(3)),
            19 => new ComplaintCommand.CheckRecords(yes, text),
            20 => Chance(12) ? new ComplaintCommand.TreatAsLetter() : Chance(6) ? new ComplaintCommand.Withdraw(Channel.Chat, null) : new ComplaintCommand.Accept(),
            21 => new ComplaintCommand.Join(s_others[Next(2)]),
            22 => yes ? new ComplaintCommand.Separate() : Commands.OutsideOrder(Next(2)),
            23 => new ComplaintCommand.TakeFollower(s_others[Next(2)]),
            24 => yes ? new ComplaintCommand.TellLeadMoved(s_others[Next(2)])
                : new ComplaintCommand.DropFollower(s_others[Next(2)]),
            25 => new ComplaintCommand.RecordCallBack(Any<Channel>(), yes, text, text),
            26 => Chance(3) ? new ComplaintCommand.DecideFinding(yes, text) : new ComplaintCommand.Object(Channel.Http, text),
            27 => new ComplaintCommand.AnswerObjection(yes, text),
            28 => new ComplaintCommand.OfferRemedy(Any<RemedyKind>(), text, Chance(2) ? null : 100),
            29 => yes ? new ComplaintCommand.DecideRemedy(1 + Next(2), Chance(2), text)
                : new ComplaintCommand.GiveRemedy(1 + Next(2), text),
            30 => Chance(3) ? new ComplaintCommand.AnswerFinally(text) : new ComplaintCommand.RequestSignature(),
            31 => yes ? new ComplaintCommand.ProveMisreport(Somebody(), text)
                : new ComplaintCommand.DecideConsequence(Somebody(), text),
            _ => Chance(6) ? new ComplaintCommand.Dismiss(Any<FindingReason>(), text) : new ComplaintCommand.Resolve(text),
        };
    }

    private ImmutableArray<Category> Also() => Chance(2) ? [] : [Any<Category>(), Any<Category>()];

    private StaffId Somebody() => TestCompany.Staff[Next(TestCompany.Staff.Length)].Id;

    private T Any<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private T Pick<T>(params T[] from) => from[Next(from.Length)];

    private bool Chance(int oneIn) => Next(oneIn) == 0;

    private int Next(int below) => Done ? 0 : (int)(numbers[_at++] % (uint)below);
}

/// <summary>What meets an obligation.</summary>
internal static class Fulfilling
{
    /// <summary>What ends a complaint that is no complaint.</summary>
    public static ComplaintCommand Answering(Complaint s, string text) => s.Kind switch
    {
        Nature.Suggestion => new ComplaintCommand.DecideSuggestion(true, text, AboutCommunication: true),
        Nature.Praise => new ComplaintCommand.PassOnPraise(TestCompany.Engineer.Id, text),
        _ => new ComplaintCommand.Answer(text),
    };

    /// <summary>Commands that meet it, the straight one first.</summary>
    public static IEnumerable<ComplaintCommand> Of(
        Obligation o, Complaint s, string text, DateTimeOffset now) => o.Kind switch
        {
            ObligationKind.Triage =>
                [new ComplaintCommand.Triage(s.Kind, s.Category, s.Also, s.Severity, s.Accused, null)],
            ObligationKind.DangerCallBack => [new ComplaintCommand.RecordCallBack(Channel.Phone, true, text, text)],
            ObligationKind.Accept => [new ComplaintCommand.Accept()],
            ObligationKind.Assign or ObligationKind.Resolve =>
                [
                    new ComplaintCommand.Resolve(s.Letter?.Text.Value ?? text), new ComplaintCommand.DraftLetter(text),
                .. TestCompany.Staff.Reverse().Select(m => new ComplaintCommand.Assign(m.Id, null)),
            ],
            ObligationKind.Answer =>
                [
                    Answering(s, s.Letter?.Text.Value ?? text), new ComplaintCommand.DraftLetter(text),
                // Whoever is praised may have left.
                new ComplaintCommand.PassOnPraise(null, s.Letter?.Text.Value ?? text),
            ],
            ObligationKind.Cooperate => [new ComplaintCommand.GiveCooperation(text)],
            ObligationKind.Instruct => [new ComplaintCommand.Instruct(text, null), new ComplaintCommand.AnswerFinally(text)],
            ObligationKind.RecordExtensionAnswer =>
                [
                    new ComplaintCommand.AnswerExtension(Agreed: true, Channel.Phone, text, text),
                new ComplaintCommand.AnswerExtension(Agreed: false, Channel.Phone, text, text),
            ],
            ObligationKind.ConsentFinding =>
                [new ComplaintCommand.DecideFinding(true, text), new ComplaintCommand.DecideFinding(false, text)],
            ObligationKind.AnswerObjection =>
                [
                    new ComplaintCommand.AnswerObjection(false, s.Letter?.Text.Value ?? text),
                new ComplaintCommand.DraftLetter(text),
            ],
            ObligationKind.ApproveRemedy =>
                [new ComplaintCommand.DecideRemedy(int.Parse(o.Subject, CultureInfo.InvariantCulture), true, text)],
            ObligationKind.GiveRemedy =>
                [new ComplaintCommand.GiveRemedy(int.Parse(o.Subject, CultureInfo.InvariantCulture), text)],
            ObligationKind.DecideConsequence => [new ComplaintCommand.DecideConsequence(new StaffId(o.Subject), text)],
            ObligationKind.ApproveLetter => [new ComplaintCommand.DecideLetter(Approved: true, null)],
            ObligationKind.ObtainSignature =>
                [
                    new ComplaintCommand.RequestSignature(),
                ComplaintScenario.Sign(s.Request?.Issue ?? 0, s.Resolution!.Text.Value),
                new ComplaintCommand.AttachPaper("scan", 4),
                new ComplaintCommand.RecordAttempt(Channel.Phone, text),
                new ComplaintCommand.RecordAttempt(Channel.WalkIn, text + s.Request?.Attempts.Count),
                new ComplaintCommand.ProposeUnreachable(),
                new ComplaintCommand.RefuseInWords(Channel.Sms, text),
            ],
            ObligationKind.DecideUnreachable => [new ComplaintCommand.DecideUnreachable(Approved: true, text)],
            ObligationKind.ConfirmSignature => [new ComplaintCommand.DecideSignature(Confirmed: true, text, text)],
            ObligationKind.FollowUp => [new ComplaintCommand.FollowUp(Channel.Phone, text, null)],
            ObligationKind.HandOverRecords =>
                [new ComplaintCommand.HandOverRecords(), new ComplaintCommand.FollowUp(Channel.Phone, text, null)],
            ObligationKind.CheckRecords => [new ComplaintCommand.CheckRecords(Accepted: true, null)],
            ObligationKind.FindRootCause => [new ComplaintCommand.FindRootCause(text, text)],
            // Some have left, some are of the accused side.
            ObligationKind.FileReports => TestCompany.Staff.Select(m => ComplaintScenario.Reports(now, m, m, text)),
            ObligationKind.Verify => [new ComplaintCommand.Verify(Holds: true, text)],
            ObligationKind.AcknowledgeLapse => [],
            _ => throw new InvalidOperationException($"Unknown obligation {o.Kind}."),
        };
}
