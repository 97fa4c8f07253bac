using System.Security.Cryptography;

namespace CustomerComm.App.Ledger;

/// <summary>
/// Checks published lines one behind the other, with nothing else at hand than the lines and the public key: an
/// outsider who keeps both needs neither the store nor us. Without a key signatures are not looked at.
/// </summary>
public sealed class AnchorChain(ECDsa? key)
{
    private (AnchorLine Line, string Text)? _last;

    /// <summary>The last line added.</summary>
    public AnchorLine? Last => _last?.Line;

    /// <summary>
    /// Takes a line as it is, unchecked but for its signature: of lines from the middle of all, the first.
    /// </summary>
    public string? Begin(AnchorLine line, string text)
    {
        _last = (line, text);
        return Signature(line);
    }

    /// <summary>What does not hold of the next line, behind those added before; null: it holds.</summary>
    public string? Add(AnchorLine line, string text)
    {
        var wrong = Signature(line) ?? Place(line);
        _last = (line, text);
        return wrong;
    }

    private string? Signature(AnchorLine line) =>
        key is null || line.IsSigned(key) ? null : "its signature is not of this key and these fields";

    private string? Place(AnchorLine line)
    {
        if (_last is not { } before)
        {
            return line.Previous == AnchorLine.NoPrevious
                ? null : "it names a line before it, and there is none: lines were cut off in front";
        }

        var (was, now) = (before.Line.Anchor, line.Anchor);
        if (line.Previous != AnchorLine.HashOf(before.Text))
            return $"the line before it is not the one of {before.Line.Date}: a line was changed, removed or put in";
        if (now.Date <= was.Date)
            return $"its day is not behind {before.Line.Date}";
        if (now.At < was.At)
            return $"its time lies before that of {before.Line.Date}";
        return line.Proof() is { } proof
            && MerkleProof.IsConsistent(was.Size, now.Size, was.RootHash.Span, now.RootHash.Span, proof)
            ? null
            : $"its tree does not go on from that of {before.Line.Date}: something that was in it was changed or removed";
    }
}
