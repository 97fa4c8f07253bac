using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Policies;

namespace CustomerComm.Domain.Matters;

/// <summary>Decides for whoever acts for a vacant post, too: what is not theirs may be that post's.</summary>
public static class Acting
{
    /// <summary>As the actor; where that is refused as none of theirs, as each of those they act for.</summary>
    public static Decision<TEvent> Decide<TMatter, TState, TCommand, TEvent>(
        TState? state, TCommand command, Actor actor, CommunityId community, DateTimeOffset now, Rules rules)
        where TMatter : IMatter<TState, TCommand, TEvent>
        where TState : class, IMatterState
        where TCommand : class
        where TEvent : class
    {
        var decision = TMatter.Decide(state, command, actor, now, rules);
        if (decision is not Decision<TEvent>.Refused { Refusal.Code: RefusalCode.NotYours }
            || actor is not Actor.Staff { Member: var member })
        {
            return decision;
        }

        foreach (var worn in rules.Directory.Wearing(member, community).Skip(1))
        {
            if (TMatter.Decide(state, command, new Actor.Staff(worn), now, rules) is Decision<TEvent>.Accepted accepted)
                return accepted;
        }

        return decision;
    }
}
