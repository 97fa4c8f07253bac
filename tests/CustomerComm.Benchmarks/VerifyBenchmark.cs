using System.Diagnostics;
using CustomerComm.App.Company;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ledger;
using CustomerComm.App.Matters;
using CustomerComm.App.Pumping;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Benchmarks;

/// <summary>
/// How fast <c>verify-ledger</c> goes over complaints with notes of staff, whole: chains, messages, states, persons' keys
/// and anchors. It fails below 20,000 events a second.
/// </summary>
internal static class VerifyBenchmark
{
    private const double Wanted = 20_000;
    private const int Notes = 20;

    public static async Task<int> RunAsync(int complaints, CancellationToken ct)
    {
        using var directory = new TempDirectory();
        await using (var services = SurveyWorker.Services(0, directory.Path))
        {
            await services.GetRequiredService<RulesBook>().LoadAsync(TimeProvider.System, ct);
            await Parallel.ForEachAsync(
                Enumerable.Range(0, complaints), ct, async (i, stop) => await FillAsync(services, i, stop));
            await services.GetRequiredService<Sweeper>().RunAsync(ct);
            await services.GetRequiredService<LedgerAnchoring>().PublishAsync(new DateOnly(2026, 1, 1), ct);
        }

        // Twice: the first time the runtime translates, as it does for a few seconds of any long run.
        var speed = 0.0;
        for (var round = 0; round < 2; round++)
        {
            await using var services = SurveyWorker.Services(0, directory.Path);
            await services.GetRequiredService<RulesBook>().ReadAsync(ct);
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var report = await services.GetRequiredService<LedgerVerifier>().VerifyAsync(null, ct);
            if (report.Fault is { } fault)
                throw new InvalidOperationException(fault.Text);
            speed = report.Events / watch.Elapsed.TotalSeconds;
            var used = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            Console.WriteLine(
                $"{report.Streams} streams, {report.Events} events in {watch.Elapsed.TotalSeconds:0.0} s: {speed:N0} a second, "
                + $"{report.Events / used:N0} a second of one processor");
        }

        return speed >= Wanted ? 0 : 1;
    }

    private static async Task FillAsync(IServiceProvider services, int i, CancellationToken ct)
    {
        var request = new IntakeRequest(
            TestCompany.HY, "电梯坏了三天没人修", null, null, null, null, Channel.Http, Category.Equipment, [], null, null,
            IsLetter: false, null, $"m{i}");
        var opened = await services.GetRequiredService<Intake>().ReceiveAsync(request, new Actor.Resident(), ct);
        var stream = ((MatterResult<Complaint>.Done)opened).Matter.Stream;
        for (var note = 0; note < Notes; note++)
        {
            await services.GetRequiredService<ComplaintKind>().HandleAsync(
                stream, new ComplaintCommand.Note(Channel.Http, $"第{note}次补充"), new Actor.Resident(), null, ct);
        }
    }
}
