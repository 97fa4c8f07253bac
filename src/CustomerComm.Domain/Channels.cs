using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace CustomerComm.Domain;

/// <summary>
/// By which way a message came in or goes out (4.2). A channel is one entry here and its name in resources; one that is
/// written to also needs an <c>IMessageChannel</c>, and an entrance where people write by it.
/// </summary>
public enum Channel
{
    /// <summary>Chatbot.</summary>
    [Way(5, Talk = "chat", Interactive = true, Meets = true)] Chat,
    /// <summary>Text message.</summary>
    [Way(4, Talk = "sms", ByPhone = true, Short = true, Meets = true)] Sms,
    /// <summary>The HTTP interface.</summary>
    [Way(7, Interface = true)] Http,
    /// <summary>Telephone, entered at the desk.</summary>
    [Way(1, AtDesk = true, Meets = true)] Phone,
    /// <summary>In person, entered at the desk.</summary>
    [Way(2, AtDesk = true, Meets = true)] WalkIn,
    /// <summary>A letter; its answer needs the leader's approval (4.6.1-2-E).</summary>
    [Way(3, AtDesk = true, Meets = true, Letter = true)] Letter,
    /// <summary>Transferred by the company (4.6.2-2).</summary>
    [Way(6, AtDesk = true)] Company,
    /// <summary>A work order of an authority, e.g. the city's hotline (4.6.2-2).</summary>
    [Way(8)] Outside,
}

/// <summary>What a channel is like. <paramref name="place"/>: its place in lists, the usual before the rare.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WayAttribute(int place) : Attribute
{
    /// <summary>Its place in lists.</summary>
    public int Place { get; } = place;

    /// <summary>
    /// Beginning of the streams of conversations; null where nobody talks to the system by it. Who does has the answer
    /// in the reply itself.
    /// </summary>
    public string? Talk { get; set; }

    /// <summary>
    /// What addresses of conversations by this channel begin with, before a colon; null where addresses are known
    /// otherwise: telephone numbers, and those of the chat.
    /// </summary>
    public string? Scheme { get; set; }

    /// <summary>Conversations are known by a telephone number.</summary>
    public bool ByPhone { get; set; }

    /// <summary>
    /// Asks back with choices to click; elsewhere one message may be the only one, and a person sorts it. Replies stay
    /// in the transcript for who fetches them.
    /// </summary>
    public bool Interactive { get; set; }

    /// <summary>A message is at most two segments of a text message long.</summary>
    public bool Short { get; set; }

    /// <summary>Another system, which has the acknowledgement in the answer to its request.</summary>
    public bool Interface { get; set; }

    /// <summary>What comes by it is entered by staff.</summary>
    public bool AtDesk { get; set; }

    /// <summary>A resident can be met by it: called, written to, asked.</summary>
    public bool Meets { get; set; }

    /// <summary>Its answer needs the leader's approval (4.6.1-2-E).</summary>
    public bool Letter { get; set; }
}

/// <summary>What there is to know of channels.</summary>
public static class Channels
{
    private static readonly FrozenDictionary<Channel, WayAttribute> s_ways = Enum.GetValues<Channel>()
        .ToFrozenDictionary(
            c => c, c => typeof(Channel).GetField(c.ToString())!.GetCustomAttribute<WayAttribute>()!);

    private static readonly ImmutableArray<Channel> s_schemes = Where(w => w.Scheme is not null);

    /// <summary>All of them, in their places.</summary>
    public static ImmutableArray<Channel> All { get; } = Where(_ => true);

    /// <summary>Those that staff enter by.</summary>
    public static ImmutableArray<Channel> AtDesk { get; } = Where(w => w.AtDesk);

    /// <summary>Those by which a person meets a resident: a call, a visit, a letter.</summary>
    public static ImmutableArray<Channel> ByPerson { get; } = Where(w => w.AtDesk && w.Meets);

    /// <summary>Those by which a resident can be met.</summary>
    public static ImmutableArray<Channel> Meeting { get; } = Where(w => w.Meets);

    /// <summary>Those by which staff and residents speak with each other.</summary>
    public static ImmutableArray<Channel> Spoken { get; } = Where(w => w is { AtDesk: true, Meets: true, Letter: false });

    /// <summary>Those by which people, not systems, come.</summary>
    public static ImmutableArray<Channel> OfPeople { get; } = Where(w => !w.Interface);

    /// <summary>Those an interface may name: its own, and for staff those of the desk.</summary>
    public static ImmutableArray<Channel> OfInterfaces { get; } = Where(w => w.Interface || w.AtDesk);

    /// <summary>Those by which people talk to the system.</summary>
    public static ImmutableArray<Channel> Talking { get; } = Where(w => w.Talk is not null);

    /// <summary>What the channel is like.</summary>
    public static WayAttribute Way(this Channel channel) => s_ways[channel];

    /// <summary>True where whoever comes by it is there at that moment: they talk, write or stand at the desk.</summary>
    public static bool IsLive(this Channel channel) => channel.Way() is { Meets: true, Letter: false };

    /// <summary>The channel of a conversation that has no telephone number, by its address.</summary>
    public static Channel OfAddress(string address)
    {
        foreach (var channel in s_schemes)
        {
            if (address.StartsWith(s_ways[channel].Scheme + ":", StringComparison.Ordinal))
                return channel;
        }

        return Channel.Chat;
    }

    private static ImmutableArray<Channel> Where(Func<WayAttribute, bool> which) =>
        [.. s_ways.Where(w => which(w.Value)).OrderBy(w => w.Value.Place).Select(w => w.Key)];
}
