using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Notices;

namespace CustomerComm.App.Tests.Storage;

/// <summary>Events of every kind of matter are stored types: each is written and read back without loss.</summary>
public sealed class MatterEventTests
{
    private static readonly Type[] s_unions =
    [
        typeof(ObligationEvent),
        .. typeof(ObligationEvent).Assembly.GetTypes().SelectMany(t => t.GetInterfaces())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IMatter<,,>))
            .Select(i => i.GetGenericArguments()[2]).Where(e => !e.IsGenericParameter).Distinct(),
    ];

    public static TheoryData<string> Types =>
        [.. s_unions.SelectMany(u => u.GetNestedTypes()).Where(t => t.IsSealed).Select(t => t.FullName!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Types))]
    public void Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost(string name)
    {
        var type = typeof(NoticeEvent).Assembly.GetType(name, throwOnError: true)!;
        var made = Samples.Make(type);
        var key = new byte[32];
        var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(made, type, StoredJson.Options));
        var read = PersonalConverter.With(key, () => JsonSerializer.Deserialize(json, type, StoredJson.Options)!);
        Assert.Equal(Samples.Describe(made), Samples.Describe(read));
    }

    [Fact]
    public void Given_a_notice_stored_before_When_read_Then_it_is_what_it_was()
    {
        const string stored = """
            {"number":"HY-N260302-ABCDEF","community":"HY","policyVersion":"v1","unit":"Office","kind":"Circular",
             "audience":{"kind":"Building","building":"3","rooms":[]},"sms":true,
             "text":{"title":"p0","body":"p0","source":"文〔2026〕1号"},"by":"s-hy-duty","due":"2026-03-03T01:00:00Z"}
            """;
        var key = new byte[32];
        var json = stored.Replace("\"p0\"", $"\"{PersonalCipher.Encrypt("停水", key)}\"", StringComparison.Ordinal);
        var read = PersonalConverter.With(
            key, () => JsonSerializer.Deserialize<NoticeEvent.NoticeDrafted>(json, StoredJson.Options)!);
        Assert.Equal(("停水", null, "3"), (read.Text.Title.Value, read.Text.TitleEn, read.Audience.Building));
    }
}
