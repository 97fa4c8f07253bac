using CustomerComm.App.Matters;
using CustomerComm.App.Messages;

namespace CustomerComm.App.Conversations;

/// <summary>
/// Reads text messages of staff, for complaints and orders alike. Pure: the same text on the same day of the same
/// company is read the same. Where a text could mean two things it means neither, and says what to ask.
/// </summary>
internal static partial class StaffGrammar
{
    /// <summary>What a result needs to be signed unasked: four Chinese characters, or twelve letters.</summary>
    private const int Substance = 12;

    /// <summary>
    /// Reads a message; <paramref name="yearNow"/> is the year the codes' two digits are read by, and only codes of
    /// <paramref name="communities"/> are codes.
    /// </summary>
    public static StaffMessage Read(string text, int yearNow, IReadOnlyList<string> communities)
    {
        var folded = FoldedText.Of(text);
        var codes = MatterCode.Read(folded.Text, yearNow, communities);
        var body = folded.Text.ToCharArray();
        foreach (var code in codes)
            body.AsSpan(code.From, code.To - code.From).Fill(StaffClause.Mark);
        var read = new Reading(folded, new string(body), codes);
        var found = read.Interpret();
        var unreadable = MatterCode.Like(read.Body, yearNow, communities) ?? read.NumberAlone(found);
        return found with
        {
            Unreadable = unreadable,
            Plain = found.Plain && unreadable is null && found.Codes.Length == 1,
        };
    }

    /// <summary>How much a text says, counted in letters, a Chinese character for three.</summary>
    public static int Weight(string text) =>
        text.Sum(c => c >= '\u2E80' && char.IsLetter(c) ? 3 : char.IsLetter(c) ? 1 : 0);

    private sealed partial class Reading
    {
        private readonly FoldedText _folded;
        private readonly List<FoundCode> _codes;
        private readonly List<(int At, StaffIntent Verb, bool Sure)> _digits;
        private readonly List<StaffClause> _clauses;

        public Reading(FoldedText folded, string body, List<FoundCode> codes)
        {
            (_folded, Body, _codes) = (folded, body, codes);
            _digits = VerbDigits(body);
            var rest = body.ToCharArray();
            foreach (var digit in _digits)
                rest[digit.At] = ',';
            foreach (var code in codes)
                JoinWithin(rest, code);
            _clauses = Clauses(new string(rest), out var asked);
            Asks = asked || _clauses.Exists(c => c.Asks);
        }

        /// <summary>The folded text with marks where codes stood.</summary>
        public string Body { get; }

        private bool Asks { get; }

        private bool Doubtful => _clauses.Exists(c => c.Doubtful || c.Plans);

        private bool Works => _clauses.Exists(c => c.Done || c.Step);

        private bool Settled => _clauses.Exists(c => c.Settles);

        private bool Pends => _clauses.Exists(c => c.Pends);

        private bool Declines => _clauses.Exists(c => c.Declines is not null);

        public StaffMessage Interpret()
        {
            var whole = _folded.Without(_codes.Select(c => (c.From, c.To)));
            var message = new StaffMessage(
                StaffIntent.Unclear, [.. _codes.Select(c => c.Number).Distinct()], null, Trimmed(whole), whole.Trim())
            {
                Confirms = !Asks && StaffClause.Covers(Body, StaffWords.Confirm, StaffWords.Filler),
            };
            if (IsHelp())
                return message with { Intent = StaffIntent.Help };
            var verbs = _digits.Select(d => d.Verb).Distinct().ToList();
            if (verbs.Count > 1)
                return message with { Mixed = true };
            if (verbs is [var verb])
            {
                message = message with { Text = Without(_digits.Select(d => (d.At, d.At + 1))) };
                return OfVerb(message, verb, sure: _digits.Exists(d => d.Sure));
            }

            foreach (var (words, named) in s_verbs)
            {
                if (Command(words) is { } part)
                    return OfVerb(message with { Text = Without([part]) }, named, sure: true);
            }

            return Natural(message);
        }

        private static readonly (WordList Words, StaffIntent Verb)[] s_verbs =
        [
            (StaffWords.NoteVerb, StaffIntent.Progress), (StaffWords.ResultVerb, StaffIntent.Result),
            (StaffWords.DeclineVerb, StaffIntent.Decline), (StaffWords.AcceptVerb, StaffIntent.Accept),
        ];

        private bool IsHelp() => _codes.Count == 0
            && (StaffClause.Covers(Body, StaffWords.Help, StaffWords.Filler) || Body.Trim() is "" or "?" or "??");

        private StaffMessage OfVerb(StaffMessage message, StaffIntent verb, bool sure)
        {
            var more = _clauses.Exists(c => !c.Neutral && !c.Accepts);
            return verb switch
            {
                StaffIntent.Progress => message with { Intent = verb, Tells = true },
                _ when Asks => Ask(message, verb),
                // "2 lamps left" begins like a command and is none.
                _ when !sure && !Confirmed(verb) => Ask(message, verb),
                StaffIntent.Accept when Works || Declines || _clauses.Exists(c => c.Doubtful || c.Unable) =>
                    Ask(message, Works ? StaffIntent.Result : verb),
                StaffIntent.Accept => message with { Intent = verb, Adds = more },
                StaffIntent.Decline when Works || Denied() || Wavers() => Ask(message, verb),
                StaffIntent.Decline => message with { Intent = verb },
                _ when Doubtful || Declines || Pends || (!Settled && GoesOn()) => Ask(message, verb),
                _ => Result(message, named: true, sure),
            };
        }

        /// <summary>The words behind a digit say what it says, or are Chinese, whose measures are known.</summary>
        private bool Confirmed(StaffIntent verb) => verb switch
        {
            StaffIntent.Accept => _clauses.Exists(c => c.Accepts) || BehindIsChinese(),
            StaffIntent.Decline => Declines || BehindIsChinese(),
            _ => Works || BehindIsChinese(),
        };

        private bool BehindIsChinese()
        {
            var at = _digits[0].At + 1;
            while (at < Body.Length && Body[at] == ' ')
                at++;
            return at < Body.Length && Body[at] >= '\u2E80';
        }

        /// <summary>不退单, 不是不去: the command itself is denied.</summary>
        private bool Denied() => _clauses.Exists(c => StaffWords.Keeps.In(c.Text));

        /// <summary>It is given back by what was sent, and by the words it goes on.</summary>
        private bool Wavers() => _clauses.Exists(c => c.Accepts) || (Declines
            ? StaysOn()
            : Pends || _clauses.Exists(c => c.Doubtful || c.Plans || c.Goes || c.Underway || c.Unable));

        /// <summary>A result without any work in it that tells how far it is instead, or that it is taken on.</summary>
        private bool GoesOn() => _clauses.Exists(c =>
            c.Underway || c.Denies || c.Unable || (c.Accepts && !c.Covered(StaffWords.Confirm, StaffWords.Filler)));

        private StaffMessage Natural(StaffMessage message)
        {
            if (StaffClause.Covers(Body, StaffWords.No, StaffWords.Filler))
                return message with { Intent = StaffIntent.No };
            if (Works && !NothingButAccepted())
                return OfWork(message);
            if (_clauses.Exists(c => c.Unable) || Declines)
                return OfDeclining(message);
            if (_clauses.Find(c => !c.Neutral) is { Accepts: true })
                return OfAccepting(message);
            if (!Asks && StaffClause.Covers(Body, StaffWords.Yes, StaffWords.Filler))
                return message with { Intent = StaffIntent.Yes };
            if (Asks)
                return message with { Intent = StaffIntent.Question };
            return Doubtful || _clauses.Exists(c => c.Tells)
                ? Progress(message)
                : message;
        }

        /// <summary>没问题 and 已安排 are words of acceptance, whatever work they sound like.</summary>
        private bool NothingButAccepted() => _clauses.TrueForAll(c => c.Accepts || c.Neutral);

        private StaffMessage OfWork(StaffMessage message) =>
            Asks || Doubtful || Declines || _clauses.Exists(c => c.Unable)
                ? Ask(message, StaffIntent.Result)
                : Result(message, named: false, sure: true);

        private StaffMessage OfDeclining(StaffMessage message)
        {
            if (_clauses.Exists(c => c.Unable) || Asks || _clauses.Exists(c => c.Accepts))
                return Ask(message, StaffIntent.Decline);
            // Nor does the resident who has no time give it back.
            return StaysOn() || _clauses.Exists(c => c.Others || (c.Plans && c.Declines is null))
                ? Ask(message, StaffIntent.Decline)
                : message with { Intent = StaffIntent.Decline };
        }

        /// <summary>Who cannot come today and comes tomorrow gives nothing back.</summary>
        private bool StaysOn() => _clauses.Exists(c => c.Declines is true)
            ? _clauses.Exists(c => c.Plans && c.Goes)
            : _clauses.Exists(c => c.Goes);

        private StaffMessage OfAccepting(StaffMessage message)
        {
            var rest = _clauses.Where(c => !c.Accepts && !c.Neutral).ToList();
            var doubtful = rest.Exists(c => c.Doubtful || (c.Denies && !c.Plans)
                || (!c.Apart && c.Others) || (!c.Apart && !c.Plans && !c.Goes && !c.Tells));
            return doubtful
                ? Ask(message, StaffIntent.Accept)
                : message with { Intent = StaffIntent.Accept, Adds = rest.Count > 0 };
        }

        private StaffMessage Result(StaffMessage message, bool named, bool sure)
        {
            // Result words alone are no result: what was done is asked for.
            if (_clauses.TrueForAll(c => c.DoneAlone || c.Neutral || c.Accepts))
                return message with { Intent = StaffIntent.Result, Text = "" };
            var certain = sure && !_clauses.Exists(c => c.Denies) && (named
                ? Settled
                : (_clauses.Exists(c => c.DoneAlone) && !_clauses.Exists(c => c.Others)));
            var said = named ? message.Text : string.Concat(_clauses.Where(c => !c.DoneAlone).Select(c => c.Text));
            return message with
            {
                Intent = StaffIntent.Result,
                Plain = certain && Weight(said) >= Substance,
                Adds = named && !Settled,
            };
        }

        private StaffMessage Progress(StaffMessage message) => message with
        {
            Intent = StaffIntent.Progress,
            Tells = !Asks && !_clauses.Exists(c => c.Doubtful || c.Others || c.Denies),
        };

        private static StaffMessage Ask(StaffMessage message, StaffIntent about) =>
            message with { Intent = StaffIntent.Progress, Doubt = about, Text = message.Whole };

        /// <summary>A word of command that begins the message and stands for itself; where it stands.</summary>
        private (int From, int To)? Command(WordList words)
        {
            var at = Skip(Body, 0);
            if (at == Body.Length || words.At(Body, at) is not (> 0 and var length))
                return null;
            var end = at + length;
            var alone = end == Body.Length || Body[end] is ' ' or StaffClause.Mark || IsSign(Body[end]);
            // One character is a word of its own only where nothing else is said.
            var more = length > 1 || Body[end..].All(c => !char.IsLetterOrDigit(c));
            return alone && more ? (at, end) : null;
        }

        private string Without(IEnumerable<(int From, int To)> parts) =>
            Trimmed(_folded.Without(_codes.Select(c => (c.From, c.To)).Concat(parts)));

        private static string Trimmed(string text) =>
            text.Trim().TrimStart(',', '，', '.', '。', ':', '：', ';', '；', '、', '-', '—', '!', '！', ' ', '\n')
                .TrimEnd(',', '，', ':', '：', ';', '；', '、', '-', '—', ' ', '\n');
    }
}
