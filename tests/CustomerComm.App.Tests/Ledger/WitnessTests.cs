using System.Net;
using CustomerComm.App.Ledger;
using CustomerComm.App.Ports;
using CustomerComm.Sqlite;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Ledger;

/// <summary>Witnesses are told every root once and in order; what they were told is never quietly taken back.</summary>
public sealed class WitnessTests : IDisposable
{
    private static readonly DateOnly s_day = new(2026, 3, 2);
    private readonly TempDirectory _directory = new();

    private static CancellationToken Ct => CancellationToken.None;

    private string Roots => _directory["outside/roots.jsonl"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Given_one_witness_fails_Then_the_others_are_told_and_it_catches_up_in_order()
    {
        var hook = new Hook();
        await using var app = await StartAsync(hook);
        hook.Status = HttpStatusCode.BadGateway;
        await AnchorAsync(app, 0);
        var failed = await Assert.ThrowsAsync<IOException>(() => app.Get<Witnessing>().TellAsync(Ct));
        Assert.Contains("webhook", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failed.Message, StringComparison.Ordinal);
        Assert.Single(await File.ReadAllLinesAsync(Roots, Ct));
        await AnchorAsync(app, 1);
        hook.Status = HttpStatusCode.Accepted;
        hook.Bodies.Clear();
        Assert.Equal(3, await app.Get<Witnessing>().TellAsync(Ct));
        Assert.Equal(await File.ReadAllLinesAsync(Roots, Ct), hook.Bodies);
        Assert.Equal(0, await app.Get<Witnessing>().TellAsync(Ct));
        Assert.Equal(["2026-03-03", "2026-03-03"], (await app.Get<Witnessing>().RowsAsync(Ct)).Select(r => r.Date));
    }

    [Fact]
    public async Task Given_the_anchors_are_an_older_copy_Then_nothing_goes_on_and_what_to_restore_is_said()
    {
        await using var app = await StartAsync(new Hook());
        await AnchorAsync(app, 0);
        var anchors = Path.Combine(app.Get<SqliteDatabase>().Directory, "anchors.jsonl");
        var older = await File.ReadAllTextAsync(anchors, Ct);
        await AnchorAsync(app, 1);
        await app.Get<Witnessing>().TellAsync(Ct);
        await app.Get<Witnessing>().RequireAsync(Ct);
        await File.WriteAllTextAsync(anchors, older, Ct);
        var lost = await Assert.ThrowsAsync<InvalidDataException>(() => app.Get<Witnessing>().RequireAsync(Ct));
        Assert.Contains("2026-03-03", lost.Message, StringComparison.Ordinal);
        Assert.Contains("Restore", lost.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => app.Get<Witnessing>().TellAsync(Ct));
    }

    [Fact]
    public async Task Given_the_file_outside_has_another_root_Then_it_is_not_written_over()
    {
        var witness = new FileWitness(Roots);
        await using var app = await StartAsync(new Hook());
        await AnchorAsync(app, 0);
        await app.Get<Witnessing>().TellAsync(Ct);
        var before = await File.ReadAllTextAsync(Roots, Ct);
        await witness.TellAsync(s_day, before.TrimEnd('\n'), Ct);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => witness.TellAsync(s_day, before.Replace("\"size\":", "\"size\":1", StringComparison.Ordinal), Ct));
        Assert.Equal(before, await File.ReadAllTextAsync(Roots, Ct));
    }

    [Fact]
    public async Task Given_the_clock_was_put_back_Then_no_root_is_made_behind_the_last()
    {
        await using var app = await StartAsync(new Hook());
        await AnchorAsync(app, 1);
        app.Time.AdjustTime(TestApp.Start.AddDays(-1));
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => app.Get<LedgerAnchoring>().PublishAsync(s_day.AddDays(2), Ct));
    }

    private Task<TestApp> StartAsync(Hook hook) => TestApp.StartAsync(s => s
        .AddSingleton<IWitness>(new FileWitness(Roots))
        .AddSingleton<IWitness>(new WebhookWitness(new HttpClient(hook), new Uri("https://committee.example/secret"))));

    private static async Task AnchorAsync(TestApp app, int day)
    {
        await app.OpenAsync(sourceId: $"m{day}");
        app.Time.SetUtcNow(TestApp.Start.AddDays(day).AddHours(1));
        await app.Get<LedgerAnchoring>().PublishAsync(s_day.AddDays(day), Ct);
    }

    private sealed class Hook : HttpMessageHandler
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add(await request.Content!.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(Status);
        }
    }
}
