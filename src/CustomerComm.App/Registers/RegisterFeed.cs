using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// Enters by themselves the contacts that came in elsewhere. Many at once go into one append, so that a busy day's
/// register is no bottleneck; each has its effect once.
/// </summary>
public sealed class RegisterFeed(RegisterKind registers)
{
    private readonly ConcurrentDictionary<RegisterKey, Line> _lines = new();

    /// <summary>Enters a contact in the register of its month; done before: nothing happens.</summary>
    public async Task EnterAsync(CommunityId community, PostId post, RegisterContact contact, CancellationToken ct)
    {
        var key = registers.KeyOf(community, post, contact.At);
        var line = _lines.GetOrAdd(key, _ => new Line());
        var mine = new Waiting(contact, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (line.Add(mine))
            await WriteAsync(key, line);
        await mine.Done.Task.WaitAsync(ct);
    }

    /// <summary>Notes that a contact which entered itself was answered since.</summary>
    public Task NoteAnswerAsync(
        CommunityId community, PostId post, DateTimeOffset at, string source, ContactAnswer answer,
        CancellationToken ct) =>
        registers.HandleAsync(
            registers.StreamOf(registers.KeyOf(community, post, at)), new RegisterCommand.NoteAnswer(source, answer),
            new Actor.System(), null, ct);

    /// <summary>Whoever came first writes for all who came meanwhile.</summary>
    private async Task WriteAsync(RegisterKey key, Line line)
    {
        while (line.Take() is { Count: > 0 } some)
        {
            try
            {
                ImmutableArray<RegisterContact> contacts = [.. some.Select(w => w.Contact)];
                var result = await registers.BeginAsync(
                    registers.StreamOf(key), key.Community, new RegisterCommand.TakeIn(key, contacts),
                    new Actor.System(), null, CancellationToken.None);
                if (result is MatterResult<Register>.Refused no)
                    throw new InvalidOperationException($"The register {key} refused contacts: {no.Refusal.Code}.");
                foreach (var w in some)
                    w.Done.SetResult();
            }
            catch (Exception e)
            {
                // Each of those who wait learns of it, and comes again with the pump.
                foreach (var w in some)
                    w.Done.TrySetException(e);
            }
        }
    }

    private sealed record Waiting(RegisterContact Contact, TaskCompletionSource Done);

    private sealed class Line
    {
        private readonly Lock _lock = new();
        private readonly List<Waiting> _waiting = [];
        private bool _writing;

        /// <summary>True where the caller must write.</summary>
        public bool Add(Waiting waiting)
        {
            lock (_lock)
            {
                _waiting.Add(waiting);
                var mine = !_writing;
                _writing = true;
                return mine;
            }
        }

        public List<Waiting> Take()
        {
            lock (_lock)
            {
                var some = _waiting.Take(RegisterMatter.MostTogether).ToList();
                _waiting.RemoveRange(0, some.Count);
                _writing = some.Count > 0;
                return some;
            }
        }
    }
}
