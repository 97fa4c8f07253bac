using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.Local.Demo;

/// <summary>Something owed, as the work lists show it, with the staff who owe it: one, or those of a unit.</summary>
internal sealed record DemoObligation(
    ObligationKind Kind, string Subject, DateTimeOffset Due, string Matter, StreamId Stream,
    IReadOnlyList<StaffMember> All)
{
    /// <summary>Whoever does it, as a rule.</summary>
    public StaffMember By => All[0];

    /// <summary>Somebody who has had no hand in it, for what judges the work of others.</summary>
    public StaffMember? Other(Func<StaffMember, bool> worked) => All.FirstOrDefault(m => !worked(m));
}

/// <summary>The work lists of the whole company at a moment: what the plays find to do.</summary>
internal sealed class DemoWork(ITables tables, CompanyDirectory directory)
{
    private const int Longest = 1_000;
    private DemoMoment? _of;
    private List<DemoObligation> _owed = [];
    private HashSet<string> _cases = [];

    /// <summary>What is owed in matters of a kind, e.g. <c>order</c>.</summary>
    public async Task<IReadOnlyList<DemoObligation>> OfAsync(DemoMoment moment, string matter, CancellationToken ct) =>
        [.. (await AllAsync(moment, ct)).Where(d => d.Matter == matter)];

    /// <summary>Numbers of the complaints in which something is owed.</summary>
    public async Task<IReadOnlyCollection<string>> ComplaintsAsync(DemoMoment moment, CancellationToken ct)
    {
        await AllAsync(moment, ct);
        return _cases;
    }

    /// <summary>What is owed in all matters but the complaints.</summary>
    public async Task<IReadOnlyList<DemoObligation>> AllAsync(DemoMoment moment, CancellationToken ct)
    {
        if (_of == moment)
            return _owed;
        (_of, _owed, _cases) = (moment, [], new HashSet<string>(StringComparer.Ordinal));
        foreach (var member in directory.Staff)
            await AddAsync(Party.Of(member.Id).Key(directory.Communities[0].Id), [member], ct);
        foreach (var community in directory.Communities)
        {
            foreach (var unit in Enum.GetValues<Unit>())
            {
                if (directory.Members(unit, community.Id).ToList() is { Count: > 0 } members)
                    await AddAsync(Party.Of(unit).Key(community.Id), members, ct);
            }
        }

        return _owed;
    }

    private async Task AddAsync(string list, IReadOnlyList<StaffMember> members, CancellationToken ct)
    {
        var page = await tables.Of<ObligationRow>().QueryAsync(list, null, null, Longest, null, ct);
        _cases.UnionWith(page.Rows.Where(r => r.Matter == ComplaintKind.Name).Select(r => r.Number));
        _owed.AddRange(page.Rows.Where(r => r.Matter != ComplaintKind.Name).Select(r => new DemoObligation(
            Enum.Parse<ObligationKind>(r.Kind), r.Subject, r.Due, r.Matter, new StreamId(r.Stream), members)));
    }
}

/// <summary>Counts what came of a play's commands, and keeps why some were refused.</summary>
internal sealed class DemoTally
{
    private const int Shown = 3;
    private int _done;
    private int _refused;
    private readonly Dictionary<string, int> _why = new(StringComparer.Ordinal);

    /// <summary>Takes a result; true where it was done.</summary>
    public bool Take<TState>(MatterResult<TState> result)
        where TState : class, IMatterState => Take((result as MatterResult<TState>.Refused)?.Refusal);

    /// <summary>Takes the outcome of a command: null where it was done.</summary>
    public bool Take(Refusal? refusal)
    {
        if (refusal is null)
        {
            _done++;
            return true;
        }

        _refused++;
        _why[refusal.Text] = _why.GetValueOrDefault(refusal.Text) + 1;
        return false;
    }

    public override string ToString() =>
        $"{_done} steps, {_refused} refused"
        + string.Concat(_why.OrderByDescending(w => w.Value).Take(Shown).Select(w => $"\n  {w.Value}: {w.Key}"));
}

/// <summary>Whoever was told of a lapse says that they know; without it the ladders climb for ever.</summary>
internal sealed class DemoLadders(DemoWork work, IEnumerable<IMatterKind> kinds) : IDemoPlay
{
    private readonly DemoTally _tally = new();
    private readonly Dictionary<string, IMatterKind> _kinds = kinds
        .SelectMany(k => k.Prefixes.Select(p => (p, k))).ToDictionary(x => x.p, x => x.k, StringComparer.Ordinal);

    public string Told => $"lapses: {_tally}";

    public async Task PlayAsync(DemoMoment moment, CompanyDirectory directory, CancellationToken ct)
    {
        foreach (var owed in await work.AllAsync(moment, ct))
        {
            if (owed.Kind != ObligationKind.AcknowledgeLapse || !moment.Acts(owed.Due)
                || owed.Subject.Split('|', 2) is not [var kind, var subject])
            {
                continue;
            }

            _tally.Take(await _kinds[owed.Matter].AcknowledgeAsync(
                owed.Stream, Enum.Parse<ObligationKind>(kind), subject, "演示：已知悉，正在督办。", owed.By, ct));
        }
    }
}
