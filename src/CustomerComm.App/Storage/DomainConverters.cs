using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Storage;

/// <summary>Writes small value types as plain strings.</summary>
internal sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        read(reader.GetString() ?? throw new JsonException($"{typeof(T).Name} is null."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(write(value));
}

/// <summary>Seals personal values with the key of the person whose stream is being written or read.</summary>
internal sealed class PersonalConverter : JsonConverter<Personal>
{
    // Serialization of one payload is synchronous, so that a thread's key cannot reach another payload.
    [ThreadStatic]
    private static byte[]? s_key;

    public static T With<T>(byte[]? key, Func<T> work)
    {
        var before = s_key;
        s_key = key;
        try
        {
            return work();
        }
        finally
        {
            s_key = before;
        }
    }

    public override Personal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.GetString() ?? "";
        return new Personal(s_key is null ? Personal.Erased : PersonalCipher.Decrypt(text, s_key));
    }

    public override void Write(Utf8JsonWriter writer, Personal value, JsonSerializerOptions options) =>
        writer.WriteStringValue(PersonalCipher.Encrypt(
            value.Value, s_key ?? throw new InvalidOperationException("No key to seal a personal value with.")));
}

/// <summary>The JSON of stored payloads.</summary>
internal static class StoredJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = false,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new PersonalConverter());
        options.Converters.Add(new TextConverter<CommunityId>(v => v.Value, s => new CommunityId(s)));
        options.Converters.Add(new TextConverter<StaffId>(v => v.Value, s => new StaffId(s)));
        options.Converters.Add(new TextConverter<StreamId>(v => v.Value, s => new StreamId(s)));
        options.Converters.Add(new TextConverter<MatterNumber>(v => v.ToString(), ReadNumber));
        options.Converters.Add(new TextConverter<PostId>(v => v.Value, s => new PostId(s)));
        options.Converters.Add(new TextConverter<MatterNumber>(v => v.ToString(), ReadMatterNumber));
        options.Converters.Add(new TextConverter<Party>(WriteParty, ReadParty));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static MatterNumber ReadMatterNumber(string text) => MatterNumber.TryParse(text, out var number)
        ? number
        : throw new JsonException($"'{text}' is no number of a matter.");

    private static MatterNumber ReadNumber(string text) => MatterNumber.TryParse(text, out var number)
        ? number
        : throw new JsonException($"'{text}' is not a complaint number.");

    private static string WriteParty(Party party) =>
        party.Staff is { } staff ? $"staff:{staff}" : $"unit:{party.Unit}";

    private static Party ReadParty(string text) => text.Split(':', 2) switch
    {
        ["staff", var id] => Party.Of(new StaffId(id)),
        ["unit", var unit] => Party.Of(Enum.Parse<Unit>(unit)),
        _ => throw new JsonException($"'{text}' is not a party."),
    };
}
