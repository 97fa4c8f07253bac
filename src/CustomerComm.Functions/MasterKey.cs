using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using CustomerComm.App.Ports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Functions;

/// <summary>The master key; a key for each purpose is derived from it.</summary>
internal sealed class MasterKey : ISecrets
{
    private readonly byte[] _master = new byte[32];

    /// <summary>Throws <see cref="InvalidDataException"/> unless it is 32 bytes in base64.</summary>
    public MasterKey(string? text)
    {
        // An unresolved reference begins with @ and is no base64.
        if (!Convert.TryFromBase64String(text ?? "", _master, out var length) || length != _master.Length)
        {
            throw new InvalidDataException(
                "The setting CustomerComm__MasterKey must be 32 random bytes in base64 (openssl rand -base64 32); a "
                + "Key Vault reference must be readable by this app.");
        }
    }

    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>
/// The key ring of Data Protection, which seals cookies, form tokens and chat tokens: one key for ever, derived from
/// the master key. Every instance of the app reads what another wrote, and there is nothing to keep.
/// </summary>
internal sealed class DerivedKeyRing(ISecrets secrets) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var key = new Secret(secrets.For("web"));
        var descriptor = new AuthenticatedEncryptorDescriptor(new AuthenticatedEncryptorConfiguration(), key)
            .ExportToXml();
        return
        [
            new XElement(
                "key",
                new XAttribute("id", new Guid(secrets.For("web-id").AsSpan(0, 16))),
                new XAttribute("version", 1),
                new XElement("creationDate", "2020-01-01T00:00:00Z"),
                new XElement("activationDate", "2020-01-01T00:00:00Z"),
                new XElement("expirationDate", "9000-01-01T00:00:00Z"),
                new XElement(
                    "descriptor",
                    new XAttribute("deserializerType", descriptor.DeserializerType.AssemblyQualifiedName!),
                    descriptor.SerializedDescriptorElement)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        throw new InvalidOperationException("Keys are derived, none is stored.");
}

/// <summary>Registers what seals the site's cookies and tokens.</summary>
internal static class DerivedProtection
{
    /// <summary>Data Protection over <see cref="DerivedKeyRing"/>.</summary>
    public static IServiceCollection AddDerivedProtection(this IServiceCollection services, ISecrets secrets)
    {
        services.AddDataProtection().SetApplicationName("CustomerComm").DisableAutomaticKeyGeneration();
        return services.Configure<KeyManagementOptions>(o => o.XmlRepository = new DerivedKeyRing(secrets));
    }
}
