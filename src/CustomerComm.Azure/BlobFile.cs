using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;

namespace CustomerComm.Azure;

/// <summary>Files that people put into a blob container for the program to read at its start.</summary>
public static class BlobFile
{
    /// <summary>
    /// Content of a file. Throws <see cref="InvalidDataException"/>, saying what to do, where it cannot be read.
    /// </summary>
    public static byte[] Read(AzureStoreOptions options, string container, string name) =>
        Find(options, container, name) ?? throw new InvalidDataException(
            $"There is no {name} in the blob container '{container}'; upload it.");

    /// <summary>As <see cref="Read"/>, null where there is no such file.</summary>
    public static byte[]? Find(AzureStoreOptions options, string container, string name)
    {
        var client = new BlobClientOptions();
        client.Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        var service = options.ConnectionString is { Length: > 0 } text
            ? new BlobServiceClient(text, client)
            : new BlobServiceClient(options.BlobEndpoint, new DefaultAzureCredential(), client);
        try
        {
            var file = service.GetBlobContainerClient(container).GetBlobClient(name);
            return file.DownloadContent().Value.Content.ToArray();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (RequestFailedException e) when (e.Status == 403)
        {
            throw new InvalidDataException(
                $"The blob container '{container}' cannot be read; give the app's identity the role Storage Blob Data "
                + "Reader on it.",
                e);
        }
    }
}
