using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Areas.Notices;

/// <summary>Notices at the desk: writing, publishing, who was told and who read (4.1, 4.2.2).</summary>
internal sealed class NoticeArea : IDeskArea
{
    /// <summary>Name of the resource file.</summary>
    public const string Texts = "Notices";

    public string Words => Texts;

    public string Path => "/desk/notices";

    public IReadOnlyList<string> Matters => ["notice"];

    public bool MaySee(StaffMember member) => true;

    public string AddressOf(ObligationRow duty) => $"{Path}/{duty.Number}";

    public void Map(IEndpointRouteBuilder desk) => desk.MapNotices();

    /// <summary>A time of the public board, with its year, for notices stay there for years.</summary>
    public static string When(DateTimeOffset at, TimeZoneInfo zone, Language language) =>
        App.Messages.Texts.TimeOfYear(at, zone, language);
}
