using System.Collections.Immutable;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Notices;

/// <summary>What can happen to a batch of messages about a notice. Stored types.</summary>
public abstract record NoticePostEvent
{
    private NoticePostEvent()
    {
    }

    /// <summary>
    /// These households of one community were written to, or one <paramref name="Conversation"/>.
    /// <paramref name="Notice"/> is the stream of the notice; the next batch begins behind <paramref name="UpTo"/>.
    /// </summary>
    public sealed record NoticePosted(
        string Notice, string Number, CommunityId Community, string PolicyVersion, Unit Lead, int Edition,
        NoticeChange Change, NoticeType Kind, Personal Title, Personal? TitleEn, ImmutableArray<PostedHome> Homes,
        Personal? Conversation, Language Language, Personal UpTo, bool Urgent = false) : NoticePostEvent;

    /// <summary>One of them said that they have read it.</summary>
    public sealed record NoticeOpened(int Reader) : NoticePostEvent;
}

/// <summary>A household in a batch, with the number of people on file who were written to.</summary>
public sealed record PostedHome(Personal Room, int Messages);

/// <summary>What can be asked of a batch.</summary>
public abstract record NoticePostCommand
{
    private NoticePostCommand()
    {
    }

    /// <summary>Writes to these homes of one community; <see cref="NoticePostMatter.MostHomes"/> at most.</summary>
    public sealed record ToHomes(string Notice, Notice State, CommunityId Community, ImmutableArray<Room> Rooms)
        : NoticePostCommand;

    /// <summary>Writes to one chat; <paramref name="Key"/> is its place in the order.</summary>
    public sealed record ToChat(
        string Notice, Notice State, CommunityId Community, string Conversation, Language Language, string Key)
        : NoticePostCommand;

    /// <summary>A reader opened their link.</summary>
    public sealed record Open(int Reader) : NoticePostCommand;
}

/// <summary>A batch as it stands: <paramref name="Opened"/> are the readers who said that they have read it.</summary>
public sealed record NoticePost(NoticePostEvent.NoticePosted Posted, ImmutableSortedSet<int> Opened) : IMatterState
{
    /// <inheritdoc/>
    public CommunityId Community => Posted.Community;

    /// <inheritdoc/>
    public string PolicyVersion => Posted.PolicyVersion;

    /// <inheritdoc/>
    public string Number => Posted.Number;

    /// <inheritdoc/>
    public Unit Lead => Posted.Lead;

    /// <inheritdoc/>
    public bool Urgent => Posted.Urgent;

    /// <inheritdoc/>
    public bool Open => false;

    /// <summary>A wrong number in a thousand must not fill the manager's phone: the notice lists them.</summary>
    public bool TellsLosses => false;

    /// <summary>How many readers there are: households, or one chat.</summary>
    public int Readers => Posted.Conversation is null ? Posted.Homes.Length : 1;

    /// <summary>The reader that the message with this running number went to.</summary>
    public int ReaderOf(int message)
    {
        for (var i = 0; i < Posted.Homes.Length; i++)
        {
            message -= Posted.Homes[i].Messages;
            if (message < 0)
                return i;
        }

        return Math.Max(0, Readers - 1);
    }
}

/// <summary>
/// The messages about a notice to a batch of households, in one append, with the evidence of who opened the link: each
/// reader has a link of their own, counted once (4.2.2).
/// </summary>
public sealed class NoticePostMatter : IMatter<NoticePost, NoticePostCommand, NoticePostEvent>
{
    /// <summary>Most households of a batch.</summary>
    public const int MostHomes = 20;

    /// <summary>Most people written to in one household, the first on file.</summary>
    public const int MostOfHome = 2;

    /// <summary>Page of the link in the messages.</summary>
    public const string Page = "n";

    private NoticePostMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<NoticePostEvent> Decide(
        NoticePost? state, NoticePostCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        return (state, command) switch
        {
            // Whoever was written to once is not written to again, whatever the list of homes says now.
            (not null, NoticePostCommand.ToHomes or NoticePostCommand.ToChat) => Check.Yes<NoticePostEvent>(),
            (null, NoticePostCommand.ToHomes c) => Check.Yes<NoticePostEvent>(ToHomes(c, rules)),
            (null, NoticePostCommand.ToChat c) => Check.Yes<NoticePostEvent>(ToChat(c, rules)),
            ({ } s, NoticePostCommand.Open o) when o.Reader >= 0 && o.Reader < s.Readers =>
                s.Opened.Contains(o.Reader)
                    ? Check.Yes<NoticePostEvent>()
                    : Check.Yes<NoticePostEvent>(new NoticePostEvent.NoticeOpened(o.Reader)),
            (_, NoticePostCommand.Open) => Check.No<NoticePostEvent>(
                new Refusal(RefusalCode.LinkInvalid, "4.2.2", "The link is not valid.")),
            _ => throw new InvalidOperationException($"Unknown command {command?.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static NoticePost Evolve(NoticePost? state, NoticePostEvent e, DateTimeOffset at) =>
        (state, e) switch
        {
            (null, NoticePostEvent.NoticePosted p) => new NoticePost(p, []),
            ({ } s, NoticePostEvent.NoticeOpened o) => s with { Opened = s.Opened.Add(o.Reader) },
            _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
        };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(NoticePost state) => [];

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(NoticePostEvent e, NoticePost state, Rules rules)
    {
        if (e is not NoticePostEvent.NoticePosted p)
            yield break;
        if (p.Conversation is { } conversation)
        {
            yield return Write(p, new Recipient.Resident(null, conversation.Value, p.Language), 0);
            yield break;
        }

        foreach (var (i, home) in p.Homes.Index())
        {
            var people = rules.Directory.FindHome(p.Community, home.Room.Value)?.Residents ?? [];
            foreach (var resident in people.Where(r => r.TakesTexts).Take(home.Messages))
            {
                var to = new Recipient.Resident(new Personal(resident.Phone.Value), null, resident.Language);
                yield return Write(p, to, i);
            }
        }
    }

    private static NoticePostEvent.NoticePosted ToHomes(NoticePostCommand.ToHomes c, Rules rules)
    {
        var homes = c.Rooms.Select(r => rules.Directory.FindHome(c.Community, r.Value)).OfType<Home>()
            .Take(MostHomes).ToList();
        var posted = homes.Select(h => new PostedHome(
            new Personal(h.Room.Value), Math.Min(MostOfHome, h.Residents.Count(r => r.TakesTexts))));
        return Posted(
            c.Notice, c.State, c.Community, rules, [.. posted], null, Languages.Default, Audience.KeyOf(homes[^1]));
    }

    private static NoticePostEvent.NoticePosted ToChat(NoticePostCommand.ToChat c, Rules rules) => Posted(
        c.Notice, c.State, c.Community, rules, [], new Personal(c.Conversation), c.Language, c.Key);

    private static NoticePostEvent.NoticePosted Posted(
        string notice, Notice s, CommunityId community, Rules rules, ImmutableArray<PostedHome> homes,
        Personal? conversation, Language language, string upTo)
    {
        var text = s.Current!.Text;
        return new NoticePostEvent.NoticePosted(
            notice, s.Number, community, rules.PolicyVersion, s.Lead, s.Spreading!.Edition, s.Spreading.Change, s.Kind,
            text.Title, text.TitleEn, homes, conversation, language, new Personal(upTo), s.Current.Urgent);
    }

    private static MatterMessage Write(
        NoticePostEvent.NoticePosted p, Recipient.Resident to, int reader)
    {
        var title = Languages.Pick(to.Language, p.Title, p.TitleEn);
        return new MatterMessage(
            $"Notice{p.Change}", to,
            [("kind", new Word.Named(p.Kind)), ("text", new Word.Said(title.Value))], Page, reader)
        {
            Bulk = true,
        };
    }
}
