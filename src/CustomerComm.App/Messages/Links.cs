using CustomerComm.App.Storage;
using CustomerComm.Domain;

namespace CustomerComm.App.Messages;

/// <summary>Where the pages are found from outside, and who sends the text messages.</summary>
public sealed record AppOptions
{
    /// <summary>Address of the web site as people reach it, without a slash at the end.</summary>
    public string PublicUrl { get; set; } = "http://localhost:5080";

    /// <summary>The company's own number for text messages, E.164; messages from it are never answered.</summary>
    public string SmsNumber { get; set; } = "+8600000000";
}

/// <summary>Addresses that residents are given.</summary>
public sealed class Links(Pseudonyms pseudonyms, AppOptions options)
{
    /// <summary>The page where the resident signs; <paramref name="issue"/> counts the links of the case.</summary>
    public string Sign(ComplaintNumber number, StreamId stream, int issue) =>
        $"{options.PublicUrl}/s/{number}/{SignToken(stream, issue)}";

    /// <summary>The page where the resident sees how the case stands.</summary>
    public string Status(ComplaintNumber number, StreamId stream) =>
        $"{options.PublicUrl}/c/{number}?t={StatusToken(stream)}";

    /// <summary>
    /// The page of a matter for its reader: <c>{page}/{stream}/{token}</c>; links of another issue are other links.
    /// </summary>
    public string Matter(string page, StreamId stream, int issue) =>
        $"{options.PublicUrl}/{page}/{stream.Value[(stream.Value.IndexOf('.', StringComparison.Ordinal) + 1)..]}/"
        + MatterToken(page, stream, issue);

    /// <summary>Token of a matter's page.</summary>
    public string MatterToken(string page, StreamId stream, int issue) => pseudonyms.Token(page, stream, issue);

    /// <summary>True where it is the token of this page of the matter.</summary>
    public bool IsMatterToken(string? token, string page, StreamId stream, int issue) =>
        pseudonyms.IsToken(token, page, stream, issue);

    /// <summary>Signing token of the link so many.</summary>
    public string SignToken(StreamId stream, int issue) => pseudonyms.Token("sign", stream, issue);

    /// <summary>Status token of the case.</summary>
    public string StatusToken(StreamId stream) => pseudonyms.Token("status", stream, 0);

    /// <summary>True where it is the case's status token.</summary>
    public bool IsStatusToken(string? token, StreamId stream) => pseudonyms.IsToken(token, "status", stream, 0);

    /// <summary>Puts the links of a message into its text.</summary>
    public string Fill(OutgoingMessage message, StreamId stream)
    {
        if (message.Number is { } number)
            return Fill(message.Text.Value, number, stream, message.Issue);
        return message.Link is { } page ? Fill(message.Text.Value, page, stream, message.Issue) : message.Text.Value;
    }

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

    /// <summary>Puts the links of a case into a text.</summary>
    public string Fill(string text, ComplaintNumber number, StreamId stream, int issue)
    {
        if (text.Contains("{sign}", StringComparison.Ordinal))
            text = text.Replace("{sign}", Sign(number, stream, issue), StringComparison.Ordinal);
        return text.Contains("{status}", StringComparison.Ordinal)
            ? text.Replace("{status}", Status(number, stream), StringComparison.Ordinal)
            : text;
    }
}
