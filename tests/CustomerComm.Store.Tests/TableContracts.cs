using System.Security.Cryptography;
using System.Text;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Azure;

namespace CustomerComm.Store.Tests;

/// <summary>Tables of one test: the same each time they are opened, by a client of its own.</summary>
internal sealed class TableFixture(Azurite azurite)
{
    private AzureStoreOptions? _options;

    public async Task<StorageAccount> OpenAsync() => new(_options ??= await azurite.FreshAsync());
}

public sealed class TableEventStoreTests(Azurite azurite) : EventStoreContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<IEventStore> OpenAsync() => new TableEventStore(await _fixture.OpenAsync());

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}

public sealed class TableEventStoreConcurrencyTests(Azurite azurite) : EventStoreConcurrencyContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<IEventStore> OpenAsync() => new TableEventStore(await _fixture.OpenAsync());

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}

public sealed class TableTableTests(Azurite azurite) : TableContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<ITables> OpenAsync() => new TableTables(await _fixture.OpenAsync());

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}

public sealed class BlobAnchorStoreContractTests(Azurite azurite) : AnchorStoreContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<IAnchorStore> OpenAsync() =>
        new BlobAnchorStore(await _fixture.OpenAsync(), new SecretAnchorKey(new FixedSecrets()));

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}

/// <summary>The same secrets each time.</summary>
internal sealed class FixedSecrets : ISecrets
{
    public byte[] For(string purpose) => SHA256.HashData(Encoding.UTF8.GetBytes("test " + purpose));
}

public sealed class TablePersonKeysTests(Azurite azurite) : PersonKeysContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<IPersonKeys> OpenAsync() => new TablePersonKeys(await _fixture.OpenAsync());

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}
