using System.Text.Json;
using CustomerComm.App.Company;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.Domain;

namespace CustomerComm.Local;

/// <summary><c>evidence</c> and <c>verify-evidence</c>.</summary>
internal static class EvidenceCommands
{
    /// <summary>Writes the whole evidence of a case to a file; - writes it to standard output.</summary>
    public static async Task<int> MakeAsync(string[] settings, string number, string output, CancellationToken ct)
    {
        await using var app = LedgerCommands.OpenToRead(settings);
        await app.Services.GetRequiredService<RulesBook>().ReadAsync(ct);
        if (!MatterNumber.TryParse(number, out var parsed)
            || await app.Services.GetRequiredService<Numbering>().FindAsync(parsed, ct) is not { } stream)
        {
            throw new InvalidDataException($"There is no case '{number}'; give its number, e.g. HY-2026-000123.");
        }

        var file = await app.Services.GetRequiredService<EvidenceMaker>().MakeAsync(stream, resident: false, ct)
            ?? throw new InvalidDataException(
                $"{number} is in no published root yet: the next is made tonight, or now by 'job ledger-anchor'.");
        var bytes = JsonSerializer.SerializeToUtf8Bytes(file, EvidenceFile.Json);
        if (output == "-")
        {
            await using var console = Console.OpenStandardOutput();
            await console.WriteAsync(bytes, ct);
            return 0;
        }

        await File.WriteAllBytesAsync(output, bytes, ct);
        Console.WriteLine($"{output}: {file.Events.Count} events, on record in the root of {AnchorLine.Parse(file.Root).Date}");
        return 0;
    }

    /// <summary>0: all holds; 2: something does not. Needs neither a store nor a network.</summary>
    public static async Task<int> VerifyAsync(string path, string roots, string? key, CancellationToken ct)
    {
        var file = await File.ReadAllBytesAsync(path, ct);
        var lines = await LedgerCommands.LinesAsync(roots, ct);
        var pem = key is null ? null : await File.ReadAllTextAsync(key, ct);
        var report = EvidenceVerifier.Verify(file, lines, pem);
        if (report.Wrong is { } wrong)
        {
            Console.WriteLine($"{report.Number}: {wrong}");
            return 2;
        }

        Console.WriteLine(
            $"{report.Number}: {report.Covered} events were on record when the root of {report.Root:yyyy-MM-dd} was published, "
            + $"{report.After} came after it; all hold"
            + (report.Signed ? ", signed" : "; without --key the signature was not checked"));
        return 0;
    }
}
