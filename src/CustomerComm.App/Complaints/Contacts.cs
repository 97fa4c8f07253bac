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
    /// and nobody else (4.6.2-4).
    /// </summary>
    public static Contact Of(
        CompanyDirectory directory, Phones phones, CommunityId community, string? name, string? phone, string? room,
        string? conversation, bool byStaff)
    {
        var number = phones.TryRead(phone, out var given) ? given.Value : null;
        room = string.IsNullOrWhiteSpace(room) ? null : room.Trim();
        name = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        if (number is not null && directory.FindResident(given) is { } resident && resident.Home.Community == community)
        {
            room ??= resident.Home.Room.Value;
            name ??= resident.Resident.Name;
        }
        else if ((byStaff || number is null)
            && directory.FindHome(community, room) is { Residents: [var first, ..] } home)
        {
            var whose = home.Residents.FirstOrDefault(x => x.Name == name) ?? first;
            number = whose.Phone.Value;
            name ??= whose.Name;
        }

        return new Contact(Seal(name), Seal(number), Seal(room), conversation);
    }

    private static Personal? Seal(string? value) => value is null ? null : new Personal(value);
}
