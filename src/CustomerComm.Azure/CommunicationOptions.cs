using System.ComponentModel.DataAnnotations;
using Azure.Core;
using CustomerComm.App;
using CustomerComm.App.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Azure;

/// <summary>
/// The Communication Services resource that sends text messages. With an access key requests are signed with it;
/// without one the managed identity (or whatever DefaultAzureCredential finds) signs in.
/// </summary>
public sealed record CommunicationOptions : IValidatableObject
{
    /// <summary><c>endpoint=https://….communication.azure.com/;accesskey=…</c>, as the portal shows it.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The endpoint alone, for a managed identity.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The number messages come from, E.164; it belongs to the resource.</summary>
    public string From { get; init; } = "";

    /// <summary>Whether a resource is named.</summary>
    public bool IsSet => !string.IsNullOrEmpty(ConnectionString) || Endpoint is not null;

    /// <summary>Puts in what tests need: shorter waits, another credential.</summary>
    internal Action<ClientOptions>? Configure { get; init; }

    /// <inheritdoc cref="Configure"/>
    internal TokenCredential? Credential { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Resolve() is null)
        {
            yield return string.IsNullOrEmpty(ConnectionString)
                ? new ValidationResult(
                    "give the whole address of the resource that sends text messages, https://…, or its connection "
                    + "string as ConnectionString instead.",
                    [nameof(Endpoint)])
                : new ValidationResult(
                    "must be endpoint=https://…;accesskey=… with the key in base64.", [nameof(ConnectionString)]);
        }
    }

    /// <summary>Endpoint and, if there is one, the key in base64; null where they cannot be read.</summary>
    internal (Uri Endpoint, byte[]? Key)? Resolve()
    {
        if (string.IsNullOrEmpty(ConnectionString))
            return Endpoint is { IsAbsoluteUri: true } alone ? (alone, null) : null;
        var parts = ConnectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        var key = new byte[256];
        return Uri.TryCreate(parts["endpoint"].FirstOrDefault(), UriKind.Absolute, out var endpoint)
            && Convert.TryFromBase64String(parts["accesskey"].FirstOrDefault() ?? "", key, out var length) && length > 0
            ? (endpoint, key[..length])
            : null;
    }
}

/// <summary>Registers the sender of text messages.</summary>
public static class CommunicationRegistration
{
    /// <summary>
    /// Adds Communication Services as the way out for text messages; throws <see cref="InvalidDataException"/> naming a
    /// wrong setting at once.
    /// </summary>
    public static IServiceCollection AddCommunicationSms(this IServiceCollection services, CommunicationOptions options)
    {
        options.Checked(HostSettings.Sms);
        return services.AddSingleton<IMessageChannel>(
            p => new CommunicationSms(options, p.GetRequiredService<TimeProvider>()));
    }
}
