using CustomerComm.App.Reports;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Meetings;

/// <summary>Meetings with the owners' committee at the desk (4.5.5).</summary>
internal sealed class MeetingArea : IDeskArea
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Meetings";

    public string Words => Texts;

    public string Path => "/desk/meetings";

    public IReadOnlyList<string> Matters => ["meeting"];

    public bool MaySee(StaffMember member) => true;

    public string AddressOf(ObligationRow duty) => $"{Path}/{duty.Number}";

    public void Map(IEndpointRouteBuilder desk) => desk.MapMeetings();
}
