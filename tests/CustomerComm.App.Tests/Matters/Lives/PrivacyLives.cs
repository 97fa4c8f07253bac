using CustomerComm.App.Privacy;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Privacy;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Matters.Lives;

using DataRequestLife = Life<DataRequestMatter, DataRequest, DataRequestCommand, DataRequestEvent, DataRequestKind>;

/// <summary>An erasure that is held, halted, approved again and carried out; a copy; one that is stopped.</summary>
internal static class PrivacyLives
{
    private static readonly MatterNumber s_series = new(TestCompany.HY, DataRequestKind.Letter, 2026, 0);

    private static readonly PersonStanding s_open =
        PersonStanding.Clear with { Holds = [new DataHold(DataHoldKind.OpenOrder, "HY-W-2026-000001", null)] };

    public static IEnumerable<ILife> All => [Erasure, Copy, Refused];

    private static DataRequestLife Erasure => Asked(DataRequestType.Erasure, new Actor.Resident(), null)
        .Then(TestCompany.Inspector, (_, _) => new DataRequestCommand.Examine("回拨核实"))
        .Then(TestCompany.QualityHead, (s, _) => new DataRequestCommand.Hold("诉讼", s.AskedAt.AddDays(30)))
        .Wait((s, _) => s.AnswerDue)
        .Then(TestCompany.QualityHead, (_, _) => new DataRequestCommand.Approve(PersonStanding.Clear))
        .Wait((s, _) => s.Approval!.EraseAt)
        .System((_, _) => new DataRequestCommand.Announce(s_open))
        .Then(TestCompany.Leader, (_, _) => new DataRequestCommand.Approve(PersonStanding.Clear))
        .Wait((s, _) => s.Approval?.EraseAt ?? s.AskedAt)
        .System((_, _) => new DataRequestCommand.Announce(PersonStanding.Clear))
        .System((_, _) => new DataRequestCommand.Begin(PersonStanding.Clear, ["p-0"], 0))
        .System((_, _) => new DataRequestCommand.Finish());

    private static DataRequestLife Copy =>
        Asked(DataRequestType.Copy, new Actor.Staff(TestCompany.HyDuty), "copy")
            .Then(TestCompany.Inspector, (_, _) => new DataRequestCommand.GiveCopy());

    private static DataRequestLife Refused =>
        Asked(DataRequestType.Erasure, new Actor.Staff(TestCompany.HyDuty), "stopped")
            .Resident((_, _) => new DataRequestCommand.Stop());

    private static DataRequestLife Asked(DataRequestType type, Actor by, string? variant) => new(
        DataRequestKind.Name, k => k.StreamOf(Pseudonyms.Source($"form:{variant}")), by,
        _ => new DataRequestCommand.Ask(
            s_series, type, Contact.None with { Phone = new Personal(TestCompany.ResidentPhone) }, Channel.Phone,
            Language.Chinese, by is Actor.Staff ? "回拨" : null, "已搬走", null, PersonStanding.Clear, $"form:{variant}#x"),
        variant)
    {
        Person = TestCompany.ResidentPhone,
        Series = s_series,
        From = (c, source) => c is DataRequestCommand.Ask ask ? ask with { SourceId = source } : c,
    };
}
