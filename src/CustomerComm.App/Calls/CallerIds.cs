using System.Collections.Frozen;
using System.Text.RegularExpressions;
using CustomerComm.App.Company;
using CustomerComm.App.Messages;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Calls;

/// <summary>
/// Reads who is at the other end of a call as telephone systems write it: a number, an extension, a <c>sip:</c> or
/// <c>tel:</c> address, or that it was withheld. No call is lost for what stands there (4.5.2).
/// </summary>
public static partial class CallerIds
{
    private const int Longest = 40;

    private static readonly FrozenSet<string> s_withheld =
        Texts.Said("Said.Withheld").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The number in E.164 form; else the extension or name that the telephone system calls by, at most 40 characters;
    /// null where it was withheld.
    /// </summary>
    public static string? Read(string? text, Phones phones)
    {
        var address = Check.Mended(text ?? "").Trim();
        // "Mr Wang" <sip:8001@pbx.example>;tag=1
        if (Bracketed().Match(address) is { Success: true } m)
            address = m.Groups["address"].Value.Trim();
        if (Scheme().Match(address) is { Success: true } scheme)
            address = UserOf(address[scheme.Length..]);
        else if (address.Contains('@', StringComparison.Ordinal))
            address = UserOf(address);
        address = address.Trim().Trim('"').Trim();
        if (address.Length == 0 || s_withheld.Contains(address) || !address.Any(char.IsLetterOrDigit))
            return null;
        if (phones.TryRead(address, out var number))
            return number.Value;
        return address.Length <= Longest ? address : address[..Longest];
    }

    /// <summary>Of <c>user:password@host;parameters</c> the user; what has no host is the user alone.</summary>
    private static string UserOf(string address)
    {
        var end = address.IndexOfAny([';', '?']);
        var plain = end < 0 ? address : address[..end];
        var at = plain.IndexOf('@', StringComparison.Ordinal);
        var user = at < 0 ? plain : plain[..at];
        var secret = user.IndexOf(':', StringComparison.Ordinal);
        return Check.Mended(Uri.UnescapeDataString(secret < 0 ? user : user[..secret]));
    }

    [GeneratedRegex("<(?<address>[^<>]*)>", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Bracketed();

    [GeneratedRegex("^(?:sips?|tel|callto|h323):/{0,2}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Scheme();
}
