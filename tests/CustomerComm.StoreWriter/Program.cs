using System.Globalization;
using CustomerComm.StoreWriter;

// NAME STREAM=FROM ...: appends to these streams at once, each from message FROM on, until standard input ends; the
// account comes by environment, since it holds a key.
var streams = args[1..].Select(a => a.Split('=')).ToDictionary(
    p => p[0], p => long.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
using var stop = new CancellationTokenSource();
var writing = new Writer(args[0]).RunAsync(streams, stop.Token);
await Task.WhenAny(writing, Console.In.ReadToEndAsync());
await stop.CancelAsync();
await writing;
return 0;
