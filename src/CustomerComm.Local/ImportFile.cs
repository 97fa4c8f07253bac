using CustomerComm.App.Imports;

namespace CustomerComm.Local;

/// <summary>Opens what is to be imported: a file, or <c>-</c> for what is piped in.</summary>
internal static class ImportFile
{
    public static ImportText Open(string file, string? encoding)
    {
        if (file == "-")
        {
            using var piped = new MemoryStream();
            using (var input = Console.OpenStandardInput())
                input.CopyTo(piped);
            var bytes = piped.ToArray();
            return ImportText.Open(() => new MemoryStream(bytes), encoding);
        }

        return File.Exists(file)
            ? ImportText.Open(() => File.OpenRead(file), encoding)
            : throw new InvalidDataException($"There is no file {Path.GetFullPath(file)}.");
    }
}
