using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerComm.App.Ports;

namespace CustomerComm.Testing;

/// <summary>Rows as they are compared: all they say but the version, which tells when they were written last.</summary>
public static class Rows
{
    private static readonly JsonSerializerOptions s_options = new() { Converters = { new Instant() } };

    /// <summary>The row as JSON without its version, its kind before it, times in UTC as stores keep them.</summary>
    public static string Said(ITableRow row)
    {
        var json = JsonSerializer.SerializeToNode(row, row.GetType(), s_options)!.AsObject();
        json.Remove(nameof(ITableRow.Version));
        return $"{row.GetType().Name} {json.ToJsonString()}";
    }

    private sealed class Instant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.ToUnixTimeMilliseconds());
    }
}
