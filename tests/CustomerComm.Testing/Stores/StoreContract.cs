namespace CustomerComm.Testing.Stores;

/// <summary>
/// What every adapter of a port must do. A subclass opens the port over storage that is empty for each test and stays
/// between closing and opening again, so that what the port calls durable is looked for after a restart.
/// </summary>
public abstract class StoreContract<TPort> : IAsyncLifetime
    where TPort : class
{
    private TPort? _store;

    protected TPort Store => _store ?? throw new InvalidOperationException("Not open.");

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await CloseAsync();
        await DeleteAsync();
    }

    /// <summary>Opens the port; the same data each time.</summary>
    protected abstract Task<TPort> OpenAsync();

    /// <summary>Ends what <see cref="OpenAsync"/> opened, as the end of a process would.</summary>
    protected abstract Task CloseAsync();

    /// <summary>Removes the data, after the last <see cref="CloseAsync"/>.</summary>
    protected abstract Task DeleteAsync();

    protected async Task ReopenAsync()
    {
        await CloseAsync();
        _store = await OpenAsync();
    }
}
