using System.Text.Json;
using CustomerComm.App.Company;
using CustomerComm.App.Privacy;

namespace CustomerComm.Local;

/// <summary>
/// <c>person-file</c>. There is no command that erases: an erasure takes a request and two persons, and the host does it.
/// </summary>
internal static class PersonCommand
{
    /// <summary>Writes all that is kept of one person to a file; - writes it to standard output.</summary>
    public static async Task<int> MakeAsync(string[] settings, string phone, string output, CancellationToken ct)
    {
        await using var app = LedgerCommands.OpenToRead(settings);
        await app.Services.GetRequiredService<RulesBook>().ReadAsync(ct);
        if (!app.Services.GetRequiredService<Phones>().TryRead(phone, out var number))
            throw new InvalidDataException("That is no telephone number; give the one that the person is known by.");
        var file = await app.Services.GetRequiredService<PersonFileMaker>().MakeAsync(number.Value, ct);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(file, PersonFile.Json);
        if (output == "-")
        {
            await using var console = Console.OpenStandardOutput();
            await console.WriteAsync(bytes, ct);
            return 0;
        }

        await File.WriteAllBytesAsync(output, bytes, ct);
        Console.WriteLine($"{output}: {file.Matters.Count} matters, {file.Messages.Count} messages");
        return 0;
    }
}
