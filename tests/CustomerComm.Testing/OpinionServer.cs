using System.Collections.Concurrent;
using CustomerComm.App.Classification;
using CustomerComm.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerComm.Testing;

/// <summary>What the endpoint was sent.</summary>
public sealed record AskedOpinion(string Path, string? Authorization, string Body);

/// <summary>
/// Stands in for an endpoint that speaks like OpenAI: remembers what it was sent and answers as told, or not at all.
/// </summary>
public sealed class OpinionServer : IAsyncDisposable
{
    public const string Model = "model-of-the-test";
    public const string Key = "key-of-the-test";

    private readonly WebApplication _app;
    private readonly Signal _news = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpinionServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Map("{*path}", AnswerAsync);
    }

    /// <summary>The settings that name it.</summary>
    public string[] Settings =>
    [
        $"--CustomerComm:SecondOpinion:Endpoint={Address}v1/", $"--CustomerComm:SecondOpinion:Model={Model}",
        $"--CustomerComm:SecondOpinion:Key={Key}",
    ];

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<AskedOpinion> Asked { get; } = new();

    /// <summary>What the model says.</summary>
    public string Content { get; set; } = "";

    /// <summary>The whole body instead of one that holds <see cref="Content"/>.</summary>
    public string? Body { get; set; }

    public int Status { get; set; } = StatusCodes.Status200OK;

    /// <summary>It takes the question and says nothing until <see cref="Release"/>.</summary>
    public bool Holds { get; set; }

    public static async Task<OpinionServer> StartAsync()
    {
        var server = new OpinionServer();
        await server._app.StartAsync();
        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        server.Address = new Uri(addresses.Addresses.First());
        return server;
    }

    /// <summary>Says three of our names, in the form asked for.</summary>
    public void Say(Category category, Nature kind, Severity severity) =>
        Content = $$"""{"category":"{{category}}","kind":"{{kind}}","severity":"{{severity}}"}""";

    /// <summary>Waits until it was asked so often.</summary>
    public Task AskedAsync(int times) => _news.UntilAsync(() => Asked.Count >= times, $"{times} questions");

    /// <summary>Answers what it holds.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        Asked.Enqueue(new AskedOpinion(http.Request.Path, http.Request.Headers.Authorization, body));
        _news.Pulse();
        if (Holds)
            await _released.Task;
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/json";
        var answer = new
        {
            id = "1",
            @object = "chat.completion",
            created = 1,
            model = Model,
            choices = new[]
            {
                new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = Content } },
            },
        };
        await (Body is null ? http.Response.WriteAsJsonAsync(answer) : http.Response.WriteAsync(Body));
    }
}

/// <summary>Unsure of every text: an ordinary complaint about anything.</summary>
public sealed class UnsureClassifier : Classifier
{
    /// <inheritdoc/>
    public override Suggestion Classify(string text) =>
        new(Category.Other, [], Nature.Complaint, Severity.Ordinary) { Confidence = 0.2, Unsure = true };
}
