using System.Globalization;
using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>What opening a complaint from an entry came to.</summary>
public abstract record TakenUp
{
    private TakenUp()
    {
    }

    /// <summary>The complaint, opened now or before.</summary>
    public sealed record Opened(Complaint Complaint) : TakenUp;

    /// <summary>It was not opened.</summary>
    public sealed record Refused(Refusal Refusal) : TakenUp;
}

/// <summary>
/// Makes a complaint of what stands in a register only: with the words as they were said, by the channel they came, for
/// whoever said them. Done twice, it is the same complaint.
/// </summary>
public sealed class RegisterComplaints(
    RegisterKind registers, RegisterIntake words, Intake intake, Classifier classifier)
{
    private const string Clause = "4.6.2-1";

    /// <summary>True where this person may make a complaint of this entry now.</summary>
    public bool May(Register register, RegisterEntry entry, StaffMember by) =>
        registers.Accepts(register, register.Community, Trial(register, entry), by)
        && (entry.Entered.Text is not null || entry.Entered.Apart is not null);

    /// <summary>
    /// Opens the complaint at once where the words of an entry report a danger (4.6.2-6), whoever wrote them down; null
    /// where they report none, or have their complaint.
    /// </summary>
    public async Task<TakenUp?> HearAsync(RegisterKey key, int entry, StaffMember by, CancellationToken ct) =>
        (await registers.FindAsync(key, ct))?.Find(entry) is { Subject: null, Entered.Text.Value: var text }
            && classifier.Classify(text).Danger
            ? await OpenAsync(key, entry, by, ct)
            : null;

    /// <summary>Opens the complaint and links the entry with it.</summary>
    public async Task<TakenUp> OpenAsync(RegisterKey key, int entry, StaffMember by, CancellationToken ct)
    {
        var register = await registers.FindAsync(key, ct);
        if (register?.Find(entry) is not { } found)
            return new TakenUp.Refused(Check.Bad("entry", Clause, "There is no such entry."));
        if (!registers.Accepts(register, key.Community, Trial(register, found), by) && found.SeenTo?.Complaint is null)
            return new TakenUp.Refused(Check.WrongStage(Clause, "No complaint can be made of this entry by you now."));
        if (await words.WordsOfAsync(found.Entered, ct) is not { } said)
            return new TakenUp.Refused(Check.WrongStage(Clause, "The words of this entry were taken back."));
        var actor = new Actor.Staff(by);
        switch (await intake.ReceiveAsync(RequestOf(register, found, said, by), actor, ct))
        {
            case MatterResult<Complaint>.Done done:
                return await LinkAsync(key, entry, done.Matter, actor, ct);
            case MatterResult<Complaint>.Reused again:
                return await LinkAsync(key, entry, again.Matter, actor, ct);
            case MatterResult<Complaint>.Refused no:
                return new TakenUp.Refused(no.Refusal);
            case var other:
                throw new InvalidOperationException($"Unknown result {other.GetType().Name}.");
        }
    }

    private async Task<TakenUp> LinkAsync(
        RegisterKey key, int entry, LoadedMatter<Complaint> opened, Actor by, CancellationToken ct)
    {
        var linked = await registers.HandleAsync(
            registers.StreamOf(key), new RegisterCommand.TakeUp(entry, opened.State.Number, opened.Stream), by, null,
            ct);
        return linked is MatterResult<Register>.Refused no
            ? new TakenUp.Refused(no.Refusal) : new TakenUp.Opened(opened.State);
    }

    /// <summary>What we do not know to be a telephone number is kept as the name of who wrote.</summary>
    private static IntakeRequest RequestOf(Register register, RegisterEntry entry, string said, StaffMember by)
    {
        var e = entry.Entered;
        var phone = e.Apart != Apart.OwnNumber && PhoneNumber.TryCreate(e.Phone?.Value, out var number)
            ? number.Value : null;
        var language = e.Apart == Apart.Unreadable ? (Language?)null : Languages.Of(said);
        return new IntakeRequest(
            register.Community, said, e.Name?.Value ?? (phone is null ? e.Phone?.Value : null), phone, e.Room?.Value,
            e.Conversation?.Value, e.Channel, null, [], null, language, IsLetter: false, by.Id,
            string.Create(CultureInfo.InvariantCulture, $"register:{register.Number}/{entry.Number}"),
            // Whoever takes it up says that it is one, whatever its words read like.
            e.Kind == Nature.RepairRequest ? Nature.RepairRequest : Nature.Complaint);
    }

    private static RegisterCommand.TakeUp Trial(Register register, RegisterEntry entry) => new(
        entry.Number, new MatterNumber(register.Community, MatterNumber.Complaint, 2000, 1),
        new StreamId(ComplaintKind.Name + ".trial"));
}
