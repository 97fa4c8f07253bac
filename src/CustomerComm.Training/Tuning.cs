using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.Training;

/// <summary>Finds where a model's answers turn, from texts whose writers it never read.</summary>
internal static class Tuning
{
    /// <summary>So often the chief concern has to be right, equally right ones counted, where it is not unsure.</summary>
    public const double Sure = 0.85;

    /// <summary>As many of those in danger are heard as there are at most so many false alarms among all others.</summary>
    public const double FalseAlarms = 0.05;

    /// <summary>The list's say may cost so much of what is right with these writers.</summary>
    public const double ListCost = 0.01;

    private const float MostList = 2;

    // Letters of complaint must not become something else for the sake of short texts.
    private const float MostOffComplaint = 0.6f;
    private const int Grid = 100;
    private const float Coolest = 0.3f;
    private const float Hottest = 4f;

    public static Thresholds Of(IReadOnlyList<Trial> trials)
    {
        var lists = (List([.. trials.Where(t => !t.Features.IsLong)]), List([.. trials.Where(t => t.Features.IsLong)]));
        var temperature = Best(Coolest, Hottest, t => -Loss(trials, lists, t));
        return new Thresholds(
            temperature, Unsure(trials, lists, temperature), Best(0.1f, 0.9f, t => ConcernScore(trials, t)), Danger(trials),
            Best(0.1f, 0.9f, t => MajorScore(trials, t)), Best(0, MostOffComplaint, t => KindScore(trials, t)), lists.Item1,
            lists.Item2);
    }

    private static float Best(float from, float to, Func<float, double> score) =>
        Enumerable.Range(0, Grid + 1).Select(i => from + ((to - from) * i / Grid)).MaxBy(score);

    // The list stays right where texts are unlike those that were learnt from, so it has as much say as costs little.
    private static float List(List<Trial> trials)
    {
        var steps = Enumerable.Range(0, Grid + 1).Select(i => MostList * i / Grid)
            .Select(say => (Say: say, Right: trials.Count(t => Right(t, say)))).ToList();
        var least = steps.Max(s => s.Right) - (ListCost * trials.Count);
        return steps.Last(s => s.Right >= least).Say;
    }

    private static bool Right(Trial trial, float list)
    {
        var logits = trial.Category(list, list);
        var most = (Category)Array.IndexOf(logits, logits.Max());
        return most == trial.Text.Category || trial.Text.Equal.Contains(most);
    }

    private static double Loss(IReadOnlyList<Trial> trials, (float Short, float Long) lists, float temperature) => trials.Sum(t =>
        -Math.Log(Math.Max(1e-9, Model.Shares(t.Category(lists.Short, lists.Long), temperature)[(int)t.Text.Category])));

    // The least sure answers go, until the rest is right often enough.
    private static float Unsure(IReadOnlyList<Trial> trials, (float Short, float Long) lists, float temperature)
    {
        var answers = trials.Select(t =>
        {
            var shares = Model.Shares(t.Category(lists.Short, lists.Long), temperature);
            var most = (Category)Array.IndexOf(shares, shares.Max());
            return (Share: shares.Max(), Right: most == t.Text.Category || t.Text.Equal.Contains(most));
        }).OrderBy(a => a.Share).ToList();
        var right = answers.Count(a => a.Right);
        for (var i = 0; i < answers.Count; i++)
        {
            if (right >= Sure * (answers.Count - i))
                return answers[i].Share;
            right -= answers[i].Right ? 1 : 0;
        }

        return 1;
    }

    private static double ConcernScore(IReadOnlyList<Trial> trials, float least)
    {
        var (hit, said, raised) = (0, 0, 0);
        foreach (var trial in trials)
        {
            var logits = trial.Of(Head.Concern);
            for (var i = 0; i < logits.Length; i++)
            {
                if ((Category)i == trial.Text.Category)
                    continue;
                var yes = Model.Likely(logits[i]) >= least;
                var so = trial.Text.Also.Contains((Category)i);
                (hit, said, raised) = (hit + (yes && so ? 1 : 0), said + (yes ? 1 : 0), raised + (so ? 1 : 0));
            }
        }

        return 2.0 * hit / Math.Max(1, said + raised);
    }

    // Complaints and what is none count alike, however many there are of each.
    private static double KindScore(IReadOnlyList<Trial> trials, float complaint)
    {
        var (right, all) = (new int[2], new int[2]);
        foreach (var trial in trials)
        {
            var logits = trial.Of(Head.Kind).ToArray();
            logits[(int)Nature.Complaint] -= complaint;
            var group = trial.Text.Kind == Nature.Complaint ? 0 : 1;
            all[group]++;
            right[group] += Array.IndexOf(logits, logits.Max()) == (int)trial.Text.Kind ? 1 : 0;
        }

        return ((double)right[0] / Math.Max(1, all[0])) + ((double)right[1] / Math.Max(1, all[1]));
    }

    private static float Danger(IReadOnlyList<Trial> trials)
    {
        var others = trials.Where(t => t.Text.Severity != Severity.Urgent && t.Text.Kind is Nature.Complaint
                or Nature.RepairRequest or Nature.Enquiry)
            .Select(t => Model.Likely(t.Of(Head.Danger)[0])).OrderDescending().ToList();
        return others.Count > 0 ? others[(int)(FalseAlarms * others.Count)] : 0.5f;
    }

    private static double MajorScore(IReadOnlyList<Trial> trials, float least)
    {
        var (hit, said, so) = (0, 0, 0);
        foreach (var trial in trials.Where(t => t.Text.Severity != Severity.Urgent))
        {
            var shares = Model.Shares(trial.Of(Head.Severity), 1);
            var major = shares[(int)Severity.Major];
            var yes = major / (major + shares[(int)Severity.Ordinary]) >= least;
            var grave = trial.Text.Severity == Severity.Major;
            (hit, said, so) = (hit + (yes && grave ? 1 : 0), said + (yes ? 1 : 0), so + (grave ? 1 : 0));
        }

        return 2.0 * hit / Math.Max(1, said + so);
    }
}
