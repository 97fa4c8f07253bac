using CustomerComm.Domain;
using CustomerComm.Domain.Directory;

namespace CustomerComm.App.Messages;

/// <summary>What whoever is in danger reads before anything else (4.5.1, 4.6.1-1).</summary>
public static class Emergency
{
    /// <summary>The emergency numbers and the hotline of a community, in one sentence.</summary>
    public static string TextOf(Community community, Language language) => Texts.Format(
        "Danger.Call", language, ("emergency", NumbersOf(community)), ("hotline", community.Hotline));

    /// <summary>Its emergency numbers, e.g. <c>119/110/120</c>.</summary>
    public static string NumbersOf(Community community) => string.Join('/', community.Emergency);
}
