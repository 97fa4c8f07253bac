using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Tests.Desk;

/// <summary>A danger that stands in a note on a resident's page or in a contact of a register is heard as in a talk.</summary>
[Clause("4.6.2-6")]
public sealed class DangerInNotesTests : IAsyncLifetime
{
    private const string Plain = "It still drips a little";
    private const string Fire = "Fire in the stairwell now!";
    private const string First = "call 119/110/120 first";
    private const string Office = "/desk/registers/HY/office";

    private RunningHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _host = await RunningHost.StartAsync(b => b.Services.AddSingleton<Classifier, DangerWords>());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task On_the_page_of_a_complaint_it_is_an_urgent_complaint_with_a_call_back_and_the_numbers_come_first()
    {
        var old = await ComplaintAsync();
        using var browser = _host.NewClient();
        var path = await PageOfAsync(ComplaintMatter.StatusPage, old.Stream);
        var key = await KeyAsync(browser, path);

        var page = await NoteAsync(browser, path, key, Fire);
        var again = await NoteAsync(browser, path, key, Fire);

        var danger = Assert.Single(await DangersAsync());
        Assert.Equal((Severity.Urgent, Fire), (danger.State.Severity, danger.State.Intake.Text.Value));
        Assert.NotNull(danger.State.CallBackDue);
        Assert.Equal(old.State.Intake.Contact, danger.State.Intake.Contact);
        Assert.Contains(First, page.Text, StringComparison.Ordinal);
        Assert.Contains("It is registered as urgent", page.Text, StringComparison.Ordinal);
        // Whoever holds the link of the one is shown nothing of another.
        Assert.Equal((path + "?done=danger", path + "?done=danger"), (page.Path, again.Path));
        Assert.DoesNotContain(danger.State.Number.ToString(), page.Text, StringComparison.Ordinal);
        // The complaint it was written to has the words too, once.
        Assert.Single((await LoadAsync(old.Stream)).Events, e => e.Event is ComplaintEvent.Noted { Text.Value: Fire });
    }

    [Fact]
    public async Task What_is_written_while_the_call_back_is_owed_joins_that_danger()
    {
        var old = await ComplaintAsync();
        using var browser = _host.NewClient();
        var path = await PageOfAsync(ComplaintMatter.StatusPage, old.Stream);
        await NoteAsync(browser, path, await KeyAsync(browser, path), Fire);
        // Which danger is theirs is known once the first one's rows are written; sooner, it would be a second one.
        await _host.SettleAsync();
        await NoteAsync(browser, path, await KeyAsync(browser, path), "Fire on the fifth floor as well!");

        var danger = Assert.Single(await DangersAsync());
        Assert.Contains(
            danger.Events, e => e.Event is ComplaintEvent.Noted { Text.Value: "Fire on the fifth floor as well!" });
    }

    [Fact]
    public async Task A_form_used_before_for_other_words_loses_no_danger()
    {
        var old = await ComplaintAsync();
        using var browser = _host.NewClient();
        var path = await PageOfAsync(ComplaintMatter.StatusPage, old.Stream);
        var key = await KeyAsync(browser, path);
        await NoteAsync(browser, path, key, Plain);
        Assert.Empty(await DangersAsync());
        await NoteAsync(browser, path, key, Fire);
        await NoteAsync(browser, path, key, "Fire in the garage too!");

        var said = (await DangersAsync()).SelectMany(d => d.Events.Select(e => e.Event)).Select(e => e switch
        {
            ComplaintEvent.Received r => r.Text.Value,
            ComplaintEvent.Noted n => n.Text.Value,
            _ => "",
        });
        Assert.Superset(new HashSet<string> { Fire, "Fire in the garage too!" }, said.ToHashSet());
    }

    [Fact]
    public async Task On_the_page_of_a_complaint_that_is_over_it_is_heard_and_follows_that_one()
    {
        var old = await ComplaintAsync();
        using var browser = _host.NewClient();
        var path = await PageOfAsync(ComplaintMatter.StatusPage, old.Stream);
        var key = await KeyAsync(browser, path);
        await _host.Get<ComplaintKind>().HandleAsync(
            old.Stream, new ComplaintCommand.Withdraw(Channel.Http, null), new Actor.Resident(), null, Ct);

        await NoteAsync(browser, path, key, Fire);
        Assert.Equal(old.State.Number, Assert.Single(await DangersAsync()).State.Intake.Follows);
    }

    [Fact]
    public async Task On_the_page_of_an_order_it_is_heard_too_and_a_plain_note_stays_a_note()
    {
        var order = Assert.IsType<MatterResult<Order>.Done>(await _host.Get<OrderIntake>().ReceiveAsync(
            new OrderRequest(
                new CommunityId("HY"), OrderType.Repair, "The tap drips", null, null, "1-1-101", null, Channel.Http,
                Category.Equipment, null, null, null, null, null, null, null, "order-1"),
            new Actor.Resident(), Ct)).Matter;
        using var browser = _host.NewClient();
        var path = await PageOfAsync(OrderMatter.StatusPage, order.Stream);
        await NoteAsync(browser, path, await KeyAsync(browser, path), Plain);
        Assert.Empty(await DangersAsync());

        var page = await NoteAsync(browser, path, await KeyAsync(browser, path), Fire);
        Assert.Contains(First, page.Text, StringComparison.Ordinal);
        Assert.Equal(Fire, Assert.Single(await DangersAsync()).State.Intake.Text.Value);
        var noted = (await _host.Get<OrderKind>().LoadAsync(order.Stream, Ct))!.Events;
        Assert.Equal(
            [Plain, Fire], noted.Select(e => e.Event).OfType<OrderEvent.ResidentNoted>().Select(n => n.Text.Value));
    }

    [Fact, Clause("4.5.2")]
    public async Task In_a_register_it_is_a_complaint_at_once_linked_with_the_entry_and_only_once()
    {
        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var fields = await EntryAsync(duty, "Somebody at the gate says: Fire in the stairwell now!");
        var receipt = await duty.PostAsync(Office, fields);
        await duty.PostAsync(Office, fields);

        var danger = Assert.Single(await DangersAsync());
        Assert.Equal($"/desk/new/{danger.State.Number}", receipt.Path);
        Assert.Contains(First, receipt.Text, StringComparison.Ordinal);
        Assert.Equal("hy-duty", danger.State.Intake.EnteredBy!.Value.Value);
        var entry = await duty.GetAsync($"{Office}/2026-11/1");
        Assert.Contains(danger.State.Number.ToString(), entry.Text, StringComparison.Ordinal);

        var plain = await duty.PostAsync(Office, await EntryAsync(duty, "Who cleans the stairs?"));
        Assert.StartsWith(Office, plain.Path, StringComparison.Ordinal);
        Assert.Single(await DangersAsync());
    }

    [Fact]
    public async Task In_what_puts_an_entry_right_it_is_heard_as_well()
    {
        var duty = await DeskBrowser.SignedInAsync(_host, "hy-duty");
        var entry = await duty.PostAsync(Office, await EntryAsync(duty, "Somebody asked about the stairs"));
        var receipt = await duty.PostAsync(
            entry.Path, new(entry.Hidden("Correct")) { ["text"] = "They said there is Fire in the stairwell!" });
        Assert.Equal($"/desk/new/{Assert.Single(await DangersAsync()).State.Number}", receipt.Path);
    }

    private static async Task<Dictionary<string, string>> EntryAsync(DeskBrowser duty, string text) =>
        new((await duty.GetAsync(Office)).Hidden("Enter"))
        {
            ["channel"] = "WalkIn",
            ["text"] = text,
            ["reply"] = "now",
            ["answer"] = "We look at it.",
            ["room"] = "1-1-101",
        };

    private async Task<LoadedMatter<Complaint>> ComplaintAsync() =>
        Assert.IsType<MatterResult<Complaint>.Done>(await _host.Get<Intake>().ReceiveAsync(
            new IntakeRequest(
                new CommunityId("HY"), "The tap in the lobby drips", "Wang Fang",
                _host.Get<CompanyDirectory>().Homes.SelectMany(h => h.Residents).First().Phone.Value, "1-1-101", null,
                Channel.Http, Category.Equipment, [], null, null, IsLetter: false, null, "old"),
            new Actor.Resident(), Ct)).Matter;

    private Task<string> PageOfAsync(string page, StreamId stream) => _host.AnsweredAsync(page, stream);

    private static async Task<string> KeyAsync(HttpClient browser, string path) =>
        (await new DeskBrowser(browser).GetAsync(path)).Hidden(null)["key"];

    private static async Task<DeskPageView> NoteAsync(HttpClient browser, string path, string key, string text) =>
        await new DeskBrowser(browser).PostAsync(path + "/note", new() { ["key"] = key, ["text"] = text });

    private async Task<LoadedMatter<Complaint>> LoadAsync(StreamId stream) =>
        (await _host.Get<ComplaintKind>().LoadAsync(stream, Ct))!;

    /// <summary>Every complaint that reports a danger.</summary>
    private async Task<IReadOnlyList<LoadedMatter<Complaint>>> DangersAsync()
    {
        await _host.SettleAsync();
        var found = new List<LoadedMatter<Complaint>>();
        foreach (var head in await _host.Get<IEventStore>().ListAsync(null, 1_000, Ct))
        {
            if (head.Stream.Value.StartsWith(ComplaintKind.Name + ".", StringComparison.Ordinal)
                && await LoadAsync(head.Stream) is { State.ReportedDanger: true } danger)
                found.Add(danger);
        }

        return found;
    }
}
