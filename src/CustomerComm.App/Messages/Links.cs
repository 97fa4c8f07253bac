using System.ComponentModel.DataAnnotations;
using BitFaster.Caching.Lru;
using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Messages;

/// <summary>Where the pages are found from outside, and who sends the text messages.</summary>
public sealed record AppOptions
{
    /// <summary>Address of the web site as people reach it, http or https, without a slash at the end.</summary>
    [Required(ErrorMessage = AddressWanted), RegularExpression(@"https?://\S*[^\s/]", ErrorMessage = AddressWanted)]
    public string PublicUrl { get; set; } = "";

    /// <summary>The company's own number for text messages, E.164; messages from it are never answered.</summary>
    [Required(ErrorMessage = NumberWanted), RegularExpression(@"\+[1-9][0-9]{6,14}", ErrorMessage = NumberWanted)]
    public string SmsNumber { get; set; } = "";

    /// <summary>
    /// File of a classifier model learnt from the company's own complaints (<c>train --from-store --model FILE</c>);
    /// without it the model that comes with the product. See docs/classifier.md.
    /// </summary>
    public string? ClassifierModel { get; set; }

    private const string AddressWanted = "give the address people reach the pages at, https://….";
    private const string NumberWanted = "give the company's number for text messages, E.164: +86….";
}

/// <summary>Addresses that residents are given.</summary>
public sealed class Links(AppOptions options)
{
    private const string Link = "{link}";
    private const string Code = "{pin}";

    private static readonly string s_anyToken = new('0', LinkSecrets.TokenLength);
    private static readonly string s_anyCode = new('0', LinkSecrets.CodeLength);

    /// <summary>
    /// The page of a matter for whoever has this token: <c>{page}/{id}/{token}</c>. The id is that of the stream
    /// without its kind, <see cref="IdOf"/>.
    /// </summary>
    public string Address(LinkAt at, string token) => $"{options.PublicUrl}/{at.Page}/{IdOf(at.Stream)}/{token}";

    /// <summary>A stream's id without its kind.</summary>
    public static string IdOf(StreamId stream) =>
        stream.Value[(stream.Value.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>True where a secret must be put into the text before it goes out.</summary>
    public static bool Wants(string text) => WantsLink(text) || WantsCode(text);

    /// <summary>True where that is the code of six digits, not a link.</summary>
    public static bool WantsCode(string text) => text.Contains(Code, StringComparison.Ordinal);

    /// <summary>Puts the secret into a text, as the address of its page or as the code that it is.</summary>
    public string Fill(string text, LinkAt at, string secret) => text
        .Replace(Code, secret, StringComparison.Ordinal)
        .Replace(Link, Address(at, secret), StringComparison.Ordinal);

    /// <summary>A text as long as it will be once its secret is in it.</summary>
    public string Sized(string text, LinkAt at) => text
        .Replace(Code, s_anyCode, StringComparison.Ordinal)
        .Replace(Link, Address(at, s_anyToken), StringComparison.Ordinal);

    /// <summary>A text without the places for links.</summary>
    public static string Without(string text) => text.Replace(Link, "", StringComparison.Ordinal);

    private static bool WantsLink(string text) => text.Contains(Link, StringComparison.Ordinal);
}

/// <summary>
/// The tokens that were handed out last as answers: asked again, the same is said again. In memory alone; whoever is
/// not in it is given another.
/// </summary>
public sealed class LinksInMemory
{
    private const int Kept = 5_000;

    private readonly ConcurrentLru<LinkAt, string> _tokens = RecentlyUsed.Keep<LinkAt, string>(Kept);

    /// <summary>The token, or null.</summary>
    public string? Find(LinkAt at) => _tokens.TryGet(at, out var token) ? token : null;

    /// <summary>Keeps it.</summary>
    public void Keep(LinkAt at, string token) => _tokens.AddOrUpdate(at, token);
}
