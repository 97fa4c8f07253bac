namespace CustomerComm.Sqlite;

/// <summary>Files that are whole or absent, whenever the power fails.</summary>
internal static class DurableFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a small text under a temporary name, flushes it to the disk, and gives it its name.</summary>
    public static void Replace(string path, string text, UnixFileMode? mode = null)
    {
        var temporary = path + ".tmp";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (mode is { } m && !OperatingSystem.IsWindows())
            options.UnixCreateMode = m;
        using (var file = new FileStream(temporary, options))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Creates a directory that only its owner may enter; one that is there stays as it is.</summary>
    public static void CreatePrivateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}
