using CustomerComm.Domain.Privacy;
using CustomerComm.Domain.Tests.Matters;

namespace CustomerComm.Domain.Tests.Privacy;

/// <summary>One data request of the resident of HY 3-1-502.</summary>
internal sealed class DataRequestScenario
    : MatterScenario<DataRequestScenario, DataRequestMatter, DataRequest, DataRequestCommand, DataRequestEvent>
{
    public static readonly Actor Person = new Actor.Resident();

    protected override int MostOwed => 1;

    /// <summary>As somebody asks it; the desk says how the person proved who they are.</summary>
    public static DataRequestCommand.Ask Ask(
        DataRequestType type = DataRequestType.Erasure, PersonStanding? standing = null, string? proof = "回拨核实",
        StaffId? own = null) => new(
        new MatterNumber(TestCompany.HY, "D", 2026, 1), type,
        Contact.None with { Phone = new Personal(TestCompany.ResidentPhone) }, Channel.Phone, Language.Chinese, proof,
        "已搬走", own, standing ?? PersonStanding.Clear, "form:1#x");

    /// <summary>Recorded at the desk by the office's duty post.</summary>
    public static DataRequestScenario Recorded(DataRequestType type = DataRequestType.Erasure, StaffMember? by = null) =>
        new DataRequestScenario().Do(by ?? TestCompany.HyDuty, Ask(type));

    /// <summary>Asked by the person alone, by their link.</summary>
    public static DataRequestScenario Alone(DataRequestType type = DataRequestType.Erasure) =>
        new DataRequestScenario().Do(Person, Ask(type, proof: null));

    /// <summary>Approved by the head of quality.</summary>
    public static DataRequestScenario Approved() =>
        Recorded().Do(TestCompany.QualityHead, new DataRequestCommand.Approve(PersonStanding.Clear));

    /// <summary>Its time has come and the person was told.</summary>
    public static DataRequestScenario Announced() =>
        Approved().After(3).Do(System, new DataRequestCommand.Announce(PersonStanding.Clear));

    public Obligation Owed() => Assert.Single(DataRequestMatter.Owed(State));

    protected override StaffId? JudgeOf(DataRequestEvent e) => e switch
    {
        DataRequestEvent.ErasureApproved x => x.By,
        DataRequestEvent.DataRequestRefused x => x.By,
        DataRequestEvent.DataRequestHeld x => x.By,
        _ => null,
    };
}
