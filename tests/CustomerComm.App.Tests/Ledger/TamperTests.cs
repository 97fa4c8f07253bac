using System.Globalization;
using CustomerComm.App.Ledger;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>
/// "Nobody, the administrator included, can forge or erase unseen": each manipulation is found, at its place. A place is a
/// stream with the event's version, a day of the anchors, or the beginning of what is said.
/// </summary>
public sealed class TamperTests(WitnessedStore store) : IClassFixture<WitnessedStore>
{
    private static readonly Dictionary<string, Manipulation> s_all = TamperTable.All.ToDictionary(m => m.Name);

    public static TheoryData<string> Names => [.. s_all.Keys];

    [Fact]
    public async Task Given_a_clean_store_Then_it_holds_with_roots_key_and_rows()
    {
        using var intruder = new Intruder(store);
        var report = await intruder.VerifyAsync(rows: true);
        Assert.True(report.Holds, report.Fault?.Text);
        Assert.Equal(3, report.Anchors);
        Assert.True(report.Events > 30, $"{report.Events} events");
    }

    [Fact]
    public void Given_the_table_Then_it_has_forty_manipulations_and_more() =>
        Assert.True(s_all.Count >= 40, $"{s_all.Count}");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task When_manipulated_Then_it_is_found_at_its_place(string name)
    {
        var manipulation = s_all[name];
        using var intruder = new Intruder(store);
        manipulation.Do(intruder);
        var report = await intruder.VerifyAsync(manipulation.Rows);
        Assert.False(report.Holds, "nothing was found");
        var fault = report.Fault!;
        Assert.True(
            manipulation.Kind == fault.Kind && Places(fault).Contains(manipulation.Place, StringComparer.Ordinal),
            $"expected {manipulation.Kind} at {manipulation.Place}, found {fault.Kind}: {fault.Text}");
    }

    private IEnumerable<string> Places(LedgerFault fault)
    {
        if (fault.Stream is { } stream)
        {
            var name = stream == store.A ? "A" : stream == store.B ? "B" : stream == store.C ? "C"
                : stream == store.D ? "D" : stream.Value.StartsWith("erasure.", StringComparison.Ordinal) ? "erasure"
                : stream.Value;
            yield return name;
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}:{fault.Version}");
        }

        if (fault.Anchor is { } date)
            yield return AnchorLine.Name(date);
        else if (fault.Stream is null)
            yield return "no day";
        if (fault.Text.StartsWith("Table ", StringComparison.Ordinal))
            yield return fault.Text.Split(',')[0];
    }
}
