namespace CustomerComm.Testing;

/// <summary>A directory of its own, removed with everything in it when disposed.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => Path = Directory.CreateTempSubdirectory("customercomm-").FullName;

    public string Path { get; }

    /// <summary>The full path of something within the directory.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
            // What a host keeps beside its data directory, so that it is not within.
            Directory.Delete(Path + "-witness", recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // A test may remove it itself.
        }
    }
}
