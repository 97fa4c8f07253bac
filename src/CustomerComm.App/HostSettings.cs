using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App;

/// <summary>Settings of a host: bound, and checked by their annotations, before anything is built on them.</summary>
public static class HostSettings
{
    /// <summary>Section of all settings; in the environment <c>CustomerComm__…</c>.</summary>
    public const string Section = "CustomerComm";

    /// <summary>Section of the storage account.</summary>
    public const string Storage = Section + ":Storage";

    /// <summary>Section of the Communication Services resource.</summary>
    public const string Sms = Section + ":Sms";

    /// <summary>Section of who is told the ledger's roots, and of the key that signs them.</summary>
    public const string Witness = Section + ":Witness";

    /// <summary>Section of the other classifier that is asked where ours is unsure.</summary>
    public const string SecondOpinion = Section + ":SecondOpinion";

    /// <summary>
    /// Reads settings, completes them and adds them as a singleton. Throws <see cref="InvalidDataException"/> as
    /// <see cref="Checked"/> does.
    /// </summary>
    public static T AddSettings<T>(
        this IServiceCollection services, IConfiguration configuration, string section, Action<T>? complete = null)
        where T : class, new()
    {
        var settings = configuration.Read<T>(section);
        complete?.Invoke(settings);
        services.AddSingleton(settings.Checked(section));
        return settings;
    }

    /// <summary>
    /// Reads settings, unchecked. Throws <see cref="InvalidDataException"/> naming one that is not of its type.
    /// </summary>
    public static T Read<T>(this IConfiguration configuration, string section)
        where T : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(e.Message.ReplaceLineEndings(" "), e);
        }
    }

    /// <summary>
    /// The same settings. Throws <see cref="InvalidDataException"/>, in one line that names each wrong one and says
    /// what it may be; their values are not repeated, for some are secrets.
    /// </summary>
    public static T Checked<T>(this T settings, string section)
        where T : class
    {
        var wrong = new List<ValidationResult>();
        if (Validator.TryValidateObject(settings, new ValidationContext(settings), wrong, validateAllProperties: true))
            return settings;
        var lines = wrong.Select(w => $"{string.Join(", ", w.MemberNames.Select(NameOf))}: {w.ErrorMessage}");
        throw new InvalidDataException(string.Join(' ', lines));

        string NameOf(string member) => $"{section}:{member}".Replace(":", "__", StringComparison.Ordinal);
    }
}
