namespace CustomerComm.App.Ledger;

/// <summary>Checks proofs about Merkle trees as RFC 9162, sections 2.1.3.2 and 2.1.4.2, describes it.</summary>
public static class MerkleProof
{
    /// <summary>True where the path leads from the leaf's hash, at that place of a tree of that size, to the root.</summary>
    public static bool IsIncluded(
        long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
            return false;
        var (at, last) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var other in path)
        {
            if (last == 0 || other.Length != HashChain.Length)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleTree.NodeHash(other, hash);
                while ((at & 1) == 0 && at != 0)
                    (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                hash = MerkleTree.NodeHash(hash, other);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && hash.AsSpan().SequenceEqual(root);
    }

    /// <summary>True where the proof shows that the first tree is the beginning of the second.</summary>
    public static bool IsConsistent(
        long first, long second, ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (first < 0 || first > second || proof.Any(p => p.Length != HashChain.Length))
            return false;
        if (first == second)
            return proof.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        // An empty tree is the beginning of every other, and there is only one.
        if (first == 0)
            return proof.Count == 0 && firstRoot.SequenceEqual(new MerkleTree().Root());
        IReadOnlyList<byte[]> path = System.Numerics.BitOperations.IsPow2(first)
            ? [firstRoot.ToArray(), .. proof] : proof;
        return path.Count > 0 && Leads(first, second, firstRoot, secondRoot, path);
    }

    private static bool Leads(
        long first, long second, ReadOnlySpan<byte> firstRoot, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> path)
    {
        var (at, last) = (first - 1, second - 1);
        while ((at & 1) == 1)
            (at, last) = (at >> 1, last >> 1);
        var (old, now) = (path[0], path[0]);
        foreach (var other in path.Skip(1))
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                old = MerkleTree.NodeHash(other, old);
                now = MerkleTree.NodeHash(other, now);
                while ((at & 1) == 0 && at != 0)
                    (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                now = MerkleTree.NodeHash(now, other);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && old.AsSpan().SequenceEqual(firstRoot) && now.AsSpan().SequenceEqual(secondRoot);
    }
}
