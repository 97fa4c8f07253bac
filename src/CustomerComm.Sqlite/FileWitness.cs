using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// A witness that is a file: lines are only ever appended. On a disk of somebody else's, in a folder that a committee
/// synchronises or that is committed to a repository, it is out of the administrator's reach.
/// </summary>
public sealed class FileWitness(string path) : IWitness
{
    /// <inheritdoc/>
    public string Name => "file";

    /// <inheritdoc/>
    public async Task TellAsync(DateOnly date, string line, CancellationToken ct)
    {
        try
        {
            DurableFile.CreatePrivateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var lines = await LineFile.ReadAsync(path, ct).ConfigureAwait(false);
            if (lines is not [.., var last] || AnchorLine.Parse(last).Anchor.Date < date)
            {
                LineFile.Append(path, line);
                return;
            }

            if (!lines.Contains(line, StringComparer.Ordinal))
            {
                throw new InvalidDataException(
                    $"{path} has another root of {AnchorLine.Name(date)} than the ledger: one of them was changed. Find out "
                    + "which by 'verify-ledger --roots', and restore it; nothing is written over.");
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be written: {e.Message}", e);
        }
    }
}
