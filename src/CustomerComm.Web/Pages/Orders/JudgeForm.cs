using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Storage;

namespace CustomerComm.Web.Pages.Orders;

/// <summary>What a resident filled in before something was found wrong with it.</summary>
public sealed record JudgeInput(int? Quality, int? Attitude, bool? Solved, string Comment, string Reason)
{
    /// <summary>Nothing yet.</summary>
    public static JudgeInput Empty { get; } = new(null, null, null, "", "");
}

/// <summary>Reads the form by which residents judge work and sign, for orders and revisits alike.</summary>
internal static class JudgeForm
{
    public static JudgeInput Read(PageForm form) => new(
        Mark(form["quality"]), Mark(form["attitude"]),
        form["solved"] switch { "yes" => true, "no" => false, _ => null }, form.Text("comment"), form.Text("reason"));

    /// <summary>Key of what is missing before it can be signed, or null.</summary>
    public static string? Missing(JudgeInput input, string mark, bool asksSolved)
    {
        if (input.Quality is null)
            return "Judge.NoQuality";
        if (input.Attitude is null)
            return "Judge.NoAttitude";
        if (asksSolved && input.Solved is null)
            return "Judge.NoSolved";
        return DrawnMark.IsSound(mark) ? null : "Sign.NoMark";
    }

    public static string HashOf(string token) => Pseudonyms.HashToken(token);

    private static int? Mark(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 5
            ? value : null;
}
