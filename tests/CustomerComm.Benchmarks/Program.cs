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
var homes = new Option<int>("--homes") { Description = "How many homes.", DefaultValueFactory = _ => 100_000 };
var kills = new Option<int>("--kills")
{
    Description = "How often the sender is killed on the way.",
    DefaultValueFactory = _ => 2,
};
var small = new Option<bool>("--short") { Description = "2,000 homes, for CI." };
var survey = new Command("survey", "Sends the annual survey to every home, killing the sender on the way.");
survey.Options.Add(homes);
survey.Options.Add(kills);
survey.Options.Add(small);
survey.SetAction((parsed, ct) => SurveyBenchmark.RunAsync(
    parsed.GetValue(small) ? 2_000 : parsed.GetValue(homes), parsed.GetValue(kills), ct));
root.Subcommands.Add(survey);
var directory = new Option<string>("--directory") { Description = "Where the store lies.", Required = true };
var worker = new Command("survey-worker", "The process that sends; started by survey.") { Hidden = true };
worker.Options.Add(homes);
worker.Options.Add(directory);
worker.SetAction((parsed, ct) => SurveyWorker.RunAsync(parsed.GetValue(homes), parsed.GetValue(directory)!, ct));
root.Subcommands.Add(worker);
var complaints = new Option<int>("--complaints")
{
    Description = "How many complaints, of some twenty events each.",
    DefaultValueFactory = _ => 5_000,
};
var verify = new Command("verify", "Verifies the ledger of so many complaints; fails below 20,000 events a second.");
verify.Options.Add(complaints);
verify.SetAction((parsed, ct) => VerifyBenchmark.RunAsync(parsed.GetValue(complaints), ct));
root.Subcommands.Add(verify);
return await root.Parse(args).InvokeAsync();
