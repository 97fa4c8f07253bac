using System.Collections.Immutable;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Domain.Privacy;

/// <summary>What can happen to a data request. Stored types: a field is never renamed or removed.</summary>
public abstract record DataRequestEvent
{
    private DataRequestEvent()
    {
    }

    /// <summary>
    /// It was asked. <paramref name="Against"/>: whom the person's complaints are against; <paramref name="Keeper"/>: the
    /// unit that examines it and gives copies.
    /// </summary>
    public sealed record DataRequested(
        MatterNumber Number, DataRequestType Type, Contact Contact, Channel Channel, Language Language, Personal Reason,
        StaffId? EnteredBy, StaffId? Own, ImmutableArray<StaffId> Against, Unit Keeper, DateTimeOffset ExamineDue,
        DateTimeOffset Due, string? SourceId, string PolicyVersion) : DataRequestEvent;

    /// <summary>Somebody made sure who asks; <paramref name="AnsweredBy"/> owes the answer.</summary>
    public sealed record DataRequestExamined(StaffId By, Personal Proof, Party AnsweredBy) : DataRequestEvent;

    /// <summary>The erasure was approved by a second person; it waits until <paramref name="EraseAt"/>.</summary>
    public sealed record ErasureApproved(StaffId By, DateTimeOffset EraseAt, DateTimeOffset CarryOutDue) : DataRequestEvent;

    /// <summary>Refused.</summary>
    public sealed record DataRequestRefused(StaffId By, Personal Reason) : DataRequestEvent;

    /// <summary>A legal hold runs until then.</summary>
    public sealed record DataRequestHeld(StaffId By, Personal Ground, DateTimeOffset Until) : DataRequestEvent;

    /// <summary>The person stopped it.</summary>
    public sealed record DataRequestStopped : DataRequestEvent;

    /// <summary>The copy can be fetched until then.</summary>
    public sealed record CopyGiven(StaffId By, DateTimeOffset Until) : DataRequestEvent;

    /// <summary>Something came up before the erasure: it is to be decided on again.</summary>
    public sealed record ErasureHalted(ImmutableArray<DataHold> Holds, DateTimeOffset DecideDue) : DataRequestEvent;

    /// <summary>The person was told that they are being erased now.</summary>
    public sealed record ErasureAnnounced : DataRequestEvent;

    /// <summary>The keys are being erased; ids of keys, which say nothing about anybody.</summary>
    public sealed record ErasureBegun(ImmutableArray<string> Keys, int Shared) : DataRequestEvent;

    /// <summary>So many keys are gone.</summary>
    public sealed record PersonErased(int Keys) : DataRequestEvent;
}
