using CustomerComm.App.Ports;

namespace CustomerComm.App.Surveys;

/// <summary>The survey of a year (4.5.6, 3.2). Partition: the community; row: the year. No personal data.</summary>
public sealed record SurveyRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Number, <c>HY-2026</c>.</summary>
    public required string Number { get; init; }

    /// <summary>How far it has come, a <c>SurveyStage</c>.</summary>
    public required string Stage { get; init; }

    /// <summary>To be sent by.</summary>
    public required DateTimeOffset SendDue { get; init; }

    /// <summary>Sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Answers are taken until.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Answers are no longer taken since.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Analysed.</summary>
    public DateTimeOffset? AnalysedAt { get; init; }

    /// <summary>All public answers given and told.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Homes invited.</summary>
    public int? Homes { get; init; }

    /// <summary>Homes without a phone on file when they were invited.</summary>
    public int? Unreachable { get; init; }

    /// <summary>Homes of staff, left out.</summary>
    public int? StaffHomes { get; init; }

    /// <summary>Homes whose answers were counted.</summary>
    public int? Answered { get; init; }

    /// <summary>Of them answered on paper.</summary>
    public int? Papers { get; init; }

    /// <summary>Share of the homes invited that answered, 0 to 1.</summary>
    public double? ResponseRate { get; init; }

    /// <summary>Mean of the first rating, 1 to 5.</summary>
    public double? Satisfaction { get; init; }

    /// <summary>Net promoter score, −1 to 1.</summary>
    public double? NetPromoter { get; init; }

    /// <summary>Answers needed for shares to be known to ± 5 points.</summary>
    public int? NeededAnswers { get; init; }

    /// <summary>Problems raised by more than the set share.</summary>
    public int? Problems { get; init; }

    /// <summary>Of them answered in public.</summary>
    public int? PublicAnswers { get; init; }
}

/// <summary>
/// A result of a survey. Partition: the survey; row: building, question, row and option by their order. A line for the
/// question itself has no option. Groups below the smallest size have no lines. No personal data.
/// </summary>
public sealed record SurveyResultRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    /// <summary>Building; empty for the whole community, <c>+</c> for small ones together.</summary>
    public required string Building { get; init; }

    /// <summary>Id of the question, the same every year; <c>text</c> for what people wrote.</summary>
    public required string Question { get; init; }

    /// <summary>Id of the row of a matrix, else empty.</summary>
    public required string Row { get; init; }

    /// <summary>Option, number, or category of what people wrote; empty on the question's own line.</summary>
    public required string Option { get; init; }

    /// <summary>A <c>QuestionType</c>; empty for what people wrote.</summary>
    public required string Type { get; init; }

    /// <summary>The question, row or option in Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>The same in English.</summary>
    public required string TextEn { get; init; }

    /// <summary>Homes invited in the group.</summary>
    public required int Homes { get; init; }

    /// <summary>Homes that answered the question.</summary>
    public required int Answers { get; init; }

    /// <summary>Homes that chose the option; those that answered on the question's own line.</summary>
    public required int Count { get; init; }

    /// <summary>Share of those who answered the question, 0 to 1, with its 95 % interval.</summary>
    public double? Share { get; init; }

    /// <summary>Lower end.</summary>
    public double? ShareLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? ShareHigh { get; init; }

    /// <summary>Mean of a scale, with its 95 % interval.</summary>
    public double? Mean { get; init; }

    /// <summary>Lower end.</summary>
    public double? MeanLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? MeanHigh { get; init; }

    /// <summary>Share of ratings 4 and 5, with its 95 % interval.</summary>
    public double? TopTwo { get; init; }

    /// <summary>Lower end.</summary>
    public double? TopTwoLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? TopTwoHigh { get; init; }

    /// <summary>Net promoter score, −1 to 1, with its 95 % interval.</summary>
    public double? NetPromoter { get; init; }

    /// <summary>Lower end.</summary>
    public double? NetPromoterLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? NetPromoterHigh { get; init; }
}

/// <summary>
/// How a home's invitation stands, for progress. Partition: the survey; row: a pseudonym of the home. No personal data.
/// </summary>
public sealed record SurveyAnswerRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long Version { get; init; }

    public required string Building { get; init; }

    /// <summary>An <c>InvitationStatus</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The last message was handed over and not reported lost.</summary>
    public required bool Delivered { get; init; }

    /// <summary>Link, Paper, or empty.</summary>
    public required string Way { get; init; }

    /// <summary>Who entered a form on paper; empty else.</summary>
    public required string EnteredBy { get; init; }

    /// <summary>Reminders sent.</summary>
    public required int Reminders { get; init; }

    /// <summary>Invited.</summary>
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>Answered last.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
}

/// <summary>
/// How far a pass over all homes has come, so that it goes on where it was stopped. Partition: the survey; row: the
/// pass.
/// </summary>
public sealed record SurveyPassRow : ITableRow
{
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }

    /// <summary>Homes passed; grows with every page.</summary>
    public required long Version { get; init; }

    /// <summary>Pseudonym of the last home that is done.</summary>
    public required string After { get; init; }

    /// <summary>Homes that something was sent to.</summary>
    public required int Sent { get; init; }

    /// <summary>Homes that no message can reach.</summary>
    public required int Unreachable { get; init; }
}
