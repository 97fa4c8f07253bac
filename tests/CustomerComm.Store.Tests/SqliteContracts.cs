using CustomerComm.App.Ports;
using CustomerComm.Sqlite;

namespace CustomerComm.Store.Tests;

/// <summary>One data directory that is opened and closed as often as a test likes.</summary>
internal sealed class SqliteFixture : IDisposable
{
    private readonly TempDirectory _directory = new();
    private SqliteDatabase? _database;

    public SqliteDatabase Open() => _database = new SqliteDatabase(_directory.Path);

    public Task CloseAsync()
    {
        _database?.Dispose();
        return Task.CompletedTask;
    }

    public Task DeleteAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _directory.Dispose();
}

public sealed class SqliteEventStoreTests : EventStoreContract
{
    private readonly SqliteFixture _fixture = new();

    protected override Task<IEventStore> OpenAsync() =>
        Task.FromResult<IEventStore>(new SqliteEventStore(_fixture.Open()));

    protected override Task CloseAsync() => _fixture.CloseAsync();

    protected override Task DeleteAsync() => _fixture.DeleteAsync();
}

public sealed class SqliteEventStoreConcurrencyTests : EventStoreConcurrencyContract
{
    private readonly SqliteFixture _fixture = new();

    protected override Task<IEventStore> OpenAsync() =>
        Task.FromResult<IEventStore>(new SqliteEventStore(_fixture.Open()));

    protected override Task CloseAsync() => _fixture.CloseAsync();

    protected override Task DeleteAsync() => _fixture.DeleteAsync();
}

public sealed class SqliteTableTests : TableContract
{
    private readonly SqliteFixture _fixture = new();

    protected override Task<ITables> OpenAsync() => Task.FromResult<ITables>(new SqliteTables(_fixture.Open()));

    protected override Task CloseAsync() => _fixture.CloseAsync();

    protected override Task DeleteAsync() => _fixture.DeleteAsync();
}

public sealed class FileAnchorStoreTests : AnchorStoreContract
{
    private readonly TempDirectory _directory = new();

    public FileAnchorStoreTests() => Directory.CreateDirectory(_directory["data"]);

    protected override Task<IAnchorStore> OpenAsync() =>
        Task.FromResult<IAnchorStore>(new FileAnchorStore(
            _directory["data"], new FileAnchorKey(_directory["anchor.key"])));

    protected override Task CloseAsync() => Task.CompletedTask;

    protected override Task DeleteAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }
}

public sealed class SqlitePersonKeysTests : PersonKeysContract
{
    private readonly SqliteFixture _fixture = new();

    protected override Task<IPersonKeys> OpenAsync() =>
        Task.FromResult<IPersonKeys>(new SqlitePersonKeys(_fixture.Open()));

    protected override Task CloseAsync() => _fixture.CloseAsync();

    protected override Task DeleteAsync() => _fixture.DeleteAsync();
}
