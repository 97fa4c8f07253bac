using CustomerComm.App;
using CustomerComm.App.Company;
using CustomerComm.App.Conversations;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Simulator;

/// <summary>A phone of the list.</summary>
/// <param name="Number">Its number, E.164.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Staff">It belongs to a member of staff.</param>
/// <param name="Last">The last message.</param>
/// <param name="Count">How many messages it has.</param>
public sealed record PhoneLine(string Number, string Name, bool Staff, PhoneMessageRow? Last, int Count);

/// <summary>The phones' pages. What is written on a phone goes in as the provider would bring it.</summary>
internal sealed class PhonePages(
    ITables tables, SmsInbox inbox, CompanyDirectory directory, Phones phones, AppOptions options, TimeProvider time)
{
    private const int LongestMessage = 1_000;

    private ITable<PhoneMessageRow> Table => tables.Of<PhoneMessageRow>();

    public async Task<IResult> ListAsync(HttpContext http, CancellationToken ct)
    {
        var lines = new List<PhoneLine>();
        var context = ContextOf(http, "/phones");
        IEnumerable<string> known =
        [
            .. directory.Staff.Select(s => s.Phone.Value),
            .. directory.Homes.SelectMany(h => h.Residents).Select(r => r.Phone.Value),
            .. await PhoneBook.NumbersAsync(Table, ct),
        ];
        foreach (var number in known.Distinct(StringComparer.Ordinal))
        {
            var messages = await PhoneBook.MessagesAsync(Table, number, ct);
            lines.Add(new PhoneLine(
                number, NameOf(number, context), IsStaff(number), messages.LastOrDefault(), messages.Count));
        }

        Refresh(http);
        return PageResults.Page<PhonesPage>(
            http, 200, ("Context", context), ("Zone", Zone), ("Live", IsLive(http)),
            ("Lines", lines.OrderByDescending(l => l.Last?.At).ToList()));
    }

    public async Task<IResult> ShowAsync(string number, HttpContext http, CancellationToken ct)
    {
        if (!phones.TryRead(number, out var phone))
            return TypedResults.NotFound();
        var context = ContextOf(http, $"/phones/{phone.Value}");
        Refresh(http);
        return PageResults.Page<PhonePage>(
            http, 200, ("Context", context), ("Number", phone.Value), ("Name", NameOf(phone.Value, context)),
            ("Messages", await PhoneBook.MessagesAsync(Table, phone.Value, ct)), ("Zone", Zone),
            ("PublicUrl", options.PublicUrl), ("Live", IsLive(http)), ("FormKey", PageForm.NewKey()));
    }

    public async Task<IResult> SendAsync(string number, HttpContext http, CancellationToken ct)
    {
        if (!phones.TryRead(number, out var phone))
            return TypedResults.NotFound();
        if (await PageForm.ReadAsync(http.Request, ct) is not { } form
            || form.Text("text") is not { Length: > 0 and <= LongestMessage } text)
        {
            return TypedResults.BadRequest();
        }

        await PhoneBook.WriteAsync(
            Table,
            new PhoneMessageRow
            {
                PartitionKey = phone.Value,
                RowKey = "sent:" + form.Key,
                At = time.Now(),
                Sent = true,
                Text = text,
            },
            ct);
        await inbox.ReceiveAsync(new SmsReceived(form.Key, phone.Value, text), ct);
        // The answer arrives a moment later; the page looks again by itself.
        return PageResults.SeeOther(http, $"/phones/{phone.Value}?live=1");
    }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(directory.Communities[0].TimeZone);

    private PageContext ContextOf(HttpContext http, string address) => new(UiLanguage.Of(http), directory, address);

    private static bool IsLive(HttpContext http) => http.Request.Query["live"] == "1";

    private static void Refresh(HttpContext http)
    {
        if (IsLive(http))
            http.Response.Headers["Refresh"] = "3";
    }

    private bool IsStaff(string number) =>
        PhoneNumber.TryCreate(number, out var phone) && directory.FindStaff(phone) is not null;

    private string NameOf(string number, PageContext context)
    {
        if (!PhoneNumber.TryCreate(number, out var phone))
            return number;
        if (directory.FindStaff(phone) is { } member)
            return $"{member.Name} ({Texts.Name(member.Unit, context.Language)})";
        return directory.FindResident(phone) is { } resident
            ? $"{resident.Resident.Name} ({resident.Home.Community} {resident.Home.Room})"
            : context["Phones.Unknown"];
    }
}
