using System.Globalization;
using CustomerComm.App.Matters;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Complaints;

/// <summary>
/// Takes complaints in from systems that give their messages no ids, and send again what they are not sure of: the same
/// content again within <see cref="Check.RepetitionWindow"/> is the complaint that it opened (4.6.2-1).
/// </summary>
public sealed class Repetitions(ComplaintKind complaints, Intake intake, TimeProvider time)
{
    /// <summary>
    /// As <see cref="Intake.ReceiveAsync"/>; <paramref name="content"/> is all that was sent, by whom included.
    /// </summary>
    public async Task<MatterResult<Complaint>> ReceiveAsync(
        IntakeRequest request, string content, Actor actor, CancellationToken ct)
    {
        var now = time.Now();
        var mark = Check.HashOf(content);
        // Time is cut into spans as long as the window: what came within it came in this span or the one before.
        var span = now.UtcTicks / Check.RepetitionWindow.Ticks;
        if (await FindAsync(IdOf(mark, span - 1), ct) is { State: { Outcome: not Outcome.Voided } s } before
            && now - s.ReceivedAt <= Check.RepetitionWindow)
        {
            return new MatterResult<Complaint>.Done(before, Repeated: true);
        }

        return await intake.ReceiveAsync(request with { SourceId = IdOf(mark, span) }, actor, ct);
    }

    private Task<LoadedMatter<Complaint>?> FindAsync(string sourceId, CancellationToken ct) =>
        complaints.LoadAsync(complaints.StreamOf(Storage.Pseudonyms.Source(sourceId)), ct);

    private static string IdOf(string mark, long span) =>
        string.Create(CultureInfo.InvariantCulture, $"content:{mark}:{span}");
}
