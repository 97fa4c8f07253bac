using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;

namespace CustomerComm.App.Conversations;

/// <summary>
/// How a matter stands for a member of staff, in words of the default language. <paramref name="Round"/> counts how
/// often it was done again, <paramref name="ToAccept"/>: it waits for them to accept it, <paramref name="Own"/>: it is
/// theirs, <paramref name="Working"/>: and still to be done.
/// </summary>
public sealed record StaffMatter(StreamId Stream, string Stage, string Due, int Round, bool ToAccept, bool Own,
    bool Working);

/// <summary>
/// What a deed came to: the matter as it is now, and why it was refused, if it was. <paramref name="Moved"/>: nothing
/// was done, for what the writer had been shown is of a round before.
/// </summary>
public sealed record StaffOutcome(StaffMatter Matter, Refusal? Refusal, bool Moved = false);

/// <summary>A kind of matter that staff work on by text message.</summary>
public interface IStaffWork
{
    /// <summary>The letter in its codes.</summary>
    string Letter { get; }

    /// <summary>Key of the text of what was done, without its number.</summary>
    string KeyOf(StaffDo what);

    /// <summary>The matter, or null where it does not exist for this person.</summary>
    Task<StaffMatter?> FindAsync(MatterNumber number, StaffMember member, CancellationToken ct);

    /// <summary>
    /// Carries out a deed, or only looks whether it could be where nothing is to change; null where there is no such
    /// matter for this person.
    /// </summary>
    Task<StaffOutcome?> DoAsync(StaffDeed deed, StaffMember member, SeenMessage seen, CancellationToken ct);
}

/// <summary>What the kinds have in common.</summary>
internal abstract class StaffWork<TMatter, TState, TCommand, TEvent>(
    MatterKind<TMatter, TState, TCommand, TEvent> kind, TimeProvider time) : IStaffWork
    where TMatter : IMatter<TState, TCommand, TEvent>
    where TState : class, IMatterState
    where TCommand : class
    where TEvent : class
{
    public string Letter => kind.Code!;

    public abstract string KeyOf(StaffDo what);

    public async Task<StaffMatter?> FindAsync(MatterNumber number, StaffMember member, CancellationToken ct) =>
        await kind.FindAsync(number, ct) is { } found && Exists(found.State, member) ? Of(found, member) : null;

    public async Task<StaffOutcome?> DoAsync(
        StaffDeed deed, StaffMember member, SeenMessage seen, CancellationToken ct)
    {
        if (await kind.FindAsync(deed.Number, ct) is not { } found || !Exists(found.State, member))
            return null;
        var actor = new Actor.Staff(member);
        if (deed.Do is StaffDo.Show or StaffDo.AskResult)
        {
            var finish = Finish(deed.Do == StaffDo.Show ? deed.Text : "?");
            var trial = TMatter.Decide(found.State, finish, actor, time.Now(), kind.RulesOf(found.State));
            return new StaffOutcome(Of(found, member), (trial as Decision<TEvent>.Refused)?.Refusal);
        }

        if (deed.Do == StaffDo.Look)
            return new StaffOutcome(Of(found, member), null);
        if (deed.Draft is { } shown && shown.Round != Of(found, member).Round)
            return new StaffOutcome(Of(found, member), null, Moved: true);
        var result = await kind.HandleAsync(found.Stream, CommandOf(deed), actor, seen, ct);
        return result switch
        {
            MatterResult<TState>.Done done => new StaffOutcome(Of(done.Matter, member), null),
            MatterResult<TState>.Refused no => new StaffOutcome(Of(found, member), no.Refusal),
            // The message has a fingerprint of its own stream: it cannot have been another one.
            _ => throw new InvalidOperationException($"Unexpected {result.GetType().Name} for {deed.Number}."),
        };
    }

    /// <summary>False where the person must not know of it.</summary>
    protected abstract bool Exists(TState s, StaffMember member);

    protected abstract StaffMatter Of(LoadedMatter<TState> matter, StaffMember member);

    protected abstract TCommand Finish(string text);

    protected abstract TCommand CommandOf(StaffDeed deed);

    protected string Due(TState s, DateTimeOffset at) =>
        Texts.Time(at, kind.RulesOf(s).Calendar.Zone, Languages.Default);
}

/// <summary>Complaints.</summary>
internal sealed class ComplaintStaffWork(ComplaintKind kind, Company.RulesBook book, TimeProvider time)
    : StaffWork<ComplaintMatter, Complaint, ComplaintCommand, ComplaintEvent>(kind, time)
{
    public override string KeyOf(StaffDo what) => what switch
    {
        StaffDo.Accept => "Staff.Accepted",
        StaffDo.Decline => "Staff.Declined",
        StaffDo.Finish or StaffDo.Send => "Staff.Resolved",
        StaffDo.Look => "Staff.About",
        _ => "Staff.Noted",
    };

    protected override bool Exists(Complaint s, StaffMember member) => !Authority.IsBarred(s, member, book.Directory);

    protected override StaffMatter Of(LoadedMatter<Complaint> matter, StaffMember member)
    {
        var s = matter.State;
        var own = s.Handler == member.Id;
        return new StaffMatter(
            matter.Stream, Texts.Name(s.Stage, Languages.Default), Due(s, s.ResolveDue), s.Round,
            own && s.Stage == Stage.Assigned, own,
            own && s.Stage is Stage.Assigned or Stage.InProgress);
    }

    protected override ComplaintCommand Finish(string text) => new ComplaintCommand.Resolve(text);

    protected override ComplaintCommand CommandOf(StaffDeed deed) => deed.Do switch
    {
        StaffDo.Accept => new ComplaintCommand.Accept(),
        StaffDo.Decline => new ComplaintCommand.Decline(deed.Text),
        StaffDo.Finish or StaffDo.Send => Finish(deed.Text),
        StaffDo.Tell or StaffDo.Note => new ComplaintCommand.Note(Channel.Sms, deed.Text),
        _ => throw new InvalidOperationException($"{deed.Do} is no command."),
    };
}
