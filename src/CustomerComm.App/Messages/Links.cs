using System.ComponentModel.DataAnnotations;
using CustomerComm.App.Storage;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;

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
public sealed class Links(Pseudonyms pseudonyms, AppOptions options)
{
    /// <summary>
    /// The page of a matter for its reader: <c>{page}/{id}/{token}</c>; links of another issue are other links. The id is
    /// that of the stream without its kind, <see cref="IdOf"/>.
    /// </summary>
    public string Matter(string page, StreamId stream, int issue = 0) =>
        $"{options.PublicUrl}{PathOf(page, stream, issue)}";

    /// <summary>The same below the site's own address.</summary>
    public string PathOf(string page, StreamId stream, int issue = 0) =>
        $"/{page}/{IdOf(stream)}/{MatterToken(page, stream, issue)}";

    /// <summary>A stream's id without its kind.</summary>
    public static string IdOf(StreamId stream) =>
        stream.Value[(stream.Value.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>Token of a matter's page.</summary>
    public string MatterToken(string page, StreamId stream, int issue = 0) => pseudonyms.Token(page, stream, issue);

    /// <summary>True where it is the token of this page of the matter.</summary>
    public bool IsMatterToken(string? token, string page, StreamId stream, int issue = 0) =>
        pseudonyms.IsToken(token, page, stream, issue);

    /// <summary>True where it is one of the tokens of a complaint's status page.</summary>
    public bool IsStatusToken(string? token, StreamId stream) =>
        IsMatterToken(token, ComplaintMatter.StatusPage, stream)
        || IsMatterToken(token, ComplaintMatter.StatusPage, stream, ComplaintMatter.OwnLink)
        || IsRepresentativeToken(token, stream);

    /// <summary>True where it was sent to whoever speaks for the resident.</summary>
    public bool IsRepresentativeToken(string? token, StreamId stream) =>
        IsMatterToken(token, ComplaintMatter.StatusPage, stream, ComplaintMatter.RepresentativeLink);

    /// <summary>
    /// True where whoever holds it is the resident: it was sent to their phone or chat, or there is neither, and it was the
    /// answer to themselves.
    /// </summary>
    public bool IsOwnToken(string token, StreamId stream, Complaint s) =>
        IsMatterToken(token, ComplaintMatter.StatusPage, stream, ComplaintMatter.OwnLink)
        || (s.Intake.EnteredBy is null && s.Intake.Complainant is not { IsRepresentative: true }
            && !IsRepresentativeToken(token, stream)
            && s.Intake.Contact.ForTexts() is null && s.Intake.Contact.Conversation is null);

    /// <summary>Puts the links of a message into its text.</summary>
    public string Fill(OutgoingMessage message, StreamId stream) => message.Link is { } page
        ? Fill(message.Text.Value, page, stream, message.Issue)
        : message.Text.Value;

    /// <summary>Puts the link of a matter into a text.</summary>
    public string Fill(string text, string page, StreamId stream, int issue)
    {
        if (text.Contains("{pin}", StringComparison.Ordinal))
            text = text.Replace("{pin}", pseudonyms.Pin(page, stream, issue), StringComparison.Ordinal);
        return text.Contains("{link}", StringComparison.Ordinal)
            ? text.Replace("{link}", Matter(page, stream, issue), StringComparison.Ordinal)
            : text;
    }

    /// <summary>True where it is the code of six digits that went out with this issue.</summary>
    public bool IsPin(string pin, string page, StreamId stream, int issue) =>
        pseudonyms.IsPin(pin, page, stream, issue);
}
