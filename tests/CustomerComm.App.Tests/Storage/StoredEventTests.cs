using System.Text.Json;
using CustomerComm.App.Complaints;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Complaints;

namespace CustomerComm.App.Tests.Storage;

/// <summary>Events are stored types: each is written and read back without loss.</summary>
public sealed class StoredEventTests
{
    public static TheoryData<string> Types => [.. typeof(ComplaintEvent).GetNestedTypes().Where(t => t.IsSealed).Select(t => t.Name).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Types))]
    public void Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost(string name)
    {
        var type = typeof(ComplaintEvent).GetNestedType(name)!;
        var made = Samples.Make(type);
        var key = new byte[32];
        var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(made, type, StoredJson.Options));
        var read = PersonalConverter.With(key, () => JsonSerializer.Deserialize(json, type, StoredJson.Options)!);
        var again = PersonalConverter.With(key, () => JsonSerializer.Serialize(read, type, StoredJson.Options));
        Assert.Equal(Plain(json, key), Plain(again, key));
        Assert.Equal(Samples.Describe(made), Samples.Describe(read));
    }

    [Fact]
    public void Given_a_payload_was_tampered_with_When_read_Then_it_is_an_error()
    {
        var sealedText = PersonalCipher.Encrypt("故事", new byte[32]);
        var broken = sealedText[..^4] + (sealedText[^4] == 'A' ? 'B' : 'A') + sealedText[^3..];
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalCipher.Decrypt(broken, new byte[32]));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            PersonalCipher.Decrypt(sealedText, [.. Enumerable.Repeat((byte)1, 32)]));
    }

    /// <summary>Sealed values differ each time they are written, so they are opened before they are compared.</summary>
    private static string Plain(string json, byte[] key) => System.Text.RegularExpressions.Regex.Replace(
        json, "p1:[A-Za-z0-9+/=]+", m => PersonalCipher.Decrypt(m.Value, key),
        System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
