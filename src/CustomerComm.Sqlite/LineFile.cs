using System.Text;

namespace CustomerComm.Sqlite;

/// <summary>Files of lines that are only ever appended to; what follows the last line feed was never written whole.</summary>
internal static class LineFile
{
    /// <summary>Appends a line; durable on return.</summary>
    public static void Append(string path, string line)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        // A line without its end was being written when the power failed, so it was never published.
        file.SetLength(WholeLines(file));
        file.Position = file.Length;
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>The whole lines; none where there is no such file.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
            return [];
        var text = await File.ReadAllTextAsync(path, ct).ConfigureAwait(false);
        return text.Split('\n')[..^1];
    }

    /// <summary>Length of the file up to and including its last line feed.</summary>
    private static long WholeLines(FileStream file)
    {
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                return end;
        }

        return 0;
    }
}
