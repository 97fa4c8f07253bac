using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.App.Tests.Storage;
using CustomerComm.Domain.Surveys;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Surveys;

/// <summary>
/// Events are stored types: each is written and read back without loss, and old shapes stay readable.
/// </summary>
[Clause("4.5.6")]
public sealed class SurveyStoredEventTests
{
    public static TheoryData<Type> Types =>
        [.. typeof(SurveyEvent).GetNestedTypes().Concat(typeof(HomeAnswerEvent).GetNestedTypes())];

    [Theory, MemberData(nameof(Types))]
    public void Given_an_event_of_each_type_When_written_and_read_Then_nothing_is_lost(Type type)
    {
        var made = Samples.Make(type);
        var key = new byte[32];
        var json = PersonalConverter.With(key, () => JsonSerializer.Serialize(made, type, StoredJson.Options));
        var read = PersonalConverter.With(key, () => JsonSerializer.Deserialize(json, type, StoredJson.Options)!);
        Assert.Equal(Samples.Describe(made), Samples.Describe(read));
    }

    [Fact]
    public void Given_events_of_the_first_version_When_read_Then_they_are_understood()
    {
        var begun = Read<SurveyEvent.SurveyBegun>(
            """
            {"community":"HY","year":2026,"policyVersion":"v","due":"2026-10-23T01:00:00+00:00","questionnaire":
            {"title":{"zh":"甲","en":"a"},"intro":{"zh":"","en":""},"sections":[{"id":"s1","title":{"zh":"乙","en":"b"},
            "questions":[{"id":"q1","type":"Rating","text":{"zh":"丙","en":"c"},"required":true,"options":[]}]}]}}
            """);
        Assert.True(begun.Questionnaire.Find("q1") is { Type: QuestionType.Rating, Required: true, Raises: true });
        Assert.Null(begun.CopiedFrom);
        var counted = Read<SurveyEvent.SurveyCounted>(
            """{"buildings":[{"building":"1","invited":9,"answered":2,"counts":[0,1,1]}]}""");
        Assert.Equal([0, 1, 1], counted.Buildings[0].Counts);
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, StoredJson.Options)!;
}
