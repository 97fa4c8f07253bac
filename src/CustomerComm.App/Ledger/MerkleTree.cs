using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.App.Ledger;

/// <summary>
/// The root of a Merkle tree of SHA-256 hashes after RFC 6962, section 2.1 (leaves are hashed behind a zero byte, nodes
/// behind a one, so that neither passes for the other), built leaf by leaf in logarithmic memory.
/// A stream's leaf is its id (length, then UTF-8), version and head hash; numbers are 8 bytes, little-endian.
/// Streams come in ordinal order of their id. Not safe for concurrent use.
/// </summary>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    // Roots of complete subtrees, largest first; their sizes are the binary digits of Count.
    private readonly List<byte[]> _subtrees = [];
    private StreamId? _last;

    /// <summary>Leaves added so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a stream. Throws ArgumentException unless its id is above the one before (ordinal).</summary>
    public void Add(StreamId stream, long version, ReadOnlySpan<byte> headHash)
    {
        if (_last is { } last && string.CompareOrdinal(last.Value, stream.Value) >= 0)
            throw new ArgumentException($"Stream {stream.Value} is out of order behind {last.Value}.", nameof(stream));
        _last = stream;
        var id = Encoding.UTF8.GetByteCount(stream.Value);
        var leaf = new byte[8 + id + 8 + headHash.Length];
        BinaryPrimitives.WriteInt64LittleEndian(leaf, id);
        Encoding.UTF8.GetBytes(stream.Value, leaf.AsSpan(8));
        BinaryPrimitives.WriteInt64LittleEndian(leaf.AsSpan(8 + id), version);
        headHash.CopyTo(leaf.AsSpan(16 + id));
        Add(leaf);
    }

    /// <summary>Adds an anchored head.</summary>
    public void Add(AnchorLeaf leaf)
    {
        Add(leaf.Stream, leaf.Version, leaf.Hash.Span);
    }

    /// <summary>Adds a leaf as it stands.</summary>
    public void Add(ReadOnlySpan<byte> leaf)
    {
        var hash = new byte[1 + leaf.Length];
        hash[0] = LeafPrefix;
        leaf.CopyTo(hash.AsSpan(1));
        var root = SHA256.HashData(hash);
        for (var size = Count; (size & 1) == 1; size >>= 1)
        {
            root = Node(_subtrees[^1], root);
            _subtrees.RemoveAt(_subtrees.Count - 1);
        }

        _subtrees.Add(root);
        Count++;
    }

    /// <summary>The root over the leaves so far; of an empty tree the hash of nothing.</summary>
    public byte[] Root()
    {
        if (_subtrees.Count == 0)
            return SHA256.HashData([]);
        var root = _subtrees[^1];
        for (var i = _subtrees.Count - 2; i >= 0; i--)
            root = Node(_subtrees[i], root);
        return root;
    }

    private static byte[] Node(byte[] left, byte[] right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashChain.Length)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashChain.Length)..]);
        return SHA256.HashData(node);
    }
}
