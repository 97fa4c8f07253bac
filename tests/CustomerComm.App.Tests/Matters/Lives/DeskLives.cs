using CustomerComm.App.Calls;
using CustomerComm.App.Registers;
using CustomerComm.App.SignIns;
using CustomerComm.Domain;
using CustomerComm.Domain.Calls;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Domain.SignIns;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

using CallLife = Life<CallMatter, Call, CallCommand, CallEvent, CallKind>;
using RegisterLife = Life<RegisterMatter, Register, RegisterCommand, RegisterEvent, RegisterKind>;
using RosterLife = Life<RosterMatter, Roster, RosterCommand, RosterEvent, RosterKind>;
using SignInLife = Life<SignInMatter, SignIn, SignInCommand, SignInEvent, SignInKind>;

/// <summary>What the desk lives by: signing in, calls, the roster, the register.</summary>
internal static class DeskLives
{
    private static readonly RegisterKey s_key = new(TestCompany.HY, new PostId("office"), "2026-03");

    public static IEnumerable<ILife> All => [SignIn, Call, Roster, Register];

    private static SignInLife SignIn => new SignInLife(
        "signin", k => k.StreamOf(TestCompany.Engineer.Id.Value), new Actor.System(),
        _ => new SignInCommand.Ask(TestCompany.Engineer.Id, TestCompany.HY, "browser"))
        .System(
            (_, _) => new SignInCommand.Enter(1, false, "browser", "one"),
            again: "every wrong code counts against the five")
        .System((s, _) => new SignInCommand.Enter(s.Issue, true, "browser", "one"))
        .System((_, _) => new SignInCommand.Ask(TestCompany.Engineer.Id, TestCompany.HY, "browser"))
        .System((_, _) => new SignInCommand.Begin(TestCompany.Engineer.Id, TestCompany.HY, "two"))
        .System((_, _) => new SignInCommand.End("one", TestCompany.Engineer.Id))
        .System((_, _) => new SignInCommand.End(null, TestCompany.Leader.Id));

    private static CallLife Call => new CallLife(
        "call", k => k.StreamOfSource("api:1"), new Actor.System(),
        now => new CallCommand.Record(
            new CallReport(
                "api:1", TestCompany.HY, CallWay.In, TestCompany.ResidentPhone, now.AddMinutes(-1), 5, 20, null, null,
                Missed: true, Internal: false),
            "HY-C-1"))
    { Person = TestCompany.ResidentPhone }
        .Then(TestCompany.HyDuty, (_, now) => new CallCommand.CallBack(now, false, "没人接"))
        .Then(TestCompany.HyDuty, (_, now) => new CallCommand.CallBack(now, true, "说好了"));

    private static RosterLife Roster => new RosterLife(
        "roster", k => k.StreamOf(TestCompany.HY.Value), new Actor.System(),
        _ => new RosterCommand.LookAhead(TestCompany.HY))
    {
        OwesNothing = "a roster that is filled goes on: its gaps are owed once they are found",
    }
        .Then(TestCompany.HyManager, (_, now) => new RosterCommand.AddShift(
            [.. Enum.GetValues<DayOfWeek>()], new TimeOnly(8, 0), new TimeOnly(20, 0), TestCompany.HyDuty.Id,
            DateOnly.FromDateTime(now.Date)))
        .Then(TestCompany.HyManager, (_, now) => new RosterCommand.AddShift(
            [.. Enum.GetValues<DayOfWeek>()], new TimeOnly(20, 0), new TimeOnly(8, 0), TestCompany.HyGuard.Id,
            DateOnly.FromDateTime(now.Date)))
        .Then(TestCompany.HyManager, (_, now) => new RosterCommand.AddExtra(
            DateOnly.FromDateTime(now.Date).AddDays(2), new TimeOnly(20, 0), new TimeOnly(23, 0),
            TestCompany.HyGuard.Id))
        .Then(TestCompany.HyManager, (_, now) => new RosterCommand.ExcuseShift(
            1, DateOnly.FromDateTime(now.Date).AddDays(3)))
        .Then(TestCompany.HyManager, (_, _) => new RosterCommand.DropExtra(1))
        .Then(TestCompany.HyManager, (_, now) => new RosterCommand.EndShift(
            1, DateOnly.FromDateTime(now.Date).AddDays(4)));

    private static RegisterLife Register => new RegisterLife(
        "register", k => k.StreamOf(s_key), new Actor.Staff(TestCompany.HyDuty),
        now => new RegisterCommand.Enter(s_key, Contact("form:1", now, "什么时候来水"), WantsAnswer: true))
    { Person = TestCompany.ResidentPhone }
        .Then(TestCompany.HyDuty, (_, _) => new RegisterCommand.HandOver(
            s_key, TestCompany.HyGuard.Id, [new OpenItem("2026-03", 1)], "注意三号楼"))
        .Then(TestCompany.HyGuard, (_, _) => new RegisterCommand.TakeOver(1, [new OpenItem("2026-03", 1)]))
        .Then(TestCompany.HyGuard, (_, _) => new RegisterCommand.Answer(1, Channel.Phone, "晚上八点"))
        .Then(TestCompany.HyGuard, (_, now) => new RegisterCommand.Enter(
            s_key, Contact("form:2", now, "是热水"), WantsAnswer: false, Corrects: 1))
        .System((_, now) => new RegisterCommand.TakeIn(s_key, [Contact("complaint.z", now, null)]))
        .System((_, now) => new RegisterCommand.NoteAnswer(
            "complaint.z", new ContactAnswer(null, Channel.Phone, new Personal("答了"), now)))
        .System((_, now) => new RegisterCommand.TakeIn(
            s_key,
            [
                Contact("sms.z:2", now, "楼道灯坏了") with { Apart = Apart.UnknownSender },
                Contact("sms.z:3", now, "余额不足") with { Apart = Apart.Failed },
            ]))
        .Then(TestCompany.HyGuard, (_, _) => new RegisterCommand.SeeTo(5, "运营商的通知"))
        .Then(TestCompany.HyGuard, (_, _) => new RegisterCommand.TakeUp(
            4, new MatterNumber(TestCompany.HY, MatterNumber.Complaint, 2026, 1), new StreamId("complaint.z")));

    private static RegisterContact Contact(string source, DateTimeOffset at, string? text) =>
        new(source, at, Channel.Phone, "王芳", TestCompany.ResidentPhone, null, "3-1-502", text);
}
