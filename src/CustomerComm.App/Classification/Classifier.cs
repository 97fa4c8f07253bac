using System.Buffers;
using CustomerComm.Domain;

namespace CustomerComm.App.Classification;

/// <summary>
/// Suggests from the words of a message what it is about, what kind of message it is and how grave (4.6.1-2, 4.6.2-1).
/// Pure and safe for concurrent use. Reads Chinese, simplified or traditional, and English. A learnt model decides; the
/// list of terms is among its features and a floor under danger. Whatever a text demands of the system is left out.
/// </summary>
public class Classifier
{
    private const int MostAlso = 4;

    // What goes to the leader, past the office, needs more than a faint sign where it is not the chief concern.
    private const float AlsoAgainstManager = 0.5f;

    private const float MerelyNamed = 0.8f;

    // Taken off a logit; what was nine times as likely as all others becomes less likely than most.
    private const float Against = 8;

    // Somebody else's manager: 社区主任.
    private const int Outside = 12 * Scores.Unit;

    // What the list names plainly needs less of a sign as well.
    private const int Listed = 3 * Scores.Unit;
    private const int ListedShare = 4;

    private const float Asked = 0.7f;
    private const int InVain = 3 * Scores.Unit;

    // Two heads must hear a danger that the list does not know.
    private const float LeastUrgent = 0.4f;

    // A text said to be no matter at all must be so rather than not.
    private const float NoMatter = 0.5f;

    private static readonly Category[] s_categories = Enum.GetValues<Category>();

    private readonly Lexicon _lexicon = Lexicon.Shared;
    private readonly Model _model;

    /// <summary>With the model that comes with the product.</summary>
    public Classifier()
        : this(Model.Shared)
    {
    }

    internal Classifier(Model model) => _model = model;

    /// <summary>
    /// With the model of a file, or without one that of the product. Throws <see cref="InvalidDataException"/> where the
    /// file is none, and <see cref="IOException"/> where it cannot be read.
    /// </summary>
    public static Classifier WithModel(string? file)
    {
        if (string.IsNullOrEmpty(file))
            return new Classifier();
        using var stream = File.OpenRead(file);
        return new Classifier(Model.Read(stream));
    }

    /// <summary>Classifies a message of any length; an empty one is a greeting about nothing.</summary>
    /// <param name="text">The message; a subject, if any, is its first line.</param>
    public virtual Suggestion Classify(string text)
    {
        var chars = ArrayPool<char>.Shared.Rent(text.Length);
        var positions = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            var heard = Heard.Of(_lexicon, text, chars, positions);
            return heard.Floor is { } floor ? Nothing(floor) : Classify(text, heard);
        }
        finally
        {
            // The text is a person's: it must not linger in shared buffers.
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
            ArrayPool<int>.Shared.Return(positions);
        }
    }

    private static Suggestion Nothing(Nature kind) => new(Category.Other, [], kind, Severity.Ordinary);

    private Suggestion Classify(string text, Heard heard)
    {
        var features = Features.Of(_lexicon, heard.Scores, heard.Chars);
        var vector = _model.Vocabulary.Weigh(features);
        var logits = _model.Logits(vector, features).AsSpan();
        var shares = Model.Shares(Likeliest(logits, heard.Scores), _model.Thresholds.Temperature);
        if (IsRash((Category)Most(shares), shares, features, heard.Scores))
        {
            Of(logits, Head.Category)[Most(shares)] -= Against;
            shares = Model.Shares(Of(logits, Head.Category), _model.Thresholds.Temperature);
        }

        var category = (Category)Most(shares);
        var (kind, kindShare) = KindOf(Model.Shares(Of(logits, Head.Kind), 1), heard, category);
        var confidence = shares[(int)category];
        var also = Also(Of(logits, Head.Concern), heard.Scores, category);
        if (kind is Nature.Greeting or Nature.Spam)
            (category, also, confidence) = (Category.Other, [], kindShare);
        var severity = SeverityOf(logits, kind, heard);
        var words = new Evidence(_model, features, vector).Words(text, heard, category, also, kind, severity);
        return new Suggestion(category, also, kind, severity)
        {
            Danger = severity == Severity.Urgent,
            Confidence = confidence,
            Unsure = confidence < _model.Thresholds.Unsure,
            Because = words,
        };
    }

    // What the text denies is not its matter, and a manager merely named, spoken to or thanked is not accused.
    private static Span<float> Likeliest(Span<float> logits, Scores scores)
    {
        var category = Of(logits, Head.Category);
        foreach (var denied in s_categories)
            category[(int)denied] -= scores.IsDenied(denied) ? Against : 0;
        if (scores.Of(Category.AgainstManager) == 0)
        {
            category[(int)Category.AgainstManager] -= IsOthers(scores) ? Against : scores.Mentions ? Against / 2 : 0;
        }

        return category;
    }

    // Where it is unsure, nobody asks for money who has no word for it, and a letter that goes to no department goes to
    // nobody: the next likeliest counts.
    private bool IsRash(Category category, float[] shares, Features features, Scores scores) =>
        shares[(int)category] < _model.Thresholds.Unsure && scores.Of(category) == 0
        && (category == Category.Compensation || (category == Category.Other && features.IsLong));

    private static bool IsOthers(Scores scores) => scores.Of(Category.AgainstManager) == 0
        && (scores.SpokenTo || scores.Of(Category.Other) >= Outside);

    private static Span<float> Of(Span<float> logits, Head head) => logits.Slice(Model.Start(head), Model.Size(head));

    private static int Most(ReadOnlySpan<float> shares)
    {
        var most = 0;
        for (var i = 1; i < shares.Length; i++)
            most = shares[i] > shares[most] ? i : most;
        return most;
    }

    private static bool IsRepaired(Category category) =>
        category is Category.Equipment or Category.CivilWorks or Category.Cleaning or Category.Greenery or Category.Other;

    private static (Nature Kind, float Share) KindOf(float[] shares, Heard heard, Category category)
    {
        var kind = (Nature)Most(shares);

        // Asked for in vain, of something that nobody repairs, or said with blame and without a word of asking or
        // proposing, it is a complaint.
        var scores = heard.Scores;
        var blamed = scores.Of(Hint.Blame) >= InVain;
        if ((kind == Nature.RepairRequest && (scores.Burden > 0 || blamed || !IsRepaired(category)))
            || (kind == Nature.Enquiry && scores.Burden > 0 && shares[(int)kind] < Asked)
            || (kind == Nature.Suggestion && scores.Of(Hint.Blame) > 0 && scores.Of(Nature.Suggestion) == 0))
            return (Nature.Complaint, shares[(int)Nature.Complaint]);
        var share = shares[(int)kind];

        // Where somebody is in danger, or it is not clear that there is no matter, a person has to look at it.
        var matter = kind is not (Nature.Greeting or Nature.Spam) || share >= NoMatter;
        return matter && !(heard.Danger && kind is Nature.Greeting or Nature.Spam)
            ? (kind, share)
            : (Nature.Complaint, shares[(int)Nature.Complaint]);
    }

    private Category[] Also(ReadOnlySpan<float> logits, Scores scores, Category chief)
    {
        var found = new List<(float Likely, Category Category)>();
        var most = s_categories.Max(scores.Of);
        foreach (var category in s_categories)
        {
            var likely = Model.Likely(logits[(int)category]);
            var listed = scores.Of(category) >= Listed && scores.Of(category) * ListedShare >= most;
            var least = scores.IsDenied(category) || (category == Category.AgainstManager && IsOthers(scores)) ? 1
                : category == Category.AgainstManager ? (scores.Mentions && !listed ? MerelyNamed : AlsoAgainstManager)
                : listed ? _model.Thresholds.Concern / ListedShare
                : _model.Thresholds.Concern;
            if (category != chief && category != Category.Other && likely >= least)
                found.Add((likely, category));
        }

        return [.. found.OrderByDescending(f => f.Likely).Take(MostAlso).Select(f => f.Category)];
    }

    private Severity SeverityOf(Span<float> logits, Nature kind, Heard heard)
    {
        // What the list knows is a floor, whatever kind of message it is.
        if (heard.Danger)
            return Severity.Urgent;
        if (kind is Nature.Praise or Nature.Suggestion or Nature.Greeting or Nature.Spam)
            return Severity.Ordinary;
        var thresholds = _model.Thresholds;
        // Who asks what to do if it happens is in no danger; who is says so in words that the list knows.
        var shares = Model.Shares(Of(logits, Head.Severity), 1);
        if (kind != Nature.Enquiry && Model.Likely(Of(logits, Head.Danger)[0]) >= thresholds.Danger
            && shares[(int)Severity.Urgent] >= LeastUrgent)
        {
            return Severity.Urgent;
        }

        if (kind != Nature.Enquiry && heard.Scores.Greatest(Hint.Injury) > 0)
            return Severity.Major;
        var major = shares[(int)Severity.Major];
        return kind != Nature.Enquiry && major / (major + shares[(int)Severity.Ordinary]) >= thresholds.Major
            ? Severity.Major
            : Severity.Ordinary;
    }
}
