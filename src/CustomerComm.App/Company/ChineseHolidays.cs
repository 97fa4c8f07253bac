using System.Text.Json;

namespace CustomerComm.App.Company;

/// <summary>
/// The official holidays of mainland China and the days worked for them (调休), as far as the State Council had published
/// them when this version was built: what the first policy of a company there begins with.
/// </summary>
public static class ChineseHolidays
{
    private static readonly Days s_days = Read();

    /// <summary>Days off.</summary>
    public static IReadOnlyList<DateOnly> Holidays => s_days.Holidays;

    /// <summary>Days worked although the week says otherwise.</summary>
    public static IReadOnlyList<DateOnly> MakeUpDays => s_days.MakeUpDays;

    private static Days Read()
    {
        using var stream = typeof(ChineseHolidays).Assembly.GetManifestResourceStream("Company.holidays-cn.json")!;
        return JsonSerializer.Deserialize<Days>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Days(IReadOnlyList<DateOnly> Holidays, IReadOnlyList<DateOnly> MakeUpDays);
}
