using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CustomerComm.Benchmarks;

/// <summary>
/// Requests encoded beforehand; only key and phone are written into them at each use, so that the load costs as little
/// as can be: it shares the machine with what it measures.
/// </summary>
internal sealed class Requests
{
    private const int KeyLength = 24;
    private const int PhoneDigits = 8;
    private const string KeyMark = "KEYKEYKEYKEYKEYKEYKEYKEY";
    private const string PhoneMark = "PHONEPHO";
    private readonly List<Template> _templates;

    private Requests(List<Template> templates) => _templates = templates;

    public static Requests From(string? file) => new([.. Texts(file).Select(Make)]);

    /// <summary>Writes the request so many into the buffer; returns its length.</summary>
    public int Write(Span<byte> buffer, int run, long nth)
    {
        var template = _templates[(int)(nth % _templates.Count)];
        template.Bytes.CopyTo(buffer);
        var key = (nth + ((long)run << 40)).ToString("D24", CultureInfo.InvariantCulture);
        Encoding.ASCII.GetBytes(key, buffer.Slice(template.Key, KeyLength));
        var phone = nth * 7919 % 100_000_000;
        Encoding.ASCII.GetBytes(
            phone.ToString("D8", CultureInfo.InvariantCulture), buffer.Slice(template.Phone, PhoneDigits));
        return template.Bytes.Length;
    }

    private static Template Make(string text, int index)
    {
        // Every second resident picked a category, so that a text message to the handler is owed at once.
        string[] categories = ["Equipment", "CivilWorks", "Charges", "Cleaning", "Parking", "StaffAttitude"];
        var body = JsonSerializer.Serialize(new
        {
            community = index % 3 == 0 ? "JX" : "HY",
            text,
            contact = new { phone = "+86138" + PhoneMark, room = "3-2-1101" },
            category = index % 2 == 0 ? categories[index / 2 % categories.Length] : null,
        });
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = "POST /api/complaints HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + $"Idempotency-Key: {KeyMark}\r\nContent-Length: {bytes.Length}\r\n\r\n";
        byte[] all = [.. Encoding.ASCII.GetBytes(head), .. bytes];
        return new Template(
            all, all.AsSpan().IndexOf(Encoding.ASCII.GetBytes(KeyMark)),
            all.AsSpan().IndexOf(Encoding.ASCII.GetBytes(PhoneMark)));
    }

    private static IEnumerable<string> Texts(string? file)
    {
        if (file is not null)
        {
            return File.ReadLines(file).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!)
                .Where(t => t.Length is > 0 and <= 10_000);
        }

        string[] parts =
        [
            "我们楼道的灯已经坏了三天，晚上老人上下楼很危险。", "电梯经常停在五楼不动，按键没有反应，打电话也没有人来修。",
            "小区里的停车费上个月涨了，没有任何通知，希望物业说明收费依据。", "楼上装修从早上七点敲到晚上九点，孩子没法写作业。",
            "垃圾桶两天没有清理，味道很大，苍蝇很多。", "外墙渗水，卧室的墙面已经发霉，报修三次都没有解决。",
        ];
        return Enumerable.Range(0, 200).Select(i => string.Concat(
            Enumerable.Range(0, 2 + (i % 9)).Select(j => parts[(i + (j * 5)) % parts.Length])));
    }

    private sealed record Template(byte[] Bytes, int Key, int Phone);
}
