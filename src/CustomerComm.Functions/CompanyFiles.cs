using CustomerComm.Azure;

namespace CustomerComm.Functions;

/// <summary>The company's own files, in a blob container or, for trying it out, in a folder.</summary>
internal sealed class CompanyFiles(FunctionsSettings settings, AzureStoreOptions store)
{
    /// <summary>Content of a file; throws <see cref="InvalidDataException"/> where it cannot be read.</summary>
    public byte[] Read(string name) => settings.CompanyPath is { Length: > 0 } folder
        ? Find(name) ?? throw new InvalidDataException(
            $"There is no {Path.Combine(folder, name)}; the setting is CustomerComm__CompanyPath.")
        : BlobFile.Read(store, settings.CompanyContainer, name);

    /// <summary>As <see cref="Read"/>, null where there is no such file.</summary>
    public byte[]? Find(string name)
    {
        if (settings.CompanyPath is not { Length: > 0 } folder)
            return BlobFile.Find(store, settings.CompanyContainer, name);
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
