using CustomerComm.App.Ports;

namespace CustomerComm.Testing.Stores;

/// <summary>What every adapter that keeps the keys of persons does.</summary>
public abstract class PersonKeysContract : StoreContract<IPersonKeys>
{
    [Fact]
    public async Task Given_no_key_Then_one_is_made_once_and_outlives_a_restart()
    {
        Assert.Null(await Store.FindAsync("p1", Ct));
        var key = await Store.GetOrCreateAsync("p1", Ct);
        Assert.Equal(32, key!.Length);
        await ReopenAsync();
        Assert.Equal(key, await Store.GetOrCreateAsync("p1", Ct));
        Assert.Equal(key, await Store.FindAsync("p1", Ct));
        Assert.NotEqual(key, await Store.GetOrCreateAsync("p2", Ct));
    }

    [Fact]
    public async Task Given_the_same_new_person_many_times_at_once_Then_all_get_one_key()
    {
        var keys = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => Task.Run(() => Store.GetOrCreateAsync("p", Ct), Ct)));
        Assert.Single(keys.Select(k => Convert.ToHexString(k!)).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task When_a_key_is_erased_Then_it_is_gone_for_ever()
    {
        await Store.GetOrCreateAsync("p1", Ct);
        var other = await Store.GetOrCreateAsync("p2", Ct);
        await Store.EraseAsync("p1", Ct);
        for (var pass = 0; pass < 2; pass++)
        {
            Assert.Null(await Store.FindAsync("p1", Ct));
            Assert.Null(await Store.GetOrCreateAsync("p1", Ct));
            Assert.Equal(other, await Store.FindAsync("p2", Ct));
            await ReopenAsync();
        }

        await Store.EraseAsync("p1", Ct);
    }

    [Fact]
    public async Task When_a_key_never_made_is_erased_Then_it_is_never_made()
    {
        await Store.EraseAsync("p1", Ct);
        Assert.Null(await Store.GetOrCreateAsync("p1", Ct));
    }

    [Fact]
    public async Task Given_an_empty_id_Then_it_is_refused() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.GetOrCreateAsync("", Ct));
}
