using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace CustomerComm.Domain.Directory;

/// <summary>
/// One form for every spelling of a home: <c>2栋1单元201</c>, <c>02-01-0201</c>, <c>二号楼一单元二〇一室</c>, <c>2#1-201</c> and
/// <c>Room 201, Unit 1, Building 2</c> are all <c>2-1-201</c>. What distinguishes homes is kept, so that two homes never
/// share a form: <c>东区3-1-502</c> is not <c>3-1-502</c>.
/// </summary>
public static partial class Rooms
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int Longest = 100;

    /// <summary>What a number says of where a home is, in the order in which homes are written.</summary>
    private enum Place
    {
        Area,
        Building,
        Entrance,
        Floor,
        Door,
        /// <summary>A word before or behind a number in a way of its own: 楼, 号, #.</summary>
        Depends,
        Filler,
        /// <summary>Nothing beside it says.</summary>
        Open,
    }

    private static readonly ImmutableArray<(string Word, Place Place)> s_words =
    [
        .. new[]
        {
            ("Area", Place.Area), ("Building", Place.Building), ("Entrance", Place.Entrance), ("Floor", Place.Floor),
            ("Door", Place.Door), ("Depends", Place.Depends), ("Filler", Place.Filler),
        }
        .SelectMany(k => DomainWords.Said("Said.Room." + k.Item1), (k, w) => (Word: w.ToUpperInvariant(), Place: k.Item2))
        .OrderByDescending(w => w.Word.Length),
    ];

    /// <summary>
    /// The form of a room; empty where the text tells none. <paramref name="names"/>: those of the community, which say
    /// nothing about the home.
    /// </summary>
    public static string FormOf(string? room, params ReadOnlySpan<string> names)
    {
        if (string.IsNullOrWhiteSpace(room) || room.Length > Longest)
            return "";
        var text = Fold(room);
        foreach (var name in names)
            text = Without(text, Fold(name).Trim());
        var parts = Parts(Tokens(text));
        return parts.Exists(p => p.IsValue) ? string.Join('-', Ordered(parts)) : "";
    }

    /// <summary>
    /// The part of what somebody wrote that tells the room, as they wrote it, and what else they said: of
    /// 我住3-1-502，下午在家 that is 3-1-502 and 下午在家. Null where none tells it, or nothing else was said.
    /// </summary>
    public static (string? Room, string? More) In(string text)
    {
        var room = RoomIn(text, out var at);
        var rest = room is null ? text : text.Remove(at, room.Length);
        var more = rest.Trim(' ', ',', '，', '、', ';', '；', '。', ':', '：');
        return (room, Tokens(Fold(more)).Exists(t => t.IsWord || t.IsValue) ? more : null);
    }

    private static string? RoomIn(string text, out int start)
    {
        start = 0;
        var at = 0;
        foreach (var piece in text.Split([',', '，', ';', '；', '。', '!', '！', '\n', '、']))
        {
            var tokens = Tokens(Fold(piece));
            var told = tokens.FindAll(t => t.Place != Place.Filler && !t.IsWord);
            if (piece.Length <= Longest && told.Exists(t => t.IsValue && t.Text.Any(char.IsAsciiDigit)))
                return Whole(text, at, tokens, told, out start);
            at += piece.Length + 1;
        }

        return null;
    }

    /// <summary>With the words right before the first number, for they may tell one home from another: 东区3-1.</summary>
    private static string Whole(string text, int at, List<Token> tokens, List<Token> told, out int start)
    {
        var first = tokens.IndexOf(told[0]);
        while (first > 0 && tokens[first - 1] is { Place: not Place.Filler } before && before.End == tokens[first].Start)
            first--;
        start = at + tokens[first].Start;
        return text[start..(at + told[^1].End)];
    }

    private static string Without(string text, string name)
    {
        var at = name.Length == 0 ? -1 : text.IndexOf(name, StringComparison.Ordinal);
        if (at < 0)
            return text;
        // A name of letters is no part of a word or a number.
        var whole = !char.IsAsciiLetterOrDigit(name[0])
            || ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
                && (at + name.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + name.Length])));
        return whole ? text.Remove(at, name.Length).Insert(at, " ") : text;
    }

    /// <summary>Half-width capitals, every character in its place.</summary>
    internal static string Fold(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = source[i];
            var plain = char.IsSurrogate(c) || c == '\uFFFE' ? " " : c.ToString().Normalize(NormalizationForm.FormKC);
            span[i] = plain.Length != 1 ? c : char.IsWhiteSpace(plain[0]) ? ' ' : char.ToUpperInvariant(plain[0]);
        }
    });

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            var token = At(text, at, tokens);
            if (token is { IsWord: true } && tokens is [.., { IsWord: true } last] && last.End == at
                && TextIsChinese(text[at]))
            {
                tokens[^1] = last with { Text = last.Text + token.Value.Text, End = token.Value.End };
            }
            else if (token is { } found)
            {
                tokens.Add(found);
            }

            at = token?.End ?? at + 1;
        }

        return tokens;
    }

    private static Token? At(string text, int at, List<Token> before)
    {
        // Behind "Block" an I is a building, not the writer.
        var named = before is [.., { IsValue: false, IsWord: false, Place: not Place.Filler } label]
            && char.IsAsciiLetter(label.Text[0]);
        if (named && Value().Match(text, at) is { Success: true } own)
            return Token.OfValue(own.Value, at, own.Length);
        foreach (var (word, place) in s_words)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) == 0 && IsWhole(text, at, word))
                return new Token(word, place, at, at + word.Length, IsValue: false, IsWord: false);
        }

        if (Value().Match(text, at) is { Success: true } value)
            return Token.OfValue(value.Value, at, value.Length);
        if (Numeral().Match(text, at) is { Success: true } numeral)
            return Token.OfValue(Numbers.Of(numeral.Value), at, numeral.Length);
        if (Latin().Match(text, at) is { Success: true } latin)
            return new Token(latin.Value, Place.Area, at, at + latin.Length, IsValue: false, IsWord: true);
        return char.IsLetter(text[at])
            ? new Token(text[at].ToString(), Place.Area, at, at + 1, IsValue: false, IsWord: true)
            : null;
    }

    /// <summary>A word of letters must not be a piece of a longer one, nor stand behind a digit like the B of 12B.</summary>
    private static bool IsWhole(string text, int at, string word)
    {
        if (!char.IsAsciiLetter(word[^1]))
            return true;
        var end = at + word.Length;
        return (at == 0 || !char.IsAsciiLetter(text[at - 1])) && (end == text.Length || !char.IsAsciiLetter(text[end]));
    }

    private static bool TextIsChinese(char c) => c is >= '㐀' and <= '鿿';

    private static List<Part> Parts(List<Token> tokens)
    {
        var parts = new List<Part>();
        Place? next = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.IsValue || token.IsWord)
            {
                var part = new Part(token.Text, token.IsWord ? Place.Area : Place.Open, token.IsValue);
                parts.Add(token.IsValue && next is { } place ? part.As(place) : part);
                next = null;
                continue;
            }

            if (token.Place == Place.Filler)
                continue;
            var follows = i > 0 && tokens[i - 1].IsValue && parts[^1].Place == Place.Open;
            if (char.IsAsciiLetter(token.Text[0]))
            {
                // "Floor 12", but "12th floor" and "12/F".
                var behind = follows && (token.Text.Length == 1 || tokens[i - 1].Ordinal
                    || i + 1 == tokens.Count || !tokens[i + 1].IsValue);
                if (behind)
                    parts[^1] = parts[^1].As(token.Place);
                else
                    next = token.Place;
            }
            else if (follows)
            {
                parts[^1] = parts[^1].As(Meaning(token, tokens, i, parts));
            }
            else if (i > 0 && tokens[i - 1].IsWord && tokens[i - 1].End == token.Start)
            {
                // 东区, 商业楼: the end of a name.
                parts[^1] = parts[^1] with { Value = parts[^1].Value + token.Text };
            }
        }

        return parts;
    }

    /// <summary>
    /// 2号1201 is a building and a door, 201号 a door; 3楼 is a floor unless an entrance follows; 2# is a building where it
    /// comes first.
    /// </summary>
    private static Place Meaning(Token token, List<Token> tokens, int i, List<Part> parts)
    {
        if (token.Place != Place.Depends)
            return token.Place;
        var first = !parts.Exists(p => p.Place == Place.Building) && parts.Count(p => p.IsValue) == 1;
        var rest = tokens.Skip(i + 1);
        return token.Text switch
        {
            "#" => first ? Place.Building : Place.Open,
            "楼" or "樓" => first && rest.Any(t => t.Place == Place.Entrance) ? Place.Building : Place.Floor,
            _ => first && rest.Any(t => t.IsValue) ? Place.Building : Place.Door,
        };
    }

    private static IEnumerable<string> Ordered(List<Part> parts)
    {
        var built = parts.Exists(p => p.Place == Place.Building);
        var labelled = parts.FindIndex(p => p.IsValue && p.Place != Place.Open);
        var placed = parts.Select((p, i) => p.Place != Place.Open ? p
            : p with { Place = !built && labelled >= 0 && i < labelled ? Place.Building : Place.Door });
        var ordered = placed.OrderBy(p => p.Place).ToList();
        if (ordered.FindIndex(p => p.Place == Place.Floor) is >= 0 and var at && at + 1 < ordered.Count)
        {
            var (floor, door) = (ordered[at].Value, ordered[at + 1].Value);
            // 12楼B is 12B, and the 5 of 5楼501 says nothing new.
            if (door.Length == 1 && char.IsAsciiLetter(door[0]))
                ordered[at + 1] = ordered[at + 1] with { Value = floor + door };
            if (door.Length == 1 && char.IsAsciiLetter(door[0])
                || (door.Length >= floor.Length + 2 && door.StartsWith(floor, StringComparison.Ordinal)))
            {
                ordered.RemoveAt(at);
            }
        }

        return ordered.Select(p => p.Value);
    }

    [GeneratedRegex(
        @"\G(?:(?:(?<![A-Z])[A-Z]{1,2})?[0-9]{1,9}(?:(?:ST|ND|RD|TH)(?![A-Z])|[A-Z](?![A-Z0-9]))?|(?<![A-Z])[A-Z](?![A-Z]))",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Value();

    [GeneratedRegex(@"\G[零〇一二三四五六七八九十百两兩幺洞]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Numeral();

    [GeneratedRegex(@"\G[A-Z]{2,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Latin();

    private readonly record struct Token(string Text, Place Place, int Start, int End, bool IsValue, bool IsWord)
    {
        public bool Ordinal { get; private init; }

        /// <summary>Zeros in front do not count: B02 is B2, 0201 is 201.</summary>
        public static Token OfValue(string text, int at, int length)
        {
            var ordinal = text.Length > 2 && text[^2..] is "ST" or "ND" or "RD" or "TH" && char.IsAsciiDigit(text[^3]);
            var value = ordinal ? text[..^2] : text;
            var digits = value.AsSpan().IndexOfAnyInRange('0', '9');
            if (digits >= 0)
            {
                var end = digits;
                while (end + 1 < value.Length && value[end] == '0' && char.IsAsciiDigit(value[end + 1]))
                    end++;
                value = value.Remove(digits, end - digits);
            }

            return new Token(value, Place.Open, at, at + length, IsValue: true, IsWord: false) { Ordinal = ordinal };
        }
    }

    private readonly record struct Part(string Value, Place Place, bool IsValue)
    {
        /// <summary>A phase is no building of the same number.</summary>
        public Part As(Place place) => this with { Place = place, Value = place == Place.Area ? "@" + Value : Value };
    }
}
