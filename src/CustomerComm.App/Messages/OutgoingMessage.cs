using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Messages;

/// <summary>
/// A message as it lies in the outbox. Text and address are personal, hence sealed. Links stand as
/// <c>{sign}</c> and <c>{status}</c>: they are put in when it goes out, so that no token is ever stored.
/// </summary>
public sealed record OutgoingMessage(
    Template? Template, Channel Channel, Personal To, Personal Text, Party? Party, ComplaintNumber? Number, int Issue);
