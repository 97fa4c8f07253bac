using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;

namespace CustomerComm.Local;

/// <summary>A master key in a file that only its owner may read; a key for each purpose is derived from it.</summary>
internal sealed class FileSecrets : ISecrets
{
    private readonly byte[] _master;

    public FileSecrets(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "app.key");
        if (!File.Exists(path))
            Create(path);
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
