using System.CommandLine;
using System.Globalization;
using CustomerComm.Benchmarks;

var seconds = new Option<int>("--seconds") { Description = "How long to measure each.", DefaultValueFactory = _ => 10 };
var connections = new Option<string>("--connections")
{
    Description = "Numbers of connections, separated by commas.",
    DefaultValueFactory = _ => "1,8,32",
};
var texts = new Option<FileInfo?>("--texts") { Description = "JSON lines with 'text'; default: generated texts." };
var brief = new Option<bool>("--short") { Description = "Two seconds each, for CI: shows that it runs, not how fast." };
var intake = new Command("intake", "Drives POST /api/complaints over HTTP; the server is a process of its own.");
intake.Options.Add(seconds);
intake.Options.Add(connections);
intake.Options.Add(texts);
intake.Options.Add(brief);
intake.SetAction((parsed, ct) => IntakeBenchmark.RunAsync(
    new IntakeOptions(
        parsed.GetValue(brief) ? 2 : parsed.GetValue(seconds),
        [.. parsed.GetValue(connections)!.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))],
        parsed.GetValue(texts)?.FullName),
    ct));
var root = new RootCommand("Measures CustomerComm.");
root.Subcommands.Add(intake);
return await root.Parse(args).InvokeAsync();
