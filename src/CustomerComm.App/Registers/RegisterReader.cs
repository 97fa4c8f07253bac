using System.Globalization;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;

namespace CustomerComm.App.Registers;

/// <summary>
/// An entry as one reader sees it. <paramref name="Hidden"/>: it is about a complaint that this reader may not see.
/// </summary>
public sealed record RegisterLine(
    string Month, RegisterEntry Entry, string? Name, string? Phone, string? Room, string? Text, bool Hidden);

/// <summary>
/// What is looked for: contacts of local days <paramref name="From"/> to <paramref name="To"/>, both included;
/// <paramref name="Text"/> in name, room, phone, number or words, where the reader may read them.
/// </summary>
public sealed record RegisterSearch(
    CommunityId Community, PostId Post, DateOnly From, DateOnly To, Channel? Channel = null, string? Text = null,
    bool OpenOnly = false, bool ApartOnly = false);

/// <summary>A page of entries, the newest first; <paramref name="Next"/> continues, null at the end.</summary>
public sealed record RegisterPage(IReadOnlyList<RegisterLine> Lines, string? Next);

/// <summary>Searches registers month by month, and shows each reader what they may read.</summary>
public sealed class RegisterReader(RegisterKind registers, ComplaintKind complaints, ITables tables, RulesBook book)
{
    /// <summary>Longest span searched at once, in months.</summary>
    public const int MostMonths = 13;

    private const int PageSize = 200;
    private const int MostLookedAt = 4_000;

    /// <summary>
    /// Looks entries up. It stops where <paramref name="take"/> are found, or many were looked at: then Next goes on.
    /// </summary>
    public async Task<RegisterPage> FindAsync(
        RegisterSearch search, StaffMember reader, int take, string? next, CancellationToken ct)
    {
        var lines = new List<RegisterLine>();
        var looked = 0;
        var (first, after) = Cursor(next);
        foreach (var month in Months(search).Where(m => first is null || string.CompareOrdinal(m, first) <= 0))
        {
            var key = new RegisterKey(search.Community, search.Post, month);
            var from = month == first ? after : null;
            while (true)
            {
                var page = await tables.Of<ContactRow>().QueryAsync(
                    RegisterKind.PartitionOf(key), from, null, PageSize, null, ct);
                foreach (var row in page.Rows)
                {
                    if (lines.Count >= take || looked >= MostLookedAt)
                        return new RegisterPage(lines, $"{month}|{row.RowKey}");
                    looked++;
                    if (Matches(row, search) && await LineAsync(key, row.Entry, reader, ct) is { } line
                        && Says(line, row, search.Text))
                    {
                        lines.Add(line);
                    }
                }

                if (page.Next is null)
                    break;
                from = page.Rows[^1].RowKey + "!";
            }
        }

        return new RegisterPage(lines, null);
    }

    /// <summary>One entry as the reader may see it, or null.</summary>
    public async Task<RegisterLine?> LineAsync(RegisterKey key, int entry, StaffMember reader, CancellationToken ct) =>
        await registers.FindAsync(key, ct) is { } register && register.Find(entry) is { } found
            ? await LineAsync(key.Month, found, reader, ct)
            : null;

    /// <summary>The register of a month in the order of its running numbers, as the form (5.3).</summary>
    public async Task<IReadOnlyList<RegisterLine>> FormAsync(RegisterKey key, StaffMember reader, CancellationToken ct)
    {
        if (await registers.FindAsync(key, ct) is not { } register)
            return [];
        var lines = new List<RegisterLine>();
        foreach (var entry in register.Entries)
            lines.Add(await LineAsync(key.Month, entry, reader, ct));
        return lines;
    }

    private async Task<RegisterLine> LineAsync(
        string month, RegisterEntry entry, StaffMember reader, CancellationToken ct)
    {
        var e = entry.Entered;
        if (entry.Subject is { Kind: SubjectKind.Complaint } subject
            && MatterNumber.TryParse(subject.Number, out var number))
        {
            var found = await complaints.FindAsync(number, ct);
            if (found is null || !Authority.MayOpen(found.Tracked, reader, book.Directory))
                return new RegisterLine(month, entry, null, null, null, null, Hidden: true);
            var intake = found.State.Intake;
            return new RegisterLine(
                month, entry, intake.Contact.Name?.Value,
                Authority.MayCall(found.Tracked, reader, book.Directory)
                    ? intake.Contact.Phone?.Value : Masked(intake.Contact.Phone),
                intake.Contact.Room?.Value, intake.Text.Value, Hidden: false);
        }

        // A known phone tells who and where, as the company file has it.
        var resident = e.Phone is { } p && PhoneNumber.TryCreate(p.Value, out var phone)
            ? book.Directory.FindResident(phone) : null;
        return new RegisterLine(
            month, entry, e.Name?.Value ?? resident?.Resident.Name,
            reader.Unit is Unit.Quality or Unit.Leader ? Masked(e.Phone) : e.Phone?.Value,
            e.Room?.Value ?? resident?.Home.Room.Value, e.Text?.Value, Hidden: false);
    }

    private bool Matches(ContactRow row, RegisterSearch search)
    {
        var day = book.Current(search.Community).Calendar.LocalDate(row.ContactAt);
        return day >= search.From && day <= search.To
            && (search.Channel is not { } channel || row.Channel == channel.ToString())
            && (!search.OpenOnly || row is { AnswerDue: not null, AnsweredAt: null, SeenToAt: null }
                or { TakeUpDue: not null, LeftOutAt: null, SeenToAt: null })
            && (!search.ApartOnly || row.Apart.Length > 0);
    }

    private static bool Says(RegisterLine line, ContactRow row, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var wanted = text.Trim();
        if (row.Entry.ToString(CultureInfo.InvariantCulture) == wanted || Has(row.AboutNumber, wanted))
            return true;
        return Has(line.Text, wanted) || Has(line.Name, wanted) || Has(line.Room, wanted) || Has(line.Phone, wanted)
            || line.Entry.Answers.Exists(a => Has(a.Text?.Value, wanted));
    }

    private static bool Has(string? text, string wanted) =>
        text?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true;

    private static string? Masked(Personal? phone) =>
        phone is { } p && PhoneNumber.TryCreate(p.Value, out var number) ? number.ToString() : null;

    private static IEnumerable<string> Months(RegisterSearch search)
    {
        var last = new DateOnly(search.To.Year, search.To.Month, 1);
        for (var i = 0; i < MostMonths && last.AddMonths(-i).AddMonths(1) > search.From; i++)
            yield return last.AddMonths(-i).ToString("yyyy-MM", CultureInfo.InvariantCulture);
    }

    private static (string? Month, string? Row) Cursor(string? next) =>
        next?.Split('|') is [{ Length: 7 } month, { Length: <= 10 } row] ? (month, row) : (null, null);
}
