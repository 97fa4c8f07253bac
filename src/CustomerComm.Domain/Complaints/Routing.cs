using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerComm.Domain.Complaints;

/// <summary>One row of the routing table: which unit leads a category, and by which clause.</summary>
public sealed record RoutingRow(Category Category, Unit Lead, string Clause);

/// <summary>Where a complaint goes: who leads, who cooperates, and by which clause.</summary>
public sealed record Route(Unit Lead, ImmutableArray<Unit> Cooperating, string Clause);

/// <summary>The routing rules 4.6.1-2 A–F and 4.6.2-3 as one table.</summary>
public static class Routing
{
    /// <summary>All rows, one a category.</summary>
    public static ImmutableArray<RoutingRow> Table { get; } =
    [
        new(Category.StaffAttitude, Unit.Quality, "4.6.1-2-A"),
        new(Category.ServiceQuality, Unit.Quality, "4.6.1-2-A"),
        new(Category.CivilWorks, Unit.Engineering, "4.6.1-2-B"),
        new(Category.Renovation, Unit.Engineering, "4.6.1-2-B"),
        new(Category.Equipment, Unit.Engineering, "4.6.1-2-B"),
        new(Category.Charges, Unit.Finance, "4.6.1-2-C"),
        new(Category.Compensation, Unit.Leader, "4.6.1-2-D"),
        new(Category.AgainstManager, Unit.Leader, "4.6.1-2-D"),
        new(Category.Cleaning, Unit.Office, "4.6.2-3"),
        new(Category.Security, Unit.Office, "4.6.2-3"),
        new(Category.Parking, Unit.Office, "4.6.2-3"),
        new(Category.Greenery, Unit.Office, "4.6.2-3"),
        new(Category.Neighbours, Unit.Office, "4.6.2-3"),
        new(Category.Pets, Unit.Office, "4.6.2-3"),
        new(Category.Other, Unit.Office, "4.6.2-3"),
    ];

    /// <summary>The order in which cooperating units are named: the one nearest to the resident first.</summary>
    private static readonly ImmutableArray<Unit> s_nearest =
        [Unit.Office, Unit.Quality, Unit.Engineering, Unit.Finance, Unit.Leader];

    private static readonly FrozenDictionary<Category, RoutingRow> s_rows = Table.ToFrozenDictionary(r => r.Category);

    /// <summary>
    /// Routes by the chief concern; the units of the further concerns cooperate (4.6.1-2-F), and the office always does
    /// when it does not lead (4.6.1-2-G). Where money is asked for, or the complaint is against a manager, be it beside
    /// other concerns, the leader takes it; in the latter case the office stays out (4.6.1-2-D).
    /// </summary>
    public static Route For(Category category, IEnumerable<Category> also)
    {
        Category[] concerns = [category, .. also];
        var against = IsAgainstManager(category, concerns);
        var row = s_rows[
            against ? Category.AgainstManager
            : concerns.Contains(Category.Compensation) ? Category.Compensation
            : category];
        var concerned = concerns.Select(c => s_rows[c].Lead);
        concerned = against ? concerned.Where(u => u != Unit.Office) : concerned.Append(Unit.Office);
        var cooperating = s_nearest.Where(u => u != row.Lead && concerned.Contains(u)).ToImmutableArray();
        return new Route(row.Lead, cooperating, row.Clause);
    }

    /// <summary>
    /// True where the chief or a further concern is an office manager or a department head (4.6.1-2-D).
    /// </summary>
    public static bool IsAgainstManager(Category category, IEnumerable<Category> also)
    {
        return category == Category.AgainstManager || also.Contains(Category.AgainstManager);
    }
}
