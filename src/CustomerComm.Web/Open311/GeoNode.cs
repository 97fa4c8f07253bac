using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Open311;

/// <summary>
/// A part of an answer of GeoReport v2, written alike as JSON and as XML: XML names the items of a list, JSON does not.
/// </summary>
internal abstract record GeoNode
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly XmlWriterSettings s_xml = new() { Encoding = new UTF8Encoding(false) };

    private GeoNode()
    {
    }

    /// <summary>A text, number or truth value, or nothing.</summary>
    public sealed record Value(object? Content) : GeoNode;

    /// <summary>Named parts in order.</summary>
    public sealed record Fields(ImmutableArray<(string Name, GeoNode Node)> Parts) : GeoNode;

    /// <summary>Several of a kind.</summary>
    public sealed record Several(string Item, ImmutableArray<GeoNode> Nodes) : GeoNode;

    /// <summary>Named plain values in order.</summary>
    public static Fields Of(params ReadOnlySpan<(string Name, object? Value)> parts)
    {
        var fields = ImmutableArray.CreateBuilder<(string, GeoNode)>(parts.Length);
        foreach (var (name, value) in parts)
            fields.Add((name, value as GeoNode ?? new Value(value)));
        return new Fields(fields.ToImmutable());
    }

    /// <summary>The answer in the format; <paramref name="root"/> is the name of the whole in XML.</summary>
    public IResult ToResult(GeoFormat format, string root, int status = StatusCodes.Status200OK)
    {
        using var stream = new MemoryStream();
        if (format == GeoFormat.Xml)
        {
            using (var xml = XmlWriter.Create(stream, s_xml))
                Write(xml, root, this);
            return new Answer(stream.ToArray(), "text/xml; charset=utf-8", status);
        }

        using (var json = new Utf8JsonWriter(stream, s_json))
            Write(json, this);
        return new Answer(stream.ToArray(), "application/json; charset=utf-8", status);
    }

    private static void Write(Utf8JsonWriter json, GeoNode node)
    {
        switch (node)
        {
            case Fields fields:
                json.WriteStartObject();
                foreach (var (name, part) in fields.Parts)
                {
                    json.WritePropertyName(name);
                    Write(json, part);
                }

                json.WriteEndObject();
                break;
            case Several several:
                json.WriteStartArray();
                foreach (var item in several.Nodes)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case Value { Content: null }:
                json.WriteNullValue();
                break;
            case Value { Content: bool b }:
                json.WriteBooleanValue(b);
                break;
            case Value { Content: int n }:
                json.WriteNumberValue(n);
                break;
            case Value { Content: string text }:
                json.WriteStringValue(text);
                break;
            default:
                throw new InvalidOperationException($"Cannot write {node}.");
        }
    }

    private static void Write(XmlWriter xml, string name, GeoNode node)
    {
        xml.WriteStartElement(name);
        switch (node)
        {
            case Fields fields:
                foreach (var (part, value) in fields.Parts)
                    Write(xml, part, value);
                break;
            case Several several:
                foreach (var item in several.Nodes)
                    Write(xml, several.Item, item);
                break;
            case Value { Content: null }:
                break;
            case Value { Content: bool b }:
                xml.WriteString(b ? "true" : "false");
                break;
            case Value { Content: { } value }:
                xml.WriteString(Allowed(Convert.ToString(value, CultureInfo.InvariantCulture)!));
                break;
            default:
                throw new InvalidOperationException($"Cannot write {node}.");
        }

        xml.WriteEndElement();
    }

    /// <summary>XML has no way to write some control characters.</summary>
    private static string Allowed(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.Select(c =>
            XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    private sealed class Answer(byte[] body, string type, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = status;
            http.Response.ContentType = type;
            http.Response.Headers.CacheControl = "no-store";
            return http.Response.Body.WriteAsync(body, http.RequestAborted).AsTask();
        }
    }
}

/// <summary>How an answer is written.</summary>
internal enum GeoFormat
{
    /// <summary>JSON, unless XML is asked for.</summary>
    Json,
    /// <summary>XML.</summary>
    Xml,
}
