using System.Security.Cryptography;
using CustomerComm.App.Ledger;
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
        Assert.Equal(count, tree.Count);
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
    public void Given_streams_out_of_order_or_twice_Then_they_are_refused()
    {
        var tree = new MerkleTree();
        tree.Add(new StreamId("b"), 1, new byte[32]);
        Assert.Throws<ArgumentException>(() => tree.Add(new StreamId("b"), 2, new byte[32]));
        Assert.Throws<ArgumentException>(() => tree.Add(new StreamId("a"), 1, new byte[32]));
        tree.Add(new StreamId("b1"), 1, new byte[32]);
    }

    [Theory]
    [InlineData("b", 1, 0)]
    [InlineData("a", 2, 0)]
    [InlineData("a", 1, 1)]
    public void Given_another_stream_version_or_hash_Then_another_root(string stream, long version, byte first)
    {
        var tree = new MerkleTree();
        tree.Add(new StreamId("a"), 1, new byte[32]);
        var other = new MerkleTree();
        var hash = new byte[32];
        hash[0] = first;
        other.Add(new StreamId(stream), version, hash);
        Assert.NotEqual(tree.Root(), other.Root());
    }
}
