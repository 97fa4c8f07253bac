using System.Text.Json;
using CustomerComm.App.Storage;
using CustomerComm.Domain.Surveys;
using CustomerComm.Testing;

namespace CustomerComm.App.Tests.Surveys;

/// <summary>Events are stored types: old shapes stay readable.</summary>
[Clause("4.5.6")]
public sealed class SurveyStoredEventTests
{
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
