using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Pages;

/// <summary>
/// What a page's form sent. Forms of residents carry no other secret than the token in their address: whoever lacks it
/// can send nothing, from another site either. The hidden key makes a form sent twice count once.
/// </summary>
internal sealed class PageForm
{
    private readonly IFormCollection _fields;

    private PageForm(IFormCollection fields, string key)
    {
        _fields = fields;
        Key = key;
    }

    /// <summary>The hidden key, 32 hex digits.</summary>
    public string Key { get; }

    /// <summary>A field, trimmed; empty where it was not sent.</summary>
    public string this[string name] => _fields[name].ToString().Trim();

    /// <summary>A new hidden key.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");

    /// <summary>Reads the form; null where it is none of ours.</summary>
    public static async Task<PageForm?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasFormContentType)
            return null;
        try
        {
            var fields = await request.ReadFormAsync(ct);
            return Guid.TryParseExact(fields["key"].ToString(), "N", out var key)
                ? new PageForm(fields, key.ToString("N"))
                : null;
        }
        catch (Exception e) when (Requests.IsBadForm(e) && e is not BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The field as it was sent, with line ends as everywhere else.</summary>
    public string Text(string name) => this[name].Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Marks the message so that it has its effect once; <paramref name="parts"/> are its content.</summary>
    public SeenMessage Once(params ReadOnlySpan<string> parts)
    {
        var content = new StringBuilder();
        foreach (var part in parts)
            content.Append(part.Length).Append(':').Append(part);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString()));
        return new SeenMessage("form:" + Key, Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }
}
