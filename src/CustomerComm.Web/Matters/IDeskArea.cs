using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Desk;
using Microsoft.AspNetCore.Routing;

namespace CustomerComm.Web.Matters;

/// <summary>
/// A part of the desk beside complaints: orders, registers, notices … Its words lie in <c>Resources/{Words}.resx</c>,
/// with the keys <c>Area.Title</c> and <c>Area.Hint</c> for its card on the overview, or another heading than
/// <c>Area</c> where two areas share a file.
/// </summary>
internal interface IDeskArea
{
    /// <summary>Name of its resource file.</summary>
    string Words { get; }

    /// <summary>First part of the keys of its title and hint.</summary>
    string Heading => "Area";

    /// <summary>Address of its first page, below <c>/desk</c>, e.g. <c>/desk/orders</c>.</summary>
    string Path { get; }

    /// <summary>Kinds of matter whose obligations lead here, as in <c>ObligationRow.Matter</c>.</summary>
    IReadOnlyList<string> Matters { get; }

    /// <summary>True where this person has something to do here; the rules decide on each action all the same.</summary>
    bool MaySee(StaffMember member);

    /// <summary>Where an obligation of a work list is carried out.</summary>
    string AddressOf(ObligationRow owed);

    /// <summary>Leads to what it lists.</summary>
    DeskFact ListOf(DeskWords words) => new("", words["Area.Title"], Path);

    /// <summary>
    /// True where this person, who owes something in the matter of a stream, may open it.
    /// </summary>
    Task<bool> MayOpenAsync(StreamId stream, StaffMember member, CancellationToken ct) => Task.FromResult(true);

    /// <summary>Maps its pages; the group begins with <c>/desk</c>.</summary>
    void Map(IEndpointRouteBuilder desk);
}
