using CustomerComm.App.Company;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Complaints;

/// <summary>Whom a complaint or an order is about, from what was given and what is on file.</summary>
public static class Contacts
{
    /// <summary>
    /// The phone on file for the home goes before one that staff typed in: the signing link must reach the resident
    /// and nobody else (4.6.2-4). A phone that cannot be read, or a room not on file, is kept as it was given and marked for
    /// the office; nothing is refused for it.
    /// </summary>
    public static Contact Of(
        CompanyDirectory directory, Phones phones, CommunityId community, string? name, string? phone, string? room,
        string? conversation, bool byStaff, Channel channel)
    {
        // A number that wrote to us exists, whatever the plan says of it.
        var given = channel.Way().ByPhone && phones.TryRead(phone, out var sender)
            ? new GivenPhone(sender, null) : phones.Given(phone);
        var number = given.Number;
        name = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        var home = directory.FindHome(community, room);
        // What is on file is written as on file, so that everything about a home is found together.
        room = string.IsNullOrWhiteSpace(room) ? null : home?.Room.Value ?? room.Trim();
        if (number is { } own && directory.FindResident(own) is { } resident && resident.Home.Community == community)
        {
            room ??= resident.Home.Room.Value;
            name ??= resident.Resident.Name;
        }
        else if ((byStaff || number is null) && home is { Residents: [var first, ..] })
        {
            var whose = home.Residents.FirstOrDefault(x => x.Name == name) ?? first;
            number = whose.Phone;
            name ??= whose.Name;
        }

        return new Contact(Seal(name), Seal(number?.Value), Seal(room), conversation)
        {
            Remark = Seal(given.Remark),
            CallsOnly = number is { } called && !phones.TakesTexts(called),
            PhoneUnread = given is { Number: null, Remark: not null },
            RoomUnlisted = directory.IsUnlisted(community, room),
        };
    }

    private static Personal? Seal(string? value) => value is null ? null : new Personal(value);
}
