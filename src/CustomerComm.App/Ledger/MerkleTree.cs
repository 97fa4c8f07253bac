using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ports;

namespace CustomerComm.App.Ledger;

/// <summary>
/// A Merkle tree of SHA-256 hashes after RFC 6962, section 2.1, that only ever grows (leaves are hashed behind a zero
/// byte, nodes behind a one, so that neither passes for the other). It begins where an earlier one ended: of that it
/// knows only the roots of its complete subtrees, largest first, whose sizes are the binary digits of its size; what
/// was added since it knows leaf by leaf. That is enough for the root, for the proof that the earlier tree is the
/// beginning of this one, and for the proof that an added leaf is in it. Not safe for concurrent use.
/// </summary>
public sealed class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    private readonly Dictionary<(long From, long To), byte[]> _known = [];
    private readonly List<byte[]> _added = [];

    /// <summary>An empty tree.</summary>
    public MerkleTree()
        : this(0, [])
    {
    }

    /// <summary>
    /// Goes on from a tree of so many leaves. Throws <see cref="InvalidDataException"/> where its subtrees are not as
    /// many as its size says.
    /// </summary>
    public MerkleTree(long before, IReadOnlyList<ReadOnlyMemory<byte>> subtrees)
    {
        if (before < 0)
            throw new InvalidDataException("a tree has a size below zero");
        Before = before;
        var from = 0L;
        var next = 0;
        for (var bit = 62; bit >= 0; bit--)
        {
            var size = 1L << bit;
            if ((before & size) == 0)
                continue;
            if (next == subtrees.Count)
                throw new InvalidDataException("a tree lacks subtrees");
            _known[(from, from + size)] = subtrees[next++].ToArray();
            from += size;
        }

        if (next != subtrees.Count)
            throw new InvalidDataException("a tree has subtrees too many");
    }

    /// <summary>Leaves of the tree it began with.</summary>
    public long Before { get; }

    /// <summary>All leaves.</summary>
    public long Size => Before + _added.Count;

    /// <summary>Adds an anchored head: its text, see <see cref="TextOf"/>.</summary>
    public void Add(AnchorLeaf leaf) => Add(Encoding.UTF8.GetBytes(TextOf(leaf)));

    /// <summary>Adds a leaf as it stands.</summary>
    public void Add(ReadOnlySpan<byte> leaf) => _added.Add(LeafHash(leaf));

    /// <summary>The root over all leaves; of an empty tree the hash of nothing.</summary>
    public byte[] Root() => Size == 0 ? SHA256.HashData([]) : Node(0, Size);

    /// <summary>The root over the leaves it began with.</summary>
    public byte[] RootBefore() => Before == 0 ? SHA256.HashData([]) : Fold(SubtreesOf(Before));

    /// <summary>Roots of the complete subtrees of all leaves, largest first, for the tree that goes on from here.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Subtrees() => [.. SubtreesOf(Size).Select(s => (ReadOnlyMemory<byte>)s)];

    /// <summary>
    /// RFC 6962, section 2.1.2: that the tree it began with is the beginning of this one; empty where either is empty or
    /// nothing was added.
    /// </summary>
    public IReadOnlyList<byte[]> Consistency()
    {
        var proof = new List<byte[]>();
        if (Before > 0 && Before < Size)
            Prove(Before, 0, Size, whole: true, proof);
        return proof;
    }

    /// <summary>
    /// RFC 6962, section 2.1.1: that the leaf so many (from 0) is in the tree. Throws
    /// <see cref="ArgumentOutOfRangeException"/> unless it was added since the tree it began with.
    /// </summary>
    public IReadOnlyList<byte[]> Inclusion(long index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, Before);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        var path = new List<byte[]>();
        for (var (from, to) = (0L, Size); to - from > 1;)
        {
            var middle = from + Split(to - from);
            path.Add(index < middle ? Node(middle, to) : Node(from, middle));
            (from, to) = index < middle ? (from, middle) : (middle, to);
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// A head as it is hashed: stream, version and hash of its last event in hex, each with a line feed.
    /// </summary>
    public static string TextOf(AnchorLeaf leaf) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{leaf.Stream.Value}\n{leaf.Version}\n{HashChain.Hex(leaf.Hash.Span)}\n");

    /// <summary>The hash of a leaf.</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> leaf)
    {
        var text = new byte[1 + leaf.Length];
        text[0] = LeafPrefix;
        leaf.CopyTo(text.AsSpan(1));
        return SHA256.HashData(text);
    }

    /// <summary>The hash of a node.</summary>
    internal static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashChain.Length)];
        node[0] = NodePrefix;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashChain.Length)..]);
        return SHA256.HashData(node);
    }

    /// <summary>The largest power of two below a number above one.</summary>
    private static long Split(long size) => 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(size - 1)));

    private void Prove(long old, long from, long to, bool whole, List<byte[]> proof)
    {
        if (old == to - from)
        {
            if (!whole)
                proof.Add(Node(from, to));
            return;
        }

        var left = Split(to - from);
        if (old <= left)
        {
            Prove(old, from, from + left, whole, proof);
            proof.Add(Node(from + left, to));
        }
        else
        {
            Prove(old - left, from + left, to, whole: false, proof);
            proof.Add(Node(from, from + left));
        }
    }

    /// <summary>The hash over a range that a tree of this size has as a node; remembered, for proofs ask again.</summary>
    private byte[] Node(long from, long to)
    {
        if (to - from == 1 && from >= Before)
            return _added[(int)(from - Before)];
        if (_known.TryGetValue((from, to), out var known))
            return known;
        if (to - from == 1)
            throw new InvalidOperationException($"Leaves {from} to {to} lie before the tree that this one began with.");
        var middle = from + Split(to - from);
        var node = NodeHash(Node(from, middle), Node(middle, to));
        // Only complete subtrees stay what they are when more is added.
        if (System.Numerics.BitOperations.IsPow2(to - from))
            _known[(from, to)] = node;
        return node;
    }

    private List<byte[]> SubtreesOf(long size)
    {
        var subtrees = new List<byte[]>();
        var from = 0L;
        for (var bit = 62; bit >= 0; bit--)
        {
            var part = 1L << bit;
            if ((size & part) == 0)
                continue;
            subtrees.Add(Node(from, from + part));
            from += part;
        }

        return subtrees;
    }

    private static byte[] Fold(List<byte[]> subtrees)
    {
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
            root = NodeHash(subtrees[i], root);
        return root;
    }
}
