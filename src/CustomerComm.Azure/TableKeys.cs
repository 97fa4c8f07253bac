using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;

namespace CustomerComm.Azure;

/// <summary>Makes keys of ids that others chose.</summary>
internal static class TableKeys
{
    /// <summary>
    /// A key for any id; two ids never share one. What keys cannot have is escaped (<c>=002F</c> for a slash); an id
    /// that is too long then stands as its digest.
    /// </summary>
    public static string Escape(string id)
    {
        var text = new StringBuilder(id.Length);
        foreach (var c in id)
        {
            if (c is '=' or '%' || Keys.IsForbidden(c))
                text.Append(CultureInfo.InvariantCulture, $"={(int)c:X4}");
            else
                text.Append(c);
        }

        return text.Length <= Keys.LongestKey
            ? text.ToString()
            : "=h" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }
}
