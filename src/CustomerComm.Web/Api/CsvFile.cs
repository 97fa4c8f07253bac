using CsvHelper;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Api;

/// <summary>A table to download.</summary>
internal static class CsvFile
{
    /// <summary>A table is asked for, not JSON.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.Query["format"] == "csv" || request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/csv");

    /// <summary>The table under a name of its own, without its ending.</summary>
    public static IResult Of(string name, string[] columns, IEnumerable<string[]> lines)
    {
        using var stream = new MemoryStream();
        // The byte order mark makes spreadsheet programs read Chinese as such; a field like a formula stays text.
        var options = new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true };
        using (var csv = CsvWriter.Create(stream, options, leaveOpen: true))
        {
            csv.WriteHeader(columns);
            foreach (var line in lines)
                csv.WriteRecord(line);
        }

        return TypedResults.Bytes(stream.ToArray(), "text/csv; charset=utf-8", $"{name}.csv");
    }
}
