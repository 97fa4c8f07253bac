using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.App.SignIns;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;
using CustomerComm.Domain.SignIns;
using CustomerComm.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Messages;

/// <summary>
/// Links and codes: whoever was given one has it, and nobody else, the administrator with all files included.
/// </summary>
[Clause("4.6.2-4")]
public sealed partial class LinkSecretsTests
{
    private static readonly PageIssue s_first = new(ComplaintMatter.StatusPage);

    private static readonly string[] s_purposes = ["links", "person-id", "codes", "tokens"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_delivered_store_and_every_key_When_all_is_read_Then_nothing_in_it_opens_or_signs_in()
    {
        string[] files;
        var words = new HashSet<string>(StringComparer.Ordinal);
        List<(StreamId Stream, StoredSecret Secret)> all;
        string[] given;
        await using (var app = await TestApp.StartAsync())
        {
            given = await LiveAsync(app);
            all = await EverythingAsync(app, words);
            // The last connection moves the log into the file and takes it away, as a stop does.
            await app.StopAsync();
            files = [.. Directory.GetFiles(app.Data).Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))
                .Replace(@"\u002B", "+", StringComparison.Ordinal))];
            await OpenAllAsync(Path.Combine(app.Data, "keys.db"), files, words);
        }

        var hashes = all.Select(k => k.Secret.Hash).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            given.Where(g => g.Length == LinkSecrets.TokenLength),
            t => Assert.Contains(LinkSecrets.HashToken(t), hashes));
        Assert.DoesNotContain(words.SelectMany(Tokens), t => hashes.Contains(LinkSecrets.HashToken(t)));
        Assert.DoesNotContain(words, w => given.Any(g => w.Contains(g, StringComparison.Ordinal)));
        Assert.All(given.Where(g => g.Length > LinkSecrets.CodeLength), g => Assert.All(
            files, f => Assert.DoesNotContain(g, f, StringComparison.Ordinal)));
        // As links and codes used to be made of the secret of the host.
        Assert.DoesNotContain(
            all.SelectMany(k => DerivedTokens(k.Stream, k.Secret)), t => hashes.Contains(LinkSecrets.HashToken(t)));
        var codes = all.Where(k => k.Secret.Salt is not null).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, k => Assert.DoesNotContain(
            DerivedCodes(k.Stream, k.Secret), code => LinkSecrets.IsCode(k.Secret, code)));
    }

    [Fact]
    public async Task Given_a_link_waits_Then_it_lies_sealed_and_once_it_went_or_was_given_up_it_is_gone()
    {
        await using var app = await TestApp.StartAsync();
        app.Sms.Answer = _ => new SendResult(SendOutcome.TryLater, "down");
        var sent = await ResolvedAsync(app);
        var lost = await ResolvedAsync(app);
        await app.SweepAsync();
        var store = app.Get<IEventStore>();
        var waiting = (await store.ReadOutboxAsync(sent.Stream, Ct)).Single(m => !m.Secret.IsEmpty);
        Assert.StartsWith("""{"k":"p-""", Encoding.UTF8.GetString(waiting.Secret.Span), StringComparison.Ordinal);
        var token = await OpenedAsync(app, waiting);
        Assert.DoesNotContain(token, Encoding.UTF8.GetString(waiting.Secret.Span), StringComparison.Ordinal);

        app.Sms.Answer = m => m.Id.StartsWith(sent.Stream.Value, StringComparison.Ordinal)
            ? SendResult.Sent : new SendResult(SendOutcome.Refused, "no such number");
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.SweepAsync();

        Assert.Contains(app.Sms.Sent, m => m.Text.Contains(token, StringComparison.Ordinal));
        foreach (var (matter, status) in new[] { (sent, DeliveryStatus.Delivered), (lost, DeliveryStatus.Dead) })
        {
            var outbox = await store.ReadOutboxAsync(matter.Stream, Ct, all: true);
            Assert.All(outbox, m => Assert.True(m.Secret.IsEmpty));
            Assert.Contains(outbox, m => m.Status == status && m.Id == waiting.Id);
            var read = await app.Get<SealedJson>().ReadAsync(
                outbox.Single(m => m.Id == waiting.Id).Payload, typeof(OutgoingMessage), Ct);
            Assert.Contains("{link}", ((OutgoingMessage)read).Text.Value, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Given_the_same_request_again_When_the_token_is_known_or_gone_Then_the_answer_has_a_link_that_opens()
    {
        await using var app = await TestApp.StartAsync();
        var request = TestApp.Request("电梯坏了", Category.Equipment, TestCompany.ResidentPhone, "http:1");
        var first = await ReceivedAsync(app, request);
        var again = await ReceivedAsync(app, request);
        Assert.Equal((first.Token, first.Matter.Version), (again.Token, again.Matter.Version));
        Assert.Null((await ReceivedAsync(app, request, null)).Token);

        await app.StopAsync();
        await using var other = await StartedAsync(app);
        var elsewhere = Assert.IsType<MatterResult<Complaint>.Done>(
            await other.GetRequiredService<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct, s_first));
        Assert.NotEqual(first.Token, elsewhere.Token);
        var now = (await other.GetRequiredService<ComplaintKind>().LoadAsync(first.Matter.Stream, Ct))!;
        Assert.True(now.Opens(first.Token, ComplaintMatter.StatusPage));
        Assert.True(now.Opens(elsewhere.Token, ComplaintMatter.StatusPage));
        Assert.Equal(first.Matter.Version + 1, now.Version);
        Assert.Equal(ComplaintKind.Owed(first.Matter), ComplaintKind.Owed(now));
    }

    [Fact]
    public async Task Given_a_token_Then_it_opens_its_own_page_of_its_own_issue_of_its_own_matter_alone()
    {
        await using var app = await TestApp.StartAsync();
        var kind = app.Get<ComplaintKind>();
        string[] pages =
        [
            ComplaintMatter.StatusPage, ComplaintMatter.SignPage, ComplaintMatter.RepresentativeSignPage,
            OrderMatter.StatusPage,
        ];
        var (mine, others) = (await app.OpenAsync(), await app.OpenAsync("垃圾没人收"));
        var tokens = new List<(string Token, PageIssue Of)>();
        foreach (var of in pages.SelectMany(p => new[] { new PageIssue(p), new PageIssue(p, 1), new PageIssue(p, 2) }))
            tokens.Add(((await kind.MakeLinkAsync(mine.Stream, of, Ct))!, of));

        (mine, others) = ((await kind.LoadAsync(mine.Stream, Ct))!, (await kind.LoadAsync(others.Stream, Ct))!);
        foreach (var (token, of) in tokens)
        {
            foreach (var (_, page) in tokens)
            {
                Assert.Equal(of == page, mine.Opens(token, page.Page, page.Issue));
                Assert.False(others.Opens(token, page.Page, page.Issue));
            }

            var last = token[^1] == 'A' ? 'Q' : 'A';
            Assert.False(mine.Opens(token[..^1] + last, of.Page, of.Issue));
            Assert.False(mine.Opens(LinkSecrets.HashToken(token), of.Page, of.Issue));
        }

        Assert.False(mine.Opens(null, ComplaintMatter.StatusPage));
        Assert.False(mine.Opens("", ComplaintMatter.StatusPage));
    }

    [Fact]
    public async Task Given_a_talk_When_its_complaint_is_opened_Then_no_line_holds_a_link_and_its_writer_is_shown_one()
    {
        await using var app = await TestApp.StartAsync();
        await ReportInChatAsync(app);
        var streams = app.Get<ConversationStreams>();
        var stored = (await streams.LoadAsync(streams.StreamOf(Channel.Chat, "chat-1"), Ct))!.Lines
            .Select(l => l.Event).OfType<ConversationEvent.Handled>().SelectMany(h => h.Replies).ToList();
        Assert.All(stored, r => Assert.DoesNotContain("https://", r.Text.Value, StringComparison.Ordinal));
        var at = Assert.Single(stored, r => r.Link is not null).Link!;
        var mine = await ShownAsync(app.Services);
        Assert.Equal(mine, await ShownAsync(app.Services));
        await app.StopAsync();
        await using var other = await StartedAsync(app);
        var later = await ShownAsync(other);

        Assert.NotEqual(mine, later);
        var matter = (await other.GetRequiredService<ComplaintKind>().LoadAsync(at.Stream, Ct))!;
        Assert.All(new[] { mine, later }, t => Assert.True(matter.Opens(t, at.Page, at.Issue)));

        static async Task<string> ShownAsync(IServiceProvider services) => Tokens(
            (await GivenLinks.ShownAsync(services, "chat-1", Ct)).OfType<ConversationEvent.Handled>()
                .SelectMany(h => h.Replies).Single(r => r.Text.Value.Contains("https://", StringComparison.Ordinal))
                .Text.Value.Split('/')[^1]).First();
    }

    [Fact]
    public void Given_a_code_When_it_is_tried_Then_each_try_takes_long_and_another_code_is_none()
    {
        var stored = LinkSecrets.OfCode(new PageIssue(SignInMatter.Purpose, 1), "012345");
        Assert.True(LinkSecrets.IsCode(stored, "012345"));
        Assert.False(LinkSecrets.IsCode(stored, "012346"));
        Assert.False(LinkSecrets.IsCode(stored, ""));
        Assert.NotEqual(stored.Hash, LinkSecrets.OfCode(stored.Of, "012345").Hash);
        // A million tries of so many rounds of two compressions each are 4·10^11 or more.
        Assert.InRange(LinkSecrets.CodeRounds, 200_000, 2_000_000);
    }

    /// <summary>
    /// Complaint over HTTP and by chat, repair by text message, signing link, sign-in; all delivered.
    /// </summary>
    private static async Task<string[]> LiveAsync(TestApp app)
    {
        var received = await ReceivedAsync(
            app, TestApp.Request("电梯坏了", Category.Equipment, TestCompany.ResidentPhone, "http:9"));
        await ResolvedAsync(app);
        await ReportInChatAsync(app);
        await SolvedForChatAsync(app);
        await app.Get<SmsInbox>().ReceiveAsync(
            new SmsReceived("m-1", TestCompany.ResidentPhone, "厨房水龙头漏水，请安排维修"), Ct);
        Assert.Null(await app.Get<SignInKind>().AskAsync(TestCompany.Leader.Phone.Value, "browser", Ct));
        await app.SweepAsync();
        var code = Code().Match(app.Sms.Sent.Single(m => m.Text.Contains("验证码", StringComparison.Ordinal)).Text).Value;
        Assert.NotNull(await app.Get<SignInKind>().EnterAsync(
            TestCompany.Leader.Phone.Value, code, "browser", "session", Ct));
        await app.SweepAsync();
        var sent = app.Sms.Sent.SelectMany(m => Link().Matches(m.Text)).Select(m => m.Groups["token"].Value).ToList();
        Assert.InRange(sent.Count, 2, 20);
        return [received.Token!, .. sent, code];
    }

    /// <summary>As after a restart: nothing is in memory any more.</summary>
    private static async Task<ServiceProvider> StartedAsync(TestApp app)
    {
        var services = TestApp.ServicesAt(app.Data, TestCompany.Directory);
        await services.GetRequiredService<Company.RulesBook>().LoadAsync(app.Time, Ct);
        return services;
    }

    private static async Task ReportInChatAsync(TestApp app)
    {
        var streams = app.Get<ConversationStreams>();
        await streams.SaveAsync(Channel.Chat, "chat-1", "m1", "和园3栋着火了，快来人", _ => null, Ct);
        await app.SweepAsync();
    }

    /// <summary>
    /// A complaint of whoever writes in the chat is solved: the link to sign goes there, for there is no phone.
    /// </summary>
    private static async Task SolvedForChatAsync(TestApp app)
    {
        var request = TestApp.Request("电梯又坏了", Category.Equipment, null, "chat:2") with { Conversation = "chat-1" };
        var complaint = (await ReceivedAsync(app, request, null)).Matter;
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(complaint, new ComplaintCommand.Resolve("已更换电机"), TestCompany.Engineer);
        await app.SweepAsync();
        var told = await GivenLinks.ShownAsync(app.Services, "chat-1", Ct);
        Assert.Contains(
            told.OfType<ConversationEvent.Told>(), t => t.Text.Value.Contains("/s/", StringComparison.Ordinal));
    }

    private static async Task<MatterResult<Complaint>.Done> ReceivedAsync(TestApp app, IntakeRequest request) =>
        await ReceivedAsync(app, request, s_first);

    private static async Task<MatterResult<Complaint>.Done> ReceivedAsync(
        TestApp app, IntakeRequest request, PageIssue? page) =>
        Assert.IsType<MatterResult<Complaint>.Done>(
            await app.Get<Intake>().ReceiveAsync(request, new Actor.Resident(), Ct, page));

    private static async Task<LoadedMatter<Complaint>> ResolvedAsync(TestApp app)
    {
        var complaint = await app.OpenAsync();
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        await app.DoAsync(complaint, new ComplaintCommand.Resolve("已更换电机"), TestCompany.Engineer);
        return complaint;
    }

    private static async Task<string> OpenedAsync(TestApp app, OutboxMessage message) =>
        ((MessageSecret)await app.Get<SealedJson>().ReadAsync(message.Secret, typeof(MessageSecret), Ct)).Value.Value;

    /// <summary>All that the ports give, opened; what is kept of secrets.</summary>
    private static async Task<List<(StreamId Stream, StoredSecret Secret)>> EverythingAsync(
        TestApp app, HashSet<string> words)
    {
        var (store, json) = (app.Get<IEventStore>(), app.Get<SealedJson>());
        var kept = new List<(StreamId, StoredSecret)>();
        foreach (var head in await store.ListAsync(null, 1_000, Ct))
        {
            var outbox = await store.ReadOutboxAsync(head.Stream, Ct, all: true);
            Assert.All(outbox, m => Assert.Equal(DeliveryStatus.Delivered, m.Status));
            var events = await store.ReadAsync(head.Stream, 0, Ct);
            foreach (var payload in events.Select(e => e.Payload)
                .Concat(outbox.SelectMany(m => new[] { m.Payload, m.Secret })))
            {
                words.Add(Hexes().Replace(Encoding.UTF8.GetString(payload.Span), ""));
                words.UnionWith((await json.OpenAsync(payload, Ct)).Select(o => o.Text));
                if (SealedJson.FindKey(payload.Span) is not null)
                    kept.AddRange(SealedJson.SecretsOf(payload.Span).Select(s => (head.Stream, s)));
            }
        }

        return kept;
    }

    /// <summary>
    /// Every sealed value that can be found in the bytes of the files, whether or not any row has it still.
    /// </summary>
    private static async Task OpenAllAsync(string keys, string[] files, HashSet<string> words)
    {
        var known = new List<byte[]>();
        await using var db = new SqliteConnection($"Data Source={keys};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync(Ct);
        await using var read = db.CreateCommand();
        read.CommandText = "SELECT key FROM person_key WHERE key IS NOT NULL";
        await using var rows = await read.ExecuteReaderAsync(Ct);
        while (await rows.ReadAsync(Ct))
            known.Add((byte[])rows[0]);
        var opened = 0;
        var values = files.SelectMany(f => Sealed().Matches(f)).Select(m => m.Value);
        foreach (var value in values.Distinct(StringComparer.Ordinal))
        {
            foreach (var key in known)
            {
                try
                {
                    words.Add(PersonalCipher.Decrypt(value, key));
                    opened++;
                    break;
                }
                catch (Exception e) when (e is CryptographicException or ArgumentException)
                {
                    // Of another person, or the rest of what was written over.
                }
            }
        }

        Assert.InRange(opened, 20, int.MaxValue);
    }

    private static IEnumerable<string> Tokens(string text) => Runs().Matches(text).SelectMany(m =>
        Enumerable.Range(0, m.Length - LinkSecrets.TokenLength + 1)
            .Select(i => m.Value.Substring(i, LinkSecrets.TokenLength)));

    private static IEnumerable<string> DerivedTokens(StreamId stream, StoredSecret of) => s_purposes.Select(p =>
        Base64Url.EncodeToString(Derived(p, $"{of.Page}|{stream}|{of.Issue}"))[..LinkSecrets.TokenLength]);

    private static IEnumerable<string> DerivedCodes(StreamId stream, StoredSecret of) => s_purposes.Select(p =>
        (BinaryPrimitives.ReadUInt64BigEndian(Derived(p, $"pin|{of.Page}|{stream}|{of.Issue}")) % 1_000_000)
        .ToString("D6", CultureInfo.InvariantCulture));

    private static byte[] Derived(string purpose, string text) => HMACSHA256.HashData(
        SHA256.HashData(Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(text));

    [GeneratedRegex("/(?<page>[a-z]+)/[A-Za-z0-9._-]+/(?<token>[A-Za-z0-9_-]{22})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("[0-9a-f]{32,}", RegexOptions.None, 1000)]
    private static partial Regex Hexes();

    [GeneratedRegex("[A-Za-z0-9_-]{22,}", RegexOptions.None, 1000)]
    private static partial Regex Runs();

    [GeneratedRegex("p1:[A-Za-z0-9+/]+=*", RegexOptions.None, 5000)]
    private static partial Regex Sealed();
}
