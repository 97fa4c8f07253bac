using System.Security.Cryptography;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Domain;

namespace CustomerComm.Store.Tests;

public sealed class MerkleTreeTests
{
    // The test vectors of certificate transparency (RFC 6962): eight leaves and the roots over the first n of them.
    private static readonly string[] s_leaves =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Given_the_standard_vectors_Then_the_roots_are_theirs(int count, string root)
    {
        var tree = new MerkleTree();
        foreach (var leaf in s_leaves.Take(count))
            tree.Add(Convert.FromHexString(leaf));
        Assert.Equal(root, Convert.ToHexStringLower(tree.Root()));
        Assert.Equal(count, tree.Size);
    }

    [Fact]
    public void Given_any_number_of_leaves_Then_the_root_is_that_of_the_recursive_definition()
    {
        for (var count = 1; count <= 70; count++)
        {
            var leaves = Enumerable.Range(0, count).Select(i => new[] { (byte)i, (byte)7 }).ToArray();
            var tree = new MerkleTree();
            foreach (var leaf in leaves)
                tree.Add(leaf);
            Assert.Equal(Recursive(leaves), tree.Root());
        }

        static byte[] Recursive(byte[][] leaves)
        {
            if (leaves.Length == 1)
                return SHA256.HashData([0, .. leaves[0]]);
            var split = 1;
            while (split * 2 < leaves.Length)
                split *= 2;
            return SHA256.HashData([1, .. Recursive(leaves[..split]), .. Recursive(leaves[split..])]);
        }
    }

    [Fact]
    public void Given_any_two_sizes_Then_the_later_tree_proves_that_it_goes_on_and_each_new_leaf_is_in_it()
    {
        for (var size = 1; size <= 40; size++)
        {
            var whole = Tree(new MerkleTree(), 0, size);
            for (var before = 0; before <= size; before++)
            {
                var old = Tree(new MerkleTree(), 0, before);
                var tree = Tree(new MerkleTree(before, old.Subtrees()), before, size);
                Assert.Equal(whole.Root(), tree.Root());
                Assert.Equal(old.Root(), tree.RootBefore());
                Assert.Equal(whole.Subtrees().Select(s => s.ToArray()), tree.Subtrees().Select(s => s.ToArray()));
                Assert.True(MerkleProof.IsConsistent(before, size, old.Root(), tree.Root(), tree.Consistency()));
                for (var i = before; i < size; i++)
                {
                    Assert.True(MerkleProof.IsIncluded(
                        i, size, MerkleTree.LeafHash(Leaf(i)), tree.Inclusion(i), tree.Root()));
                }
            }
        }
    }

    [Fact]
    public void When_anything_of_a_proof_is_changed_Then_it_proves_nothing()
    {
        var old = Tree(new MerkleTree(), 0, 13);
        var tree = Tree(new MerkleTree(13, old.Subtrees()), 13, 29);
        var (root, path, proof) = (tree.Root(), tree.Inclusion(20), tree.Consistency());
        var leaf = MerkleTree.LeafHash(Leaf(20));
        Assert.True(MerkleProof.IsIncluded(20, 29, leaf, path, root));
        Assert.False(MerkleProof.IsIncluded(21, 29, leaf, path, root));
        Assert.False(MerkleProof.IsIncluded(20, 29, MerkleTree.LeafHash(Leaf(21)), path, root));
        Assert.False(MerkleProof.IsIncluded(20, 29, leaf, [.. path.Skip(1)], root));
        Assert.False(MerkleProof.IsIncluded(20, 29, leaf, [.. path, new byte[32]], root));
        Assert.False(MerkleProof.IsIncluded(29, 29, leaf, path, root));
        Assert.False(MerkleProof.IsConsistent(12, 29, old.Root(), root, proof));
        // What size a root is of stands in the signed line.
        Assert.False(MerkleProof.IsConsistent(13, 64, old.Root(), root, proof));
        Assert.False(MerkleProof.IsConsistent(13, 29, Tree(new MerkleTree(), 1, 14).Root(), root, proof));
        Assert.False(MerkleProof.IsConsistent(13, 29, old.Root(), root, [.. proof.SkipLast(1)]));
        Assert.False(MerkleProof.IsConsistent(29, 13, root, old.Root(), proof));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.Inclusion(12));
        Assert.Throws<InvalidDataException>(() => new MerkleTree(13, old.Subtrees().Skip(1).ToList()));
    }

    [Theory]
    [InlineData("b", 1, 0)]
    [InlineData("a", 2, 0)]
    [InlineData("a", 1, 1)]
    public void Given_another_stream_version_or_hash_Then_another_root(string stream, long version, byte first)
    {
        var tree = new MerkleTree();
        tree.Add(new AnchorLeaf(new StreamId("a"), 1, new byte[32]));
        var other = new MerkleTree();
        var hash = new byte[32];
        hash[0] = first;
        other.Add(new AnchorLeaf(new StreamId(stream), version, hash));
        Assert.NotEqual(tree.Root(), other.Root());
    }

    private static byte[] Leaf(int number) => [(byte)number, 9];

    private static MerkleTree Tree(MerkleTree tree, int from, int to)
    {
        for (var i = from; i < to; i++)
            tree.Add(Leaf(i));
        return tree;
    }
}
