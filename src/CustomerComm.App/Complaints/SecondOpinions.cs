using System.Collections.Concurrent;
using System.Threading.Channels;
using CustomerComm.App.Classification;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Complaints about which another classifier is to be asked, each once at a time. The pump puts them in and goes on;
/// what is lost with the process is put in again.
/// </summary>
public sealed class SecondOpinionQueue(bool isOn)
{
    private readonly Channel<StreamId> _waiting = System.Threading.Channels.Channel.CreateUnbounded<StreamId>();
    private readonly ConcurrentDictionary<StreamId, bool> _known = new();

    /// <summary>The company has named another classifier.</summary>
    public bool IsOn => isOn;

    /// <summary>Puts a complaint in, unless it waits or is asked about already.</summary>
    public void Add(StreamId stream)
    {
        if (_known.TryAdd(stream, true))
            _waiting.Writer.TryWrite(stream);
    }

    /// <summary>The one that waited longest; false where none waits.</summary>
    public bool TryTake(out StreamId stream) => _waiting.Reader.TryRead(out stream);

    /// <summary>All that wait, and those that come, until it is cancelled.</summary>
    public IAsyncEnumerable<StreamId> TakeAllAsync(CancellationToken ct) => _waiting.Reader.ReadAllAsync(ct);

    /// <summary>Whatever came of it, it may be put in again.</summary>
    public void Done(StreamId stream) => _known.TryRemove(stream, out _);
}

/// <summary>
/// Asks another classifier about complaints of which ours is unsure, beside intake and pump: nobody and no message
/// waits for it. What it says is kept for triage to see (4.6.2-1) and changes nothing; no usable answer within
/// <see cref="Longest"/> is kept as none, and it is not asked again.
/// </summary>
public sealed partial class SecondOpinions(
    SecondOpinionQueue queue, ComplaintKind complaints, CompanyDirectory directory, TimeProvider time,
    ILogger<SecondOpinions> log, ISecondClassifier? second = null) : BackgroundService
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private const int AtOnce = 4;

    private readonly IReadOnlyList<string> _people = Masking.NamesOf(directory);

    /// <summary>Asks about one complaint, if that is still wanted, and keeps what comes of it.</summary>
    public async Task AskAsync(StreamId stream, CancellationToken ct)
    {
        try
        {
            if (second is not null
                && await complaints.LoadAsync(stream, ct) is { State.WantsSecondOpinion: true } matter)
            {
                var opinion = await OpinionAsync(second, matter, ct);
                await complaints.HandleAsync(
                    stream, new ComplaintCommand.TakeSecondOpinion(opinion), new Actor.System(), null, ct);
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // It could not be kept; the pump puts it in again.
            NotKept(log, stream, e);
        }
        finally
        {
            queue.Done(stream);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (second is null)
            return;
        var some = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        await Parallel.ForEachAsync(
            queue.TakeAllAsync(stoppingToken), some, async (stream, ct) => await AskAsync(stream, ct))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<SecondOpinion?> OpinionAsync(
        ISecondClassifier other, LoadedMatter<Complaint> matter, CancellationToken ct)
    {
        if (matter.State.Intake.Text.Value == Personal.Erased)
            return null;
        var text = Masking.Of(matter.State, _people);
        using var late = new CancellationTokenSource(Longest, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(late.Token, ct);
        try
        {
            return await other.AskAsync(text, over.Token).WaitAsync(over.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Not its words: they may repeat the text.
            NoAnswer(log, matter.Stream, e.GetType().Name);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "No second opinion on {Stream}: {Error}")]
    private static partial void NoAnswer(ILogger log, StreamId stream, string error);

    [LoggerMessage(LogLevel.Error, "The second opinion on {Stream} could not be kept; it is asked for again.")]
    private static partial void NotKept(ILogger log, StreamId stream, Exception e);
}
