using CustomerComm.App.Ports;

namespace CustomerComm.Web.Simulator;

/// <summary>The messages of all simulated phones; which phones there are is one more partition.</summary>
internal static class PhoneBook
{
    private const string Phones = "phones";
    /// <summary>Stores a message, once.</summary>
    public static async Task WriteAsync(ITable<PhoneMessageRow> table, PhoneMessageRow row, CancellationToken ct)
    {
        // Delivered again, it keeps the time of its first arrival.
        if (await table.GetAsync(row.PartitionKey, row.RowKey, ct) is not null)
            return;
        await table.WriteAsync([row], [], row.Version, ct);
        if (await table.GetAsync(Phones, row.PartitionKey, ct) is null)
        {
            var phone = row with { PartitionKey = Phones, RowKey = row.PartitionKey, Text = "" };
            await table.WriteAsync([phone], [], phone.Version, ct);
        }
    }

    /// <summary>Numbers of all phones that ever got or sent a message.</summary>
    public static async Task<List<string>> NumbersAsync(ITable<PhoneMessageRow> table, CancellationToken ct) =>
        await table.RowsAsync(Phones, ct: ct).Select(r => r.RowKey).ToListAsync(ct);

    /// <summary>Messages of a phone, oldest first.</summary>
    public static async Task<List<PhoneMessageRow>> MessagesAsync(
        ITable<PhoneMessageRow> table, string number, CancellationToken ct) =>
        await table.RowsAsync(number, ct: ct).OrderBy(m => m.At).ThenBy(m => m.RowKey, StringComparer.Ordinal)
            .ToListAsync(ct);
}
