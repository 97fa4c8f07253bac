using CustomerComm.App.Matters;
using CustomerComm.App.Messages;

namespace CustomerComm.App.Conversations;

/// <content>Where the parts of a message stand: verb digits, clauses, bare numbers.</content>
internal static partial class StaffGrammar
{
    /// <summary>A sign that ends a digit of command as a blank does.</summary>
    private static bool IsSign(char c) => c == '\n'
        || ",.:;。、!?-)(…~/\"“”【】[]《》·*><」「『』#=+&".Contains(c, StringComparison.Ordinal);

    /// <summary>The first place from here that is neither blank nor sign nor code.</summary>
    private static int Skip(string body, int at)
    {
        while (at < body.Length && (body[at] is ' ' or StaffClause.Mark || IsSign(body[at])
            || !(char.IsLetterOrDigit(body[at]) || char.IsSurrogate(body[at]))))
        {
            at++;
        }

        return at;
    }

    private static StaffIntent? VerbOf(char digit) => digit switch
    {
        '1' => StaffIntent.Accept,
        '2' => StaffIntent.Decline,
        '3' => StaffIntent.Result,
        '5' => StaffIntent.Progress,
        _ => null,
    };

    private sealed partial class Reading
    {
        /// <summary>Stands where a code stood that belongs to its phrase.</summary>
        private const char Joined = '\uE001';

        /// <summary>
        /// The digits that are commands: at the beginning, or behind a code at the end, and followed by nothing, a
        /// blank, a sign or a code; never before what makes them a quantity, a time or a place.
        /// </summary>
        private static List<(int At, StaffIntent Verb, bool Sure)> VerbDigits(string body)
        {
            var found = new List<(int At, StaffIntent Verb, bool Sure)>();
            var at = Skip(body, 0);
            if (at < body.Length && StaffWords.Reply.At(body, at) is > 0 and var reply)
                at = Skip(body, at + reply);
            while (at < body.Length && VerbOf(body[at]) is { } verb && IsCommand(body, at) is { } sure)
            {
                found.Add((at, verb, sure));
                at = Skip(body, at + 1);
            }

            var last = body.Length - 1;
            while (last >= 0 && (body[last] == ' ' || IsSign(body[last])))
                last--;
            if (last >= 0 && VerbOf(body[last]) is { } end && !found.Exists(f => f.At == last)
                && IsBehindCode(body, last))
            {
                found.Add((last, end, true));
            }

            return found;
        }

        /// <summary>A command; true where it cannot be anything else.</summary>
        private static bool? IsCommand(string body, int at)
        {
            var next = at + 1;
            if (next == body.Length || body[next] == StaffClause.Mark)
                return true;
            var sign = body[next] != ' ';
            if (sign && !IsSign(body[next]))
                return null;
            var more = next + 1;
            while (more < body.Length && body[more] == ' ')
                more++;
            if (more == body.Length || body[more] == StaffClause.Mark)
                return true;
            if (sign)
                return char.IsAsciiDigit(body[more]) && body[next] != '\n' ? null : true;
            if (MeasureWords.Follow(body, next))
                return null;
            return IsSign(body[more]) || IsBehindCode(body, at);
        }

        private static bool IsBehindCode(string body, int at)
        {
            var before = at - 1;
            while (before >= 0 && (body[before] == ' ' || IsSign(body[before])))
                before--;
            return before >= 0 && body[before] == StaffClause.Mark;
        }

        /// <summary>Parts between punctuation, codes, and blanks beside Chinese.</summary>
        private static List<StaffClause> Clauses(string body, out bool askedAlone)
        {
            var clauses = new List<StaffClause>();
            (askedAlone, var from, var apart) = (false, 0, true);
            for (var i = 0; i <= body.Length; i++)
            {
                if (i < body.Length && !Splits(body, i))
                    continue;
                var asked = i < body.Length && body[i] == '?';
                var part = body[from..i].Trim();
                if (part.Any(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c)))
                    clauses.Add(new StaffClause(Single(part), asked, apart));
                else if (asked)
                    askedAlone = true;
                if (i < body.Length)
                    apart = body[i] is not (' ' or StaffClause.Mark) || (part.Length == 0 && apart);
                from = i + 1;
            }

            return clauses;
        }

        private static bool Splits(string body, int i)
        {
            var c = body[i];
            if (c is ' ' or StaffClause.Mark)
                return c == StaffClause.Mark || IsBesideChinese(body, i);
            // "3.5米" and "8:30" are one thing, "pre-paid" too.
            var between = i > 0 && i + 1 < body.Length && char.IsAsciiLetterOrDigit(body[i - 1])
                && char.IsAsciiLetterOrDigit(body[i + 1]);
            return IsSign(c) && !(between && (c is '.' or ':' or '-' or '/' or '~' or '#'));
        }

        private static bool IsBesideChinese(string body, int i) =>
            (i > 0 && body[i - 1] >= '\u2E80') || (i + 1 < body.Length && body[i + 1] >= '\u2E80');

        /// <summary>
        /// A code within a phrase belongs to it, and parts nothing: 把HY26-12修好了, 收到 HY26-12 的电话.
        /// </summary>
        private static void JoinWithin(char[] body, FoundCode code)
        {
            var (from, to) = (code.From, code.To);
            var glued = IsWord(from - 1) && IsWord(to);
            while (from > 0 && body[from - 1] == ' ')
                from--;
            while (to < body.Length && body[to] == ' ')
                to++;
            var owned = IsWord(from - 1) && to < body.Length && StaffWords.Owned.At(new string(body), to) > 0;
            if (glued || owned)
                body.AsSpan(from, to - from).Fill(Joined);
            bool IsWord(int at) => at >= 0 && at < body.Length && char.IsLetterOrDigit(body[at]);
        }

        /// <summary>
        /// A number that may be a code: behind a word for one, behind a code in a list, or standing alone where no code
        /// is and one is needed.
        /// </summary>
        public string? NumberAlone(StaffMessage message)
        {
            var needed = message.Codes.IsEmpty
                && (message.Doubt is not null
                    || message.Intent is StaffIntent.Accept or StaffIntent.Decline or StaffIntent.Result);
            for (var i = 0; i < Body.Length; i++)
            {
                if (!char.IsAsciiDigit(Body[i]))
                    continue;
                var end = i + 1;
                while (end < Body.Length && char.IsAsciiDigit(Body[end]))
                    end++;
                if (!_digits.Exists(d => d.At == i) && end - i <= 8 && IsCodeLike(i, end, needed))
                    return Body[i..end];
                i = end;
            }

            return null;
        }

        private bool IsCodeLike(int from, int to, bool needed)
        {
            var ordered = to < Body.Length && StaffWords.CodeAfter.At(Body, to) is > 0 and var job
                && job >= MeasureWords.Length(Body, to);
            if (ordered)
                return true;
            if (MeasureWords.Length(Body, to) > 0)
                return false;
            var before = from;
            while (before > 0 && Body[before - 1] is ' ' or ':')
                before--;
            if (EndsIn(StaffWords.CodeWord, before))
                return true;
            if (before > 0 && (EndsIn(StaffWords.CodeList, before) || (Body[before - 1] == ',' && to - from > 1))
                && IsBehindCode(Body, before))
            {
                return true;
            }

            var alone = (from == 0 || Body[from - 1] == ' ' || IsSign(Body[from - 1]))
                && (to == Body.Length
                    || !(char.IsAsciiLetter(Body[to]) || Body[to] is '.' or ':' or '-' or '/' or '%'));
            return needed && alone;
        }

        private bool EndsIn(WordList words, int end)
        {
            for (var i = Math.Max(0, end - 6); i < end; i++)
            {
                if (words.At(Body, i) == end - i)
                    return true;
            }

            return false;
        }

        private static string Single(string text) =>
            string.Join(' ', text.Replace(Joined.ToString(), "", StringComparison.Ordinal)
                .Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
