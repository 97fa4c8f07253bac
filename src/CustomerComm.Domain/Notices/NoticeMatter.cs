using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Notices;

/// <summary>
/// Notices to residents: drafted, published at a time, replaced by new editions, corrected and withdrawn in sight
/// (4.1.1–4.1.3, 4.2.2).
/// </summary>
public sealed class NoticeMatter : IMatter<Notice, NoticeCommand, NoticeEvent>
{
    private const string Clause = "4.2.2";

    private NoticeMatter()
    {
    }

    /// <inheritdoc/>
    public static Decision<NoticeEvent> Decide(
        Notice? state, NoticeCommand command, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (command is NoticeCommand.Draft draft)
            return Draft(state, draft, actor, now, rules);
        if (state is null)
            return Refuse("There is no such notice.");
        if (command is NoticeCommand.Spread spread)
            return Spread(state, spread, actor);
        if (command is NoticeCommand.Publish && actor is Actor.System)
            return PublishInTime(state, now);
        if (May(actor, state.Community, state.Audience) is { } no)
            return Check.No<NoticeEvent>(no);
        var by = ((Actor.Staff)actor).Member.Id;
        return command switch
        {
            NoticeCommand.Redraft c => Redraft(state, c, by),
            NoticeCommand.Plan c => Plan(state, c, by, now, rules),
            NoticeCommand.Publish c => Publish(state, c, by),
            NoticeCommand.Discard c => Discard(state, c, by),
            NoticeCommand.Revise c => Revise(state, c, by, now, rules),
            NoticeCommand.Withdraw c => Withdraw(state, c, by),
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };
    }

    /// <inheritdoc/>
    public static Notice Evolve(Notice? state, NoticeEvent e, DateTimeOffset at) => (state, e) switch
    {
        (null, NoticeEvent.NoticeDrafted d) => new Notice(
            d.Number, d.Community, d.PolicyVersion, d.Unit, d.Kind, d.Audience, d.Sms, [])
        {
            Pending = new Edition(1, d.Text, d.By, at, d.Due, null, null, NoticeChange.New, null),
        },
        ({ } s, NoticeEvent.NoticeRedrafted r) => s with { Pending = s.Pending! with { Text = r.Text, By = r.By } },
        ({ } s, NoticeEvent.NoticePlanned p) => s with
        {
            Pending = s.Pending! with { PublishAt = p.At, By = p.By, Due = p.Due },
        },
        ({ } s, NoticeEvent.NoticePublished p) => s with
        {
            Editions = s.Editions.Add(s.Pending! with { PublishedAt = at, Urgent = p.Urgent }),
            Pending = null,
            Spreading = new Spreading(s.Pending.No, s.Pending.Change, "", null, 0, 0, Done: false),
        },
        ({ } s, NoticeEvent.NoticeDiscarded d) => s with
        {
            Pending = null,
            DiscardedFor = s.Current is null ? d.Reason : null,
        },
        ({ } s, NoticeEvent.NoticeRevised r) => s with
        {
            Pending = new Edition(r.Edition, r.Text, r.By, at, r.Due, null, null, r.Change, r.Reason),
        },
        ({ } s, NoticeEvent.NoticeWithdrawn w) => s with
        {
            WithdrawnAt = at,
            WithdrawnFor = w.Reason,
            Pending = null,
            // Only whoever has heard of it is told that it no longer holds.
            Spreading = new Spreading(
                s.Current!.No, NoticeChange.Withdrawn, "", s.Furthest, 0, 0, Done: s.Furthest.Length == 0),
        },
        ({ } s, NoticeEvent.NoticeSpread p) => s with
        {
            Spreading = s.Spreading! with
            {
                UpTo = p.UpTo.Value,
                Households = s.Spreading.Households + p.Households,
                Chats = s.Spreading.Chats + p.Chats,
                Done = p.Done,
            },
            Furthest = string.CompareOrdinal(p.UpTo.Value, s.Furthest) > 0 ? p.UpTo.Value : s.Furthest,
        },
        _ => throw new InvalidOperationException($"{e?.GetType().Name} cannot follow here."),
    };

    /// <inheritdoc/>
    public static IEnumerable<Obligation> Owed(Notice state)
    {
        if (state.Pending is { } p)
        {
            yield return new Obligation(
                ObligationKind.PublishNotice, $"e{p.No}", Party.Of(p.By), p.PublishAt ?? p.Due, Clause, null);
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<MatterMessage> Messages(NoticeEvent e, Notice state, Rules rules) => [];

    /// <summary>
    /// Who may write and publish: the community's office for its own, the departments for any; only they for all.
    /// </summary>
    public static Refusal? May(Actor actor, CommunityId community, Audience audience)
    {
        return audience.Kind == AudienceKind.All
            ? Check.Staff(actor, Clause, "a department of the company, for notices to all communities",
                m => m.Unit != Unit.Office)
            : Check.Staff(actor, Clause, "the community's office or a department of the company",
                m => m.Unit != Unit.Office || m.Community == community);
    }

    private static Decision<NoticeEvent> Draft(
        Notice? state, NoticeCommand.Draft c, Actor actor, DateTimeOffset now, Rules rules)
    {
        if (state is not null)
            return Check.Yes<NoticeEvent>();
        if (May(actor, c.Community, c.Audience) is { } no)
            return Check.No<NoticeEvent>(no);
        var by = ((Actor.Staff)actor).Member;
        return Check.Unless<NoticeEvent>(
            Check.Optional(c.Audience.Building, "building", Clause, 20) ?? Reach(c, rules.Directory) ?? Words(c.Text),
            new NoticeEvent.NoticeDrafted(
                c.Number, c.Community, rules.PolicyVersion, by.Unit, c.Kind, c.Audience, c.Sms, c.Text, by.Id,
                rules.Due(now, rules.Policy.Notices.Publish)));
    }

    private static Refusal? Reach(NoticeCommand.Draft c, CompanyDirectory directory)
    {
        if (directory.Find(c.Community) is null)
            return Check.Bad("community", Clause, $"There is no community '{c.Community}'.");
        switch (c.Audience.Kind)
        {
            case AudienceKind.Building when string.IsNullOrWhiteSpace(c.Audience.Building):
                return Check.Bad("building", Clause, "'building' is empty; write the number of the building, e.g. 3.");
            case AudienceKind.Building when !c.Audience.Homes(c.Community, directory).Any():
                return Check.Bad("building", Clause, $"No home of building '{c.Audience.Building}' is on file.");
            case AudienceKind.Households when c.Audience.Rooms.Length is 0 or > Audience.MostHouseholds:
                return Check.Bad("rooms", Clause, $"'rooms': name 1 to {Audience.MostHouseholds} homes, one a line.");
            case AudienceKind.Households:
                var unknown = c.Audience.Rooms.FirstOrDefault(r => directory.FindHome(c.Community, r.Value) is null);
                return unknown.Value is null
                    ? null
                    : Check.Bad("rooms", Clause, $"'rooms': there is no home '{unknown.Value}' on file.");
            default:
                return null;
        }
    }

    private static Refusal? Words(NoticeText text) =>
        Check.Text(text.Title.Value, "title", Clause, NoticeText.LongestTitle)
        ?? Check.Text(text.Body.Value, "body", Clause, NoticeText.LongestBody)
        ?? Check.Optional(text.TitleEn?.Value, "titleEn", Clause, NoticeText.LongestTitle * 2)
        ?? Check.Optional(text.BodyEn?.Value, "bodyEn", Clause, NoticeText.LongestBody)
        ?? Check.Optional(text.Source, "source", Clause, 200)
        ?? (text.TitleEn is null == text.BodyEn is null
            ? null
            : Check.Bad(
                text.TitleEn is null ? "titleEn" : "bodyEn", Clause,
                "English needs both a title and a text, or neither."));

    private static Decision<NoticeEvent> Redraft(Notice s, NoticeCommand.Redraft c, StaffId by)
    {
        if (s.Pending is not { } pending)
            return Refuse("Nothing is drafted; what is published is changed by a new version or a correction.");
        return pending.Text == c.Text
            ? Check.Yes<NoticeEvent>()
            : Check.Unless<NoticeEvent>(Words(c.Text), new NoticeEvent.NoticeRedrafted(c.Text, by));
    }

    private static Decision<NoticeEvent> Plan(
        Notice s, NoticeCommand.Plan c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s.Pending is not { } pending)
            return Refuse("Nothing is drafted.");
        if (pending.PublishAt == c.At)
            return Check.Yes<NoticeEvent>();
        if (c.At <= now)
        {
            return Check.No<NoticeEvent>(
                Check.Bad("at", Clause, "'at' has passed; choose a later time or publish now."));
        }

        return c.At > rules.Due(now, rules.Policy.Furthest)
            ? Check.No<NoticeEvent>(Check.Bad("at", Clause, $"'at' lies more than {rules.Policy.Furthest} ahead."))
            : Check.Yes<NoticeEvent>(
                new NoticeEvent.NoticePlanned(c.At, by, rules.Due(now, rules.Policy.Notices.Publish)));
    }

    private static Decision<NoticeEvent> PublishInTime(Notice s, DateTimeOffset now) =>
        s.Pending is { PublishAt: { } at } pending && at <= now
            ? Check.Yes<NoticeEvent>(new NoticeEvent.NoticePublished(pending.No, null))
            : Check.Yes<NoticeEvent>();

    private static Decision<NoticeEvent> Publish(Notice s, NoticeCommand.Publish c, StaffId by)
    {
        if (s.Pending is { } pending)
            return Check.Yes<NoticeEvent>(new NoticeEvent.NoticePublished(pending.No, by, c.Urgent));
        return s.Stage == NoticeStage.Published ? Check.Yes<NoticeEvent>() : Refuse("Nothing is drafted.");
    }

    private static Decision<NoticeEvent> Discard(Notice s, NoticeCommand.Discard c, StaffId by)
    {
        if (s.Pending is not { } pending)
            return s.Stage == NoticeStage.Discarded ? Check.Yes<NoticeEvent>() : Refuse("Nothing is drafted.");
        return Check.Unless<NoticeEvent>(
            Check.Text(c.Reason, "reason", Clause),
            new NoticeEvent.NoticeDiscarded(pending.No, new Personal(c.Reason), by));
    }

    private static Decision<NoticeEvent> Revise(
        Notice s, NoticeCommand.Revise c, StaffId by, DateTimeOffset now, Rules rules)
    {
        if (s.Stage != NoticeStage.Published)
            return Refuse("Only what is published can get a new version or be corrected.");
        if (s.Pending is { } p)
        {
            return p.Change == c.Change && p.Text == c.Text && p.Reason?.Value == c.Reason
                ? Check.Yes<NoticeEvent>()
                : Refuse("A new version is drafted already; publish or discard it first.");
        }

        if (c.Change is not (NoticeChange.Renewed or NoticeChange.Corrected))
            return Check.No<NoticeEvent>(Check.Bad("change", Clause, "'change' must be Renewed or Corrected."));
        return Check.Unless<NoticeEvent>(
            Check.Text(c.Reason, "reason", Clause) ?? Words(c.Text),
            new NoticeEvent.NoticeRevised(
                s.Current!.No + 1, c.Change, new Personal(c.Reason), c.Text, by,
                rules.Due(now, rules.Policy.Notices.Publish)));
    }

    private static Decision<NoticeEvent> Withdraw(Notice s, NoticeCommand.Withdraw c, StaffId by)
    {
        if (s.Stage == NoticeStage.Withdrawn)
            return Check.Yes<NoticeEvent>();
        return s.Current is null
            ? Refuse("It is not published; discard the draft instead.")
            : Check.Unless<NoticeEvent>(
                Check.Text(c.Reason, "reason", Clause), new NoticeEvent.NoticeWithdrawn(new Personal(c.Reason), by));
    }

    /// <summary>What went out late for an edition that was replaced meanwhile does not count for the new one.</summary>
    private static Decision<NoticeEvent> Spread(Notice s, NoticeCommand.Spread c, Actor actor)
    {
        if (actor is not Actor.System)
            return Check.No<NoticeEvent>(new Refusal(RefusalCode.NotYours, Clause, "Only the system records this."));
        return s.Spreading is not { Done: false } now || now.Edition != c.Edition || now.Change != c.Change
            || string.CompareOrdinal(c.UpTo, now.UpTo) < 0 || (c.UpTo == now.UpTo && !c.Done)
            ? Check.Yes<NoticeEvent>()
            : Check.Yes<NoticeEvent>(new NoticeEvent.NoticeSpread(
                c.Edition, c.Change, new Personal(c.UpTo), c.Households, c.Chats, c.Done));
    }

    private static Decision<NoticeEvent> Refuse(string text) =>
        Check.No<NoticeEvent>(Check.WrongStage(Clause, text));
}
