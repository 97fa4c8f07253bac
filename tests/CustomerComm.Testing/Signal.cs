namespace CustomerComm.Testing;

/// <summary>
/// Tells those who wait for something that there may be news: whoever changes the state pulses, whoever waits looks
/// again. No test waits for time; the bound is there so that a test that waits in vain ends with a word.
/// </summary>
public sealed class Signal
{
    /// <summary>How long anything a test waits for may take: longer than the busiest machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private TaskCompletionSource _next = New();

    public void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Waits until it holds. Throws <see cref="TimeoutException"/> after <see cref="Patience"/>.</summary>
    public Task UntilAsync(Func<bool> holds, string what) => UntilAsync(() => Task.FromResult(holds()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Patience);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (await holds())
                return;
            await next.WaitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (over.IsCancellationRequested)
                throw new TimeoutException($"Not seen within {Patience}: {what}");
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
