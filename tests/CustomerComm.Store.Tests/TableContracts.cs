using CustomerComm.App.Ports;
using CustomerComm.Azure;

namespace CustomerComm.Store.Tests;

/// <summary>Tables of one test: the same each time they are opened, by a client of its own.</summary>
internal sealed class TableFixture(Azurite azurite)
{
    private AzureStoreOptions? _options;

    public async Task<TableStorage> OpenAsync() => new(_options ??= await azurite.FreshAsync());
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

public sealed class TablePersonKeysTests(Azurite azurite) : PersonKeysContract
{
    private readonly TableFixture _fixture = new(azurite);

    protected override async Task<IPersonKeys> OpenAsync() => new TablePersonKeys(await _fixture.OpenAsync());

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync() => Task.CompletedTask;
}
