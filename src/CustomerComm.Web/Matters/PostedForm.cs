using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Company;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Policies;
using CustomerComm.Web.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Matters;

/// <summary>What came back from a form of the desk.</summary>
internal sealed class PostedForm
{
    private readonly IFormCollection _form;

    private PostedForm(IFormCollection form) => _form = form;

    /// <summary>What the action is about where there are several of its kind.</summary>
    public string Subject => this["subject"];

    /// <summary>Field that was refused, to be marked.</summary>
    public string? WrongField { get; set; }

    /// <summary>The value of a field, or nothing.</summary>
    public string this[string field] => _form[field].ToString();

    /// <summary>All values of a field.</summary>
    public IEnumerable<string> All(string field) => _form[field].OfType<string>();

    /// <summary>The file of a field, or null.</summary>
    public IFormFile? File(string field) => _form.Files.GetFile(field) is { Length: > 0 } file ? file : null;

    /// <summary>A time of the community as UTC; null where there is none.</summary>
    public bool TryTime(string field, WorkingCalendar calendar, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrWhiteSpace(this[field]))
            return true;
        at = LocalTimes.Read(this[field], calendar) is LocalTime.At read ? read.Time.ToUniversalTime() : null;
        return at is not null;
    }

    /// <summary>The value of an enum, by name only.</summary>
    public bool TryNamed<TEnum>(string field, out TEnum value)
        where TEnum : struct, Enum =>
        Enum.TryParse(this[field], out value) && Enum.IsDefined(value) && char.IsAsciiLetter(this[field][0]);

    /// <summary>The form's key with a digest of everything in it: it has one effect, however often it comes.</summary>
    public SeenMessage? Seen(StaffId by)
    {
        if (!Guid.TryParseExact(this["key"], "N", out var key))
            return null;
        var text = new StringBuilder(by.Value);
        foreach (var (name, values) in _form.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            if (name is not "__RequestVerificationToken" and not "key")
                text.Append('\u001e').Append(name).Append('\u001f').AppendJoin('\u001f', values.ToArray());
        }

        foreach (var file in _form.Files)
            text.Append('\u001e').Append(file.FileName).Append('\u001f').Append(file.Length);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
        return new SeenMessage($"desk:{key:N}", digest);
    }

    /// <summary>
    /// Reads the form. Null with the key of the reason where it is too large, not a form, or not from one of our pages.
    /// </summary>
    public static async Task<(PostedForm? Form, int Status, string? Reason)> ReadAsync(HttpContext http)
    {
        try
        {
            if (!http.Request.HasFormContentType)
                return (null, StatusCodes.Status415UnsupportedMediaType, "Banner.Expired");
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var ours = await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
            return ours
                ? (new PostedForm(form), StatusCodes.Status200OK, null)
                : (null, StatusCodes.Status400BadRequest, "Banner.Expired");
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, e.StatusCode, "Banner.TooLarge");
        }
        catch (Exception e) when (Requests.IsBadForm(e))
        {
            return (null, StatusCodes.Status400BadRequest, "Banner.Expired");
        }
    }
}
