using System.Collections.Immutable;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Registers;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Registers;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>
/// What can be done with an entry of a register: answer it, put it right, see to what was set aside, make a complaint
/// of it. The rules decide which are offered.
/// </summary>
internal sealed class EntryActs(RegisterKind registers, RegisterComplaints complaints, DeskParts parts)
{
    /// <summary>Makes a complaint of an entry.</summary>
    public const string TakeUp = nameof(TakeUp);

    /// <summary>Says how what was set aside was taken care of.</summary>
    public const string SeeTo = nameof(SeeTo);

    /// <summary>Says why no complaint is made of an opinion.</summary>
    public const string LeaveOut = nameof(LeaveOut);

    private const string Clause = "4.2.1";

    /// <summary>The forms that this person may fill in now; what was set aside comes first.</summary>
    public ImmutableArray<DeskForm> FormsOf(AreaPage page, Register register, RegisterEntry entry)
    {
        var forms = ImmutableArray.CreateBuilder<DeskForm>();
        var number = entry.Number;
        var aside = entry.SetAside;
        if (complaints.May(register, entry, page.Member))
        {
            forms.Add(page.Form(
                TakeUp, [], open: entry.ToTakeUp || (entry.Entered.Apart is not null && entry.SeenTo is null),
                due: entry is { ToTakeUp: true, Entered.TakeUpDue: { } owed } ? page.Words.Time(owed) : null));
        }

        if (May(new RegisterCommand.LeaveOut(number, default, "x")))
        {
            var f = page.Fields(LeaveOut);
            forms.Add(page.Form(LeaveOut, [f.Radio("why", f.Names<LeftOutReason>()), f.Area("words")]));
        }

        if (May(new RegisterCommand.SeeTo(number, "x")))
        {
            forms.Add(page.Form(
                SeeTo, [page.Fields(SeeTo).Area("note")], open: aside,
                due: entry.Entered.AnswerDue is { } due ? page.Words.Time(due) : null));
        }

        if (May(new RegisterCommand.Answer(number, Channel.Phone, "x")))
            forms.Add(AnswerForm(page, entry, open: entry.ToAnswer && !aside));
        var trial = RegistersArea.Trial(parts.Time.Now());
        if (May(new RegisterCommand.Enter(register.Key, trial, WantsAnswer: false, number)))
            forms.Add(page.Form("Correct", [page.Fields("Correct").Area("text")]));
        return forms.ToImmutable();

        bool May(RegisterCommand trial) => registers.Accepts(register, register.Community, trial, page.Member);
    }

    /// <summary>
    /// What was written in a register is shown there; the receipt of the complaint, where its words report a danger.
    /// </summary>
    public async Task<Begun> HeardAsync(
        MatterResult<Register> written, string source, string there, StaffMember by, CancellationToken ct)
    {
        if (written is not MatterResult<Register>.Done { Matter.State: var register })
            return Begun.Of(written, _ => there);
        return await complaints.HearAsync(register.Key, register.Sources[source], by, ct) switch
        {
            TakenUp.Opened opened => new Begun.At($"/desk/new/{opened.Complaint.Number}"),
            TakenUp.Refused no => new Begun.Refused(no.Refusal),
            _ => new Begun.At(there),
        };
    }

    /// <summary>Carries out what was posted; null where the page is to be shown.</summary>
    public Task<IResult?> TakeAsync(AreaPage page, RegisterKey key, int entry, string here, CancellationToken ct) =>
        page.TakeAsync(Clause, (a, seen) =>
        {
            var actor = new Actor.Staff(page.Member);
            switch (a.Action)
            {
                case TakeUp:
                    return () => TakeUpAsync(key, entry, page.Member, ct);
                case SeeTo:
                    var note = a.Text("note");
                    return async () => Begun.Of(
                        await registers.SeeToAsync(key, entry, note, actor, seen, ct), _ => here);
                case LeaveOut:
                    var (why, said) = (a.Named<LeftOutReason>("why"), a.Text("words"));
                    return async () => Begun.Of(
                        await registers.LeaveOutAsync(key, entry, why, said, actor, seen, ct), _ => here);
                case "Correct":
                    var right = a.Text("text");
                    return async () => await HeardAsync(
                        await registers.CorrectAsync(key, entry, seen.Id, right, actor, seen, ct), seen.Id, here,
                        page.Member, ct);
                default:
                    var (channel, text) = (a.Named<Channel>("channel"), a.Text("text"));
                    return async () => Begun.Of(
                        await registers.AnswerAsync(key, entry, channel, text, actor, seen, ct), _ => here);
            }
        });

    private async Task<Begun> TakeUpAsync(RegisterKey key, int entry, StaffMember by, CancellationToken ct) =>
        await complaints.OpenAsync(key, entry, by, ct) switch
        {
            TakenUp.Opened opened => new Begun.At($"/desk/new/{opened.Complaint.Number}"),
            TakenUp.Refused no => new Begun.Refused(no.Refusal),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };

    private static DeskForm AnswerForm(AreaPage page, RegisterEntry entry, bool open)
    {
        var f = page.Fields("Answer");
        return page.Form(
            "Answer",
            [
                f.Select("channel", page.Words.Choices(Channels.OfPeople), entry.Entered.Channel.ToString()),
                f.Area("text"),
            ],
            open: open,
            due: open && entry.Entered.AnswerDue is { } due ? page.Words.Time(due) : null);
    }
}
