using System.Net.Http.Json;
using System.Text.Json;
using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Functions.Tests;

/// <summary>The Azure host asks for a second opinion as the one-process host does.</summary>
public sealed class SecondOpinionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_an_endpoint_When_ours_is_unsure_Then_its_answer_is_kept_beside_the_complaint()
    {
        await using var server = await OpinionServer.StartAsync();
        server.Say(Category.Pets, Nature.Enquiry, Severity.Ordinary);
        await using var app = await FunctionsApp.StartAsync(
            server.Settings, s => s.AddSingleton<Classifier>(new UnsureClassifier()));
        using var response = await app.Web.PostAsJsonAsync(
            new Uri("/api/complaints", UriKind.Relative),
            new { community = "HY", text = "唉，还是那样", contact = new { phone = TestCompany.ResidentPhone } }, Ct);
        var json = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        // The messages went out, so the pump was there, and waited for nobody.
        await app.SmsService.SentAsync(1);
        Assert.Empty(server.Asked);
        Assert.True(app.Get<SecondOpinionQueue>().TryTake(out var stream));
        await app.Get<SecondOpinions>().AskAsync(stream, Ct);

        var state = (await app.CaseAsync(stream.Value))!.State;
        Assert.Equal(json.GetProperty("number").GetString(), state.Number.ToString());
        Assert.Equal(new SecondOpinion(Category.Pets, Nature.Enquiry, Severity.Ordinary), state.SecondOpinion!.Opinion);
        Assert.Equal((Category.Other, Nature.Complaint, false), (state.Category, state.Kind, state.Triaged));
    }

    [Fact]
    public void Given_the_host_Then_another_classifier_is_there_where_an_endpoint_is_named_and_only_there()
    {
        using var off = FunctionsHost.Build([.. FunctionsApp.Settings()]);
        Assert.Null(off.Services.GetService<ISecondClassifier>());
        using var on = FunctionsHost.Build(
        [
            .. FunctionsApp.Settings(), "--CustomerComm:SecondOpinion:Endpoint=https://x.openai.azure.com/openai/v1/",
            "--CustomerComm:SecondOpinion:Model=m", "--CustomerComm:SecondOpinion:Key=k",
        ]);
        Assert.NotNull(on.Services.GetService<ISecondClassifier>());
    }
}
