using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerComm.App.Ports;

namespace CustomerComm.Testing;

/// <summary>Rows as they are compared: all they say but the version, which tells when they were written last.</summary>
public static class Rows
{
    /// <summary>The row as JSON without its version, its kind before it.</summary>
    public static string Said(ITableRow row)
    {
        var json = JsonSerializer.SerializeToNode(row, row.GetType())!.AsObject();
        json.Remove(nameof(ITableRow.Version));
        return $"{row.GetType().Name} {json.ToJsonString()}";
    }
}
