using CustomerComm.App.Storage;

namespace CustomerComm.App.Tests.Storage;

/// <summary>What is personal is sealed so that tampering is seen.</summary>
public sealed class PersonalCipherTests
{
    [Fact]
    public void Given_a_payload_was_tampered_with_When_read_Then_it_is_an_error()
    {
        var sealedText = PersonalCipher.Encrypt("故事", new byte[32]);
        var broken = sealedText[..^4] + (sealedText[^4] == 'A' ? 'B' : 'A') + sealedText[^3..];
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            PersonalCipher.Decrypt(broken, new byte[32]));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() =>
            PersonalCipher.Decrypt(sealedText, [.. Enumerable.Repeat((byte)1, 32)]));
    }

    [Fact]
    public void Given_a_value_and_its_own_key_Then_it_opens_that_value_and_no_other()
    {
        var person = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        var (first, second) = (PersonalCipher.Encrypt("故事", person), PersonalCipher.Encrypt("故事", person));
        Assert.NotEqual(first, second);
        var own = PersonalCipher.KeyOfValue(first, person);
        Assert.Equal("故事", PersonalCipher.Open(first, own));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalCipher.Open(second, own));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalCipher.Open(first, person));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => PersonalCipher.Open("p1:?", own));
    }
}
