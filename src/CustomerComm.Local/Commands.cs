using System.CommandLine;
using CustomerComm.App.Imports;
using CustomerComm.Azure;
using CustomerComm.Domain.Directory;
using CustomerComm.Local.Demo;
using CustomerComm.Web;

namespace CustomerComm.Local;

/// <summary>The command line of the one-process host.</summary>
internal static class Commands
{
    private static readonly Option<string?> s_data = new("--data")
    {
        Description = "Where the data is; default: CustomerComm__DataDirectory, else ./data.",
        Recursive = true,
    };

    private static readonly Option<string?> s_store = new("--store")
    {
        Description = "sqlite (default): in the data directory; tables: in Table storage.",
        Recursive = true,
    };

    private static readonly Option<string?> s_anchors = new("--anchors")
    {
        Description = "files (default): in the data directory; blobs: in the account of --store tables.",
        Recursive = true,
    };

    private static readonly Option<string?> s_tables = new("--tables-connection")
    {
        Description = "Connection string for --store tables, e.g. UseDevelopmentStorage=true. Without it: "
            + "CustomerComm__Storage__TableEndpoint and __BlobEndpoint, signed in by DefaultAzureCredential.",
        Recursive = true,
    };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("CustomerComm in one process: hears residents and proves that it answered.");
        root.Options.Add(s_data);
        root.Options.Add(s_store);
        root.Options.Add(s_tables);
        root.Options.Add(s_anchors);
        root.Subcommands.Add(Run());
        root.Subcommands.Add(Classify());
        root.Subcommands.Add(Train());
        root.Subcommands.Add(Import());
        root.Subcommands.Add(VerifyLedger());
        root.Subcommands.Add(Evidence());
        root.Subcommands.Add(VerifyEvidence());
        root.Subcommands.Add(PersonFile());
        root.Subcommands.Add(RebuildTables());
        root.Subcommands.Add(Job());
        root.Subcommands.Add(DemoMonths());
        // Without a command it runs, so that `CustomerComm.Local --demo` does what one expects.
        var named = args.Any(a =>
            a is "--help" or "-h" or "-?" or "--version" || root.Subcommands.Any(c => c.Name == a));
        return root.Parse(named ? args : ["run", .. args]).InvokeAsync();
    }

    private static Command Run()
    {
        var demo = new Option<bool>("--demo")
        {
            Description = "Seed a demo company where there is none, and show its phones.",
        };
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, e.g. http://127.0.0.1:5080.",
        };
        var run = new Command("run", "Starts the web site and the pump (the default).") { demo, urls };
        run.SetAction((parsed, ct) => Guarded(() =>
            ServeAsync(Settings(parsed, parsed.GetValue(demo), parsed.GetValue(urls)), ct)));
        return run;
    }

    private static Command Classify()
    {
        var file = FileArgument(
            "JSON lines, or CSV with a header row, with 'text' and, if there are, 'id' and 'subject'; - reads standard "
            + "input.");
        var encoding = EncodingOption();
        var classify = new Command(
            "classify", "Suggests category, kind and severity; prints one JSON object a line.")
        {
            file, encoding,
        };
        classify.SetAction((parsed, ct) => Guarded(() =>
            ClassifyCommand.RunAsync(parsed.GetValue(file)!, parsed.GetValue(encoding), ct)));
        return classify;
    }

    private static Command Train()
    {
        var evaluate = new Option<bool>("--evaluate")
        {
            Description = "Writes no model; leaves out each writer in turn and tells how the others' model does.",
        };
        var file = new Option<string?>("--texts")
        {
            Description = "With --evaluate: tries the written model on the labelled texts of this file instead.",
        };
        var store = new Option<bool>("--from-store")
        {
            Description = "Learns from the triaged complaints of the store too (--data), names, numbers and rooms left out.",
        };
        var folder = new Option<string>("--folder")
        {
            Description = "Folder of labelled texts, each *.jsonl one writer.",
            DefaultValueFactory = _ => TrainCommand.TextsFolder,
        };
        var model = new Option<string>("--model")
        {
            Description = "The model's file.",
            DefaultValueFactory = _ => TrainCommand.ModelFile,
        };
        var train = new Command("train", "Learns from labelled texts what messages are about; writes the model.")
        {
            evaluate, file, store, folder, model,
        };
        train.SetAction((parsed, ct) => Guarded(() =>
        {
            var settings = parsed.GetValue(store) ? Settings(parsed, false, null) : null;
            var (texts, target) = (parsed.GetValue(folder)!, parsed.GetValue(model)!);
            if (!parsed.GetValue(evaluate))
                return TrainCommand.LearnAsync(texts, target, settings, ct);
            return parsed.GetValue(file) is { } trial
                ? TrainCommand.TryTextsAsync(target, trial)
                : TrainCommand.TryWritersAsync(texts, settings, ct);
        }));
        return train;
    }

    private static Command Import()
    {
        var file = FileArgument("Complaints as JSON lines, or as CSV with a header row; - reads standard input.");
        var encoding = EncodingOption();
        var community = new Option<string?>("--community")
        {
            Description = "Community of lines that name none.",
        };
        var subject = new Option<string?>("--subject-field")
        {
            Description = "A field to put before the text, e.g. subject.",
        };
        var demo = new Option<bool>("--demo") { Description = "Seed a demo company where there is none." };
        var import = new Command(
            "import",
            "Opens a complaint for every line: {community, text, name?, phone?, room?, category?, wantedBy?, "
            + "language?, id?}, in a header row also in Chinese (小区, 内容, 姓名, 电话, 房号, 类别, 希望时间). Lines with an "
            + "id are imported once, however often the command is run. A bad line is reported and skipped.")
        {
            file, encoding, community, subject, demo,
        };
        import.SetAction((parsed, ct) => Guarded(() => ImportCommand.RunAsync(
            Settings(parsed, parsed.GetValue(demo), null),
            new ImportRequest(
                parsed.GetValue(file)!, parsed.GetValue(encoding), parsed.GetValue(community),
                parsed.GetValue(subject)),
            ct)));
        return import;
    }

    private static Option<string?> EncodingOption() => new("--encoding")
    {
        Description = $"How the file is encoded, where it cannot be told: {TextEncodings.Names}.",
    };

    private static Command VerifyLedger()
    {
        var roots = new Option<string?>("--roots")
        {
            Description = "The published roots as somebody outside kept them (roots.jsonl): only they show that the store "
                + "and its anchors were replaced together.",
        };
        var key = new Option<string?>("--key")
        {
            Description = "The public key as somebody outside was handed it (PEM); default: the one kept with the witness.",
        };
        var rows = new Option<bool>("--rows")
        {
            Description = "Compares every row of the report tables with the cases; stop the host first.",
        };
        var verify = new Command(
            "verify-ledger",
            "Recomputes every hash, head, anchor and proof, and names the first place that does not hold. Writes nothing; "
            + "the host may run.")
        {
            roots, key, rows,
        };
        verify.SetAction((parsed, ct) => Guarded(() => LedgerCommands.VerifyAsync(
            Settings(parsed, false, null),
            new VerifyRequest(parsed.GetValue(roots), parsed.GetValue(key), parsed.GetValue(rows)), ct)));
        return verify;
    }

    private static Command Evidence()
    {
        var number = new Argument<string>("COMPLAINT") { Description = "Its number, e.g. HY-2026-000123." };
        var output = new Option<string>("-o", "--output")
        {
            Description = "File to write; - writes to standard output.",
            Required = true,
        };
        var evidence = new Command(
            "evidence",
            "Writes the whole evidence of a case: events, messages, obligations, and the proof that leads to a published root. "
            + "It shows what is personal; treat it as the case itself.")
        {
            number, output,
        };
        evidence.SetAction((parsed, ct) => Guarded(() => EvidenceCommands.MakeAsync(
            Settings(parsed, false, null), parsed.GetValue(number)!, parsed.GetValue(output)!, ct)));
        return evidence;
    }

    private static Command VerifyEvidence()
    {
        var file = FileArgument("The evidence file.");
        var roots = new Option<string>("--roots")
        {
            Description = "The published roots as you kept them (roots.jsonl).",
            Required = true,
        };
        var key = new Option<string?>("--key")
        {
            Description = "The public key (PEM): checks the root's signature too.",
        };
        var verify = new Command(
            "verify-evidence", "Checks an evidence file with published roots and nothing else; see docs/evidence.md.")
        {
            file, roots, key,
        };
        verify.SetAction((parsed, ct) => Guarded(() => EvidenceCommands.VerifyAsync(
            parsed.GetValue(file)!, parsed.GetValue(roots)!, parsed.GetValue(key), ct)));
        return verify;
    }

    private static Command PersonFile()
    {
        var phone = new Argument<string>("PHONE") { Description = "The phone the person is known by." };
        var output = new Option<string>("-o", "--output")
        {
            Description = "File to write; - writes to standard output.",
            Required = true,
        };
        var make = new Command("person-file", "Writes all that is kept of one person to a file, in the clear.")
        {
            phone, output,
        };
        make.SetAction((parsed, ct) => Guarded(() => PersonCommand.MakeAsync(
            Settings(parsed, false, null), parsed.GetValue(phone)!, parsed.GetValue(output)!, ct)));
        return make;
    }

    private static Command RebuildTables()
    {
        var rebuild = new Command(
            "rebuild-tables", "Writes all report and work-list rows afresh from the complaints. The host must be stopped.");
        rebuild.SetAction((parsed, ct) =>
            Guarded(() => LedgerCommands.RebuildAsync(Settings(parsed, false, null), ct)));
        return rebuild;
    }

    private static Command Job()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "Which; a wrong name lists them all.",
        };
        var month = new Option<string?>("--month")
        {
            Description = "Month it is about, yyyy-MM; a job of a year takes the year. Default: as on schedule.",
        };
        var job = new Command(
            "job", "Runs scheduled work by hand, for a given month. Running it again does nothing twice.")
        {
            name, month,
        };
        job.SetAction((parsed, ct) => Guarded(() => JobCommand.RunAsync(
            Settings(parsed, false, null), parsed.GetValue(name)!, parsed.GetValue(month), ct)));
        return job;
    }

    private static Command DemoMonths()
    {
        var months = new Option<int>("--months")
        {
            Description = "How many months, up to now.",
            DefaultValueFactory = _ => 12,
        };
        var perMonth = new Option<int>("--per-month")
        {
            Description = "Complaints a month in each community, about.",
            DefaultValueFactory = _ => 15,
        };
        var demo = new Command(
            "demo", "Lets the demo company live through the last months, in an empty store of its own (--data).")
        {
            months, perMonth,
        };
        demo.SetAction((parsed, ct) => Guarded(() => DemoYear.RunAsync(
            Settings(parsed, true, null), parsed.GetValue(months), parsed.GetValue(perMonth), ct)));
        return demo;
    }

    private static Argument<string> FileArgument(string description) => new("FILE") { Description = description };

    private static string[] Settings(ParseResult parsed, bool demo, string? urls)
    {
        var settings = new List<string>();
        if (demo)
            settings.Add("--CustomerComm:Demo=true");
        if (parsed.GetValue(s_data) is { } data)
            settings.Add($"--CustomerComm:DataDirectory={data}");
        if (parsed.GetValue(s_store) is { } store)
            settings.Add($"--CustomerComm:Store={store}");
        if (parsed.GetValue(s_tables) is { } connection)
            settings.Add($"--CustomerComm:Storage:ConnectionString={connection}");
        if (parsed.GetValue(s_anchors) is { } anchors)
            settings.Add($"--CustomerComm:Anchors={anchors}");
        if (urls is not null)
            settings.AddRange(["--urls", urls]);
        return [.. settings];
    }

    /// <summary>
    /// What the user can mend is one line on the error stream; anything else is a bug and shows its trace.
    /// </summary>
    private static async Task<int> Guarded(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (Exception e) when (StorageFaults.Describe(e) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped; what was done stays done. Run it again to go on.");
            return 130;
        }
    }

    private static async Task<int> ServeAsync(string[] settings, CancellationToken ct)
    {
        await using var app = LocalHost.Build(settings);
        var address = await LocalHost.StartAsync(app, ct);
        Announce(app, address);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    private static void Announce(WebApplication app, Uri address)
    {
        var options = app.Services.GetRequiredService<LocalOptions>();
        var company = app.Services.GetRequiredService<CompanyDirectory>().Company;
        Console.WriteLine($"{company}: data in {options.DataDirectory}");
        Console.WriteLine($"  resident chat      {new Uri(address, "/chat")}");
        if (app.Services.GetRequiredService<WebOptions>().Simulator)
            Console.WriteLine($"  phone simulator    {new Uri(address, "/phones")}");
        else if (options.Demo)
        {
            Console.WriteLine("  Other machines can reach this address: phone simulator and sign-in by a click are off.");
            Console.WriteLine("  Leave --urls out to try the demo.");
        }

        Console.WriteLine($"  staff desk         {new Uri(address, "/desk")}");
        Console.WriteLine($"  management report  {new Uri(address, "/reports")}");
        Console.WriteLine("Ctrl-C ends it.");
    }
}
