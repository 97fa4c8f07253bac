using CustomerComm.App.Calls;
using CustomerComm.App.Complaints;
using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.App.Orders;
using CustomerComm.App.Ports;
using CustomerComm.App.SignIns;
using CustomerComm.App.Storage;
using CustomerComm.App.Surveys;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Surveys;

namespace CustomerComm.App.Privacy;

/// <summary>Makes the file of a person, from what the rows lead to.</summary>
public sealed class PersonFileMaker(
    PersonFinder finder, ComplaintKind complaints, OrderKind orders, CallKind calls, HomeAnswerKind answers, SignInKind signIns,
    SurveyHomes homes, AccessLog access, ConversationStreams conversations, CompanyDirectory directory, Pseudonyms pseudonyms,
    IEventStore store, ITables tables, SealedJson json, TimeProvider time)
{
    private const int FirstYear = 2020;

    /// <summary>The file of the person with this phone (E.164) or conversation.</summary>
    public async Task<PersonFile> MakeAsync(string address, CancellationToken ct)
    {
        var person = await finder.FindAsync(address, ct);
        var matters = new List<PersonMatter>();
        var streams = new List<(StreamId Stream, string Number)>();
        Add(complaints, person.Complaints);
        Add(orders, person.Orders);
        Add(calls, await CallsAsync(address, ct));
        Add(answers, await AnswersAsync(person, ct));
        var (resident, member) = Known(address);
        if (member is not null && await signIns.LogAsync(member.Id, ct) is { } log)
            Add(signIns, [log]);
        var lines = new List<PersonLine>();
        foreach (var talk in person.Conversations.Append(address))
            lines.AddRange(await TalkAsync(talk, ct));
        return new PersonFile(
            time.Now(), address, resident?.Resident.Name ?? member?.Name, resident?.Home.Room.Value, matters,
            await MessagesAsync(streams, [.. person.Conversations, address], ct), lines, await LookedAsync(person, ct));

        void Add<TMatter, TState, TCommand, TEvent>(
            MatterKind<TMatter, TState, TCommand, TEvent> kind, IEnumerable<LoadedMatter<TState>> found)
            where TMatter : IMatter<TState, TCommand, TEvent>
            where TState : class, IMatterState
            where TCommand : class
            where TEvent : class
        {
            foreach (var m in found)
            {
                streams.Add((m.Stream, m.State.Number));
                matters.Add(new PersonMatter(
                    kind.Prefix, m.State.Number,
                    [
                        .. m.Events.Select(e => new PersonEvent(
                            e.At, e.Event.GetType().Name, kind.IsForPerson(e.Event) ? e.Event : null)),
                    ]));
            }
        }
    }

    private (RegisteredResident? Resident, StaffMember? Member) Known(string address) =>
        PhoneNumber.TryCreate(address, out var phone)
            ? (directory.FindResident(phone), directory.FindStaff(phone)) : (null, null);

    private async Task<List<LoadedMatter<Domain.Calls.Call>>> CallsAsync(string address, CancellationToken ct)
    {
        var found = new List<LoadedMatter<Domain.Calls.Call>>();
        foreach (var community in directory.Communities)
        {
            await foreach (var row in tables.RowsAsync<CallerRow>(CallKind.CallersOf(pseudonyms, community.Id, address), ct))
            {
                if (await calls.LoadAsync(new StreamId(row.Stream), ct) is { } call)
                    found.Add(call);
            }
        }

        return found;
    }

    private async Task<List<LoadedMatter<HomeAnswer>>> AnswersAsync(FoundPerson person, CancellationToken ct)
    {
        var found = new List<LoadedMatter<HomeAnswer>>();
        if (person.Home is null || Known(person.Address).Resident is not { Home: var home })
            return found;
        for (var year = FirstYear; year <= time.Now().Year + 1; year++)
        {
            var stream = answers.StreamOf($"{Survey.IdOf(home.Community, year)}.{homes.IdOf(home)}");
            if (await answers.LoadAsync(stream, ct) is { } answer)
                found.Add(answer);
        }

        return found;
    }

    private async Task<List<PersonLook>> LookedAsync(FoundPerson person, CancellationToken ct)
    {
        var found = new List<PersonLook>();
        foreach (var complaint in person.Complaints)
        {
            found.AddRange((await access.OfAsync(complaint.State.Number, ct))
                .Select(r => new PersonLook(r.At, r.Number, r.Unit, r.What)));
        }

        return found;
    }

    private async Task<IEnumerable<PersonLine>> TalkAsync(string address, CancellationToken ct)
    {
        var channel = PhoneNumber.TryCreate(address, out _) ? Channel.Sms : Channels.OfAddress(address);
        return await conversations.LoadAsync(conversations.StreamOf(channel, address), ct) is { } talk
            ? talk.Lines.Select(l => new PersonLine(l.At, l.Event.GetType().Name, TextsOf(l.Event)))
            : [];
    }

    private static IReadOnlyList<string> TextsOf(ConversationEvent e) => e switch
    {
        ConversationEvent.Incoming x => [x.Text.Value],
        ConversationEvent.Handled x => [.. x.Replies.Select(r => r.Text.Value)],
        ConversationEvent.Told x => [x.Text.Value],
        _ => [],
    };

    private async Task<List<PersonMessage>> MessagesAsync(
        IEnumerable<(StreamId Stream, string Number)> streams, HashSet<string> addresses, CancellationToken ct)
    {
        var found = new List<PersonMessage>();
        foreach (var (stream, number) in streams)
        {
            foreach (var message in await store.ReadOutboxAsync(stream, ct, all: true))
            {
                var sent = (OutgoingMessage)await json.ReadAsync(message.Payload, typeof(OutgoingMessage), ct);
                if (addresses.Contains(sent.To.Value))
                {
                    found.Add(new PersonMessage(
                        message.NextAttempt, number, sent.Channel.ToString(), message.Status.ToString(), sent.Text.Value));
                }
            }
        }

        return found;
    }
}
