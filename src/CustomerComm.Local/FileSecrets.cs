using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;

namespace CustomerComm.Local;

/// <summary>A master key in a file that only its owner may read; a key for each purpose is derived from it.</summary>
internal sealed class FileSecrets : ISecrets
{
    private readonly byte[] _master;

    /// <summary>
    /// Opens the key of the data directory, or makes it where there is no database yet; throws
    /// <see cref="InvalidDataException"/>, saying how to restore it, where there is one.
    /// </summary>
    public FileSecrets(string dataDirectory)
    {
        var directory = Path.Combine(dataDirectory, "secrets");
        var path = Path.Combine(directory, "app.key");
        if (!File.Exists(path))
        {
            if (new FileInfo(Path.Combine(dataDirectory, "customercomm.db")) is { Exists: true, Length: > 0 })
            {
                throw new InvalidDataException(
                    $"{path} is missing, though there is a database. Without it no link that residents hold works any more, "
                    + "and nobody is known by their phone. Restore it from the back-up of secrets/; it is not made anew.");
            }

            Directory.CreateDirectory(directory);
            Create(path);
        }

        _master = File.ReadAllBytes(path);
        if (_master.Length != 32)
            throw new InvalidDataException($"{path} must hold 32 bytes; restore it from the backup.");
    }

    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes(purpose));

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(RandomNumberGenerator.GetBytes(32));
        file.Flush(flushToDisk: true);
    }
}
