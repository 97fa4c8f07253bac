using CustomerComm.Sqlite;

namespace CustomerComm.Local;

/// <summary>
/// Which files must be there because others are: what is missing was lost, and making it anew would hide that. A start
/// that was broken off half way is told from a loss by what is published only once all is there.
/// </summary>
internal static class LocalFiles
{
    /// <summary>
    /// Throws <see cref="InvalidDataException"/> naming the first file that is missing and how to restore it.
    /// </summary>
    public static void Require(LocalOptions options, LocalWitnessOptions witness)
    {
        var anchors = Path.Combine(options.DataDirectory, FileAnchorStore.FileName);
        var published = IsThere(witness.File);
        if (options.Anchors == "files" && published && !IsThere(anchors))
            throw Missing(anchors, $"the witness {witness.File} has roots that were published from it");
        var anchored = options.Anchors == "files" ? IsThere(anchors) : published;
        if (!anchored)
            return;
        if (options.Store == "sqlite")
        {
            foreach (var name in new[] { "customercomm.db", "keys.db" })
                RequireFile(Path.Combine(options.DataDirectory, name), anchors);
        }

        RequireFile(Path.Combine(options.DataDirectory, "secrets", "app.key"), anchors);
        if (witness.SignCommand is not { Length: > 0 })
            RequireFile(witness.Key, anchors);
    }

    private static void RequireFile(string path, string because)
    {
        if (!IsThere(path))
            throw Missing(path, $"{because} says that this installation has been at work");
    }

    private static InvalidDataException Missing(string path, string because) => new(
        $"{path} is missing, though {because}. It is not made anew, for that would hide a loss: stop, restore it from its "
        + "back-up, then run verify-ledger. For a new installation give another data directory (--data).");

    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };
}
