using CustomerComm.App.Messages;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Web.Simulator;

namespace CustomerComm.Web.Tests;

/// <summary>Links as people got them at the phones of a host.</summary>
internal static class HostLinks
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The last link to this page that came to a phone, below the site's address.</summary>
    public static async Task<string> SentAsync(this RunningHost host, string page, StreamId stream, int issue = 0)
    {
        await host.SettleAsync();
        var link = await GivenLinks.FindAsync(
            host.Services, await TextsAsync(host), new LinkAt(stream, page, issue), Ct);
        Assert.True(link is not null, $"No phone got a link to /{page} of {stream}, issue {issue}.");
        return link!;
    }

    /// <summary>The link that whoever opened the matter was answered, below the site's address.</summary>
    public static Task<string> AnsweredAsync(this RunningHost host, string page, StreamId stream, int issue = 0) =>
        GivenLinks.AnsweredAsync(host.Services, new LinkAt(stream, page, issue), Ct);

    /// <summary>Every text that came to a phone, in the order they came.</summary>
    public static async Task<IReadOnlyList<string>> TextsAsync(RunningHost host)
    {
        var rows = new List<PhoneMessageRow>();
        var table = host.Get<ITables>().Of<PhoneMessageRow>();
        RowId? after = null;
        while (await table.ScanAsync(after, 200, Ct) is { Count: > 0 } page)
        {
            rows.AddRange(page);
            after = new RowId(page[^1].PartitionKey, page[^1].RowKey);
        }

        return [.. rows.Where(r => !r.Sent).OrderBy(r => r.At).Select(r => r.Text)];
    }
}
