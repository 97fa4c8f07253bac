using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;

namespace CustomerComm.Sqlite;

/// <summary>
/// The anchors' key in the hands of a program, e.g. of a smart card or another machine: it reads the data to sign on its
/// standard input and writes the signature in base64 on its output, as DER (openssl's form) or r and s. Every signature
/// is checked against the public key before it is used.
/// </summary>
public sealed class CommandAnchorKey(string program, IReadOnlyList<string> arguments, string publicKeyPath) : IAnchorKey
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var signature = Raw(await RunAsync(data, ct).ConfigureAwait(false));
        using var key = AnchorLine.Open(await FindPublicAsync(ct).ConfigureAwait(false) ?? "");
        return signature is not null && key.VerifyData(data.Span, signature, HashAlgorithmName.SHA256)
            ? signature
            : throw new InvalidDataException(
                $"The program {program} gave no signature of the key {publicKeyPath} (ECDSA P-256, SHA-256, base64).");
    }

    /// <inheritdoc/>
    public async Task<string?> FindPublicAsync(CancellationToken ct) => File.Exists(publicKeyPath)
        ? await File.ReadAllTextAsync(publicKeyPath, ct).ConfigureAwait(false)
        : throw new InvalidDataException(
            $"There is no {publicKeyPath}, the public half (PEM) of the key that {program} signs with.");

    private async Task<byte[]> RunAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw new IOException($"The program {program} did not start.");
            await FeedAsync(process, data, ct).ConfigureAwait(false);
            var output = process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct).WaitAsync(s_longest, ct).ConfigureAwait(false);
            return process.ExitCode == 0
                ? Convert.FromBase64String((await output.ConfigureAwait(false)).Trim())
                : throw new IOException($"The program {program} ended with {process.ExitCode} instead of a signature.");
        }
        catch (Exception e) when (e is Win32Exception or FormatException or TimeoutException)
        {
            throw new IOException($"The program {program} gave no signature: {e.Message}", e);
        }
    }

    /// <summary>One that ends before it has read all is judged by what it gave.</summary>
    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> data, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(data, ct).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A broken pipe.
        }
    }

    /// <summary>r and s, 32 bytes each; null where it is no signature.</summary>
    private static byte[]? Raw(byte[] signature)
    {
        if (signature.Length == 64)
            return signature;
        try
        {
            var both = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
            var raw = new byte[64];
            foreach (var at in new[] { 0, 32 })
            {
                var number = both.ReadInteger().ToByteArray(isUnsigned: true, isBigEndian: true);
                number.CopyTo(raw, at + 32 - number.Length);
            }

            return raw;
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            return null;
        }
    }
}
