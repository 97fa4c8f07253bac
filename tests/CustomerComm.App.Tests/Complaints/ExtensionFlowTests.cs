using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Testing;
using CustomerComm.Testing.Complaints;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>An extension that nobody answers any more (4.6.2-6).</summary>
public sealed class ExtensionFlowTests
{
    [Fact]
    [Clause("4.6.2-6")]
    public async Task Given_it_was_withdrawn_while_an_extension_waited_Then_the_pump_does_not_come_back_for_ever()
    {
        await using var app = await TestApp.StartAsync();
        var complaint = await app.OpenAsync();
        await app.DoAsync(complaint, ComplaintScenario.Triage(), TestCompany.HyDuty);
        await app.DoAsync(complaint, new ComplaintCommand.Accept(), TestCompany.Engineer);
        var told = await app.DoAsync(
            complaint,
            new ComplaintCommand.TellExtension((await app.StateAsync(complaint)).ResolveDue.AddDays(2), "配件未到"),
            TestCompany.Engineer);
        await app.Get<ComplaintKind>().HandleAsync(
            complaint.Stream, new ComplaintCommand.Withdraw(Channel.Chat, "不用了"), new Actor.Resident(), null,
            CancellationToken.None);
        await app.SweepAsync();
        app.Time.Advance(told.Extension!.AnswerBy - app.Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        await app.SweepAsync();
        Assert.DoesNotContain(
            await app.Get<IEventStore>().DueAsync(app.Time.GetUtcNow(), 100, CancellationToken.None),
            s => s.Stream == complaint.Stream);
    }
}
