using CustomerComm.Domain.Matters;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Open311;

/// <summary>
/// What was posted to open a request, in the form or the address. Every field is used or stands among the rest, so that
/// nothing of it is lost.
/// </summary>
internal sealed class GeoForm
{
    private const string Key = "api_key";

    /// <summary>What is no part of what was said.</summary>
    private static readonly HashSet<string> s_asked = new(StringComparer.Ordinal) { Key, "jurisdiction_id" };

    private readonly SortedDictionary<string, List<string>> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    /// <summary>The key of the sender, or null.</summary>
    public string? ApiKey => _fields.TryGetValue(Key, out var keys) ? keys[0] : null;

    /// <summary>The jurisdiction asked for, or null.</summary>
    public string? Jurisdiction => _fields.TryGetValue("jurisdiction_id", out var asked) ? asked[0] : null;

    /// <summary>All that was sent, the same text for the same request.</summary>
    public string Content => string.Join(
        '\u001e', _fields.Select(f => f.Key + '\u001f' + string.Join('\u001f', f.Value)));

    /// <summary>The fields that nobody asked for yet, each with its name.</summary>
    public IEnumerable<string> Rest => _fields.Where(f => !_used.Contains(f.Key) && !s_asked.Contains(f.Key))
        .SelectMany(f => f.Value.Select(v => $"{Check.Mended(f.Key)}: {v}"));

    /// <summary>The form of a request, or why it cannot be read.</summary>
    public static async Task<(GeoForm? Form, GeoError? Error)> ReadAsync(HttpContext http, CancellationToken ct)
    {
        const string wanted = "The body must be a form (application/x-www-form-urlencoded), at most 256 KiB";
        if (!http.Request.HasFormContentType)
            return (null, new GeoError(400, wanted + "."));
        IFormCollection posted;
        try
        {
            posted = await http.Request.ReadFormAsync(ct);
        }
        catch (Exception e) when (Requests.IsBadForm(e))
        {
            return (null, new GeoError(400, $"{wanted}: {e.Message}"));
        }

        if (posted.Files.Count > 0)
        {
            return (null, new GeoError(
                400, $"{posted.Files[0].Name}: files are not taken in here. Put it where it can be fetched and send "
                + "its address as media_url; the request was not created."));
        }

        var form = new GeoForm();
        foreach (var (name, values) in posted.Concat(http.Request.Query.Where(q => !posted.ContainsKey(q.Key))))
        {
            var said = values.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!).ToList();
            if (said.Count > 0)
                form._fields[name] = said;
        }

        return (form, null);
    }

    /// <summary>The value of a field, which stays among the rest; null where it is missing.</summary>
    public string? Peek(string name) => _fields.TryGetValue(name, out var values) ? string.Join('\n', values) : null;

    /// <summary>The value of a field, null where it is missing; several stand one below the other.</summary>
    public string? Take(string name)
    {
        _used.Add(name);
        return Peek(name);
    }
}
