using CustomerComm.Azure;

namespace CustomerComm.Functions;

/// <summary>The company's own files, in a blob container or, for trying it out, in a folder.</summary>
internal sealed class CompanyFiles(FunctionsSettings settings)
{
    /// <summary>Content of a file; throws <see cref="InvalidDataException"/> where it cannot be read.</summary>
    public byte[] Read(string name)
    {
        if (settings.CompanyPath is not { Length: > 0 } folder)
            return BlobFile.Read(settings.Store, settings.CompanyContainer, name);
        var path = Path.Combine(folder, name);
        return File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new InvalidDataException($"There is no {path}; the setting is CustomerComm__CompanyPath.");
    }
}
