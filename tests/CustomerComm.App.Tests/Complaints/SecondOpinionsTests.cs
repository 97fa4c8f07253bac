using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.App.Tests.Complaints;

/// <summary>The pump asks for a second opinion and goes on; each complaint gets one answer, or none for good.</summary>
public sealed class SecondOpinionsTests : IAsyncLifetime
{
    private const string Text = "唉，一言难尽，还是那样";

    private readonly FakeSecond _second = new();
    private TestApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SecondOpinionQueue Queue => _app.Get<SecondOpinionQueue>();

    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(s => s
        .AddSingleton<Classifier>(new UnsureClassifier()).AddSingleton<ISecondClassifier>(_second));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Given_none_is_named_When_ours_is_unsure_Then_nobody_is_asked_and_nothing_wakes_for_it()
    {
        await using var app = await TestApp.StartAsync(s => s.AddSingleton<Classifier>(new UnsureClassifier()));
        var complaint = await app.OpenAsync(Text, category: null);
        await app.SweepAsync();

        Assert.False(app.Get<SecondOpinionQueue>().IsOn);
        Assert.False(app.Get<SecondOpinionQueue>().TryTake(out _));
        var due = (await app.Get<IEventStore>().ReadHeadAsync(complaint.Stream, Ct))!.NextDue;
        Assert.Equal(ComplaintKind.Owed(complaint).Min(o => o.Trigger), due);
    }

    [Fact]
    public async Task Given_the_process_dies_before_it_asks_When_a_minute_is_over_Then_it_is_asked_for_again()
    {
        var complaint = await _app.OpenAsync(Text, category: null);
        await _app.SweepAsync();
        Assert.Equal(complaint.Stream, Take());
        // The process that had it is gone.
        Queue.Done(complaint.Stream);

        await _app.SweepAsync();
        Assert.Null(Take());
        _app.Time.Advance(TimeSpan.FromSeconds(61));
        await _app.SweepAsync();
        Assert.Equal(complaint.Stream, Take());
    }

    [Fact]
    public async Task Given_it_waits_or_is_asked_about_When_pumped_again_Then_it_is_not_put_in_twice()
    {
        var complaint = await _app.OpenAsync(Text, category: null);
        for (var i = 0; i < 3; i++)
        {
            await _app.SweepAsync();
            _app.Time.Advance(TimeSpan.FromSeconds(61));
        }

        Assert.Equal(complaint.Stream, Take());
        Assert.Null(Take());
    }

    [Fact]
    public async Task Given_it_was_answered_When_asked_about_again_by_another_instance_Then_the_first_answer_stays()
    {
        var complaint = await AskedAsync();
        var first = complaint.State.SecondOpinion;
        _second.Says = new SecondOpinion(Category.Greenery, Nature.Spam, Severity.Major);
        await _app.Get<SecondOpinions>().AskAsync(complaint.Stream, Ct);

        Assert.Equal(first, (await _app.StateAsync(complaint)).SecondOpinion);
        Assert.Single(_second.Texts);
        Assert.NotNull(first!.Opinion);
    }

    [Fact]
    public async Task Given_triage_decides_first_When_the_answer_comes_Then_it_is_left_out()
    {
        var complaint = await _app.OpenAsync(Text, category: null);
        _second.Before = () => _app.DoAsync(
            complaint,
            new ComplaintCommand.Triage(Nature.Complaint, Category.Parking, [], Severity.Ordinary, null, null),
            TestCompany.HyDuty);
        await _app.Get<SecondOpinions>().AskAsync(complaint.Stream, Ct);

        var state = await _app.StateAsync(complaint);
        Assert.Single(_second.Texts);
        Assert.Equal((true, Category.Parking, null), (state.Triaged, state.Category, state.SecondOpinion));
    }

    [Fact]
    public async Task Given_it_throws_whatever_it_likes_When_asked_Then_that_is_no_opinion_for_good()
    {
        _second.Before = () => throw new OperationCanceledException("its own");
        var complaint = await AskedAsync();
        Assert.Equal(new ComplaintEvent.SecondOpinionTaken(null), complaint.State.SecondOpinion);
        _app.Time.Advance(TimeSpan.FromDays(1));
        await _app.SweepAsync();
        Assert.Null(Take());
    }

    [Fact]
    public async Task Given_it_never_answers_and_hears_no_cancelling_When_three_seconds_are_over_Then_there_is_none()
    {
        var complaint = await _app.OpenAsync(Text, category: null);
        var never = new TaskCompletionSource();
        _second.Before = () => never.Task;
        var asking = _app.Get<SecondOpinions>().AskAsync(complaint.Stream, Ct);
        await _second.Asked.Task.WaitAsync(Ct);
        Assert.False(asking.IsCompleted);

        _app.Time.Advance(SecondOpinions.Longest);
        await asking;
        Assert.Equal(
            new ComplaintEvent.SecondOpinionTaken(null), (await _app.StateAsync(complaint)).SecondOpinion);
    }

    [Fact]
    public async Task Given_who_it_is_from_and_names_on_file_When_asked_Then_they_are_masked()
    {
        var resident = TestCompany.Directory.Homes.SelectMany(h => h.Residents).First().Name;
        var complaint = await _app.OpenAsync(
            $"那个事{TestCompany.HyDuty.Name}和{resident}都知道，电话{TestCompany.ResidentPhone}，3-1-502", category: null);
        await _app.Get<SecondOpinions>().AskAsync(complaint.Stream, Ct);

        var text = Assert.Single(_second.Texts);
        Assert.StartsWith("那个事***和***都知道，电话***，***", text, StringComparison.Ordinal);
    }

    private async Task<LoadedMatter<Complaint>> AskedAsync()
    {
        var complaint = await _app.OpenAsync(Text, category: null);
        await _app.SweepAsync();
        await _app.Get<SecondOpinions>().AskAsync(Take()!.Value, Ct);
        await _app.SweepAsync();
        return (await _app.Get<ComplaintKind>().LoadAsync(complaint.Stream, Ct))!;
    }

    private StreamId? Take() => Queue.TryTake(out var stream) ? stream : null;

    /// <summary>Another classifier that says what the test wants, after what the test wants to happen before.</summary>
    private sealed class FakeSecond : ISecondClassifier
    {
        public List<string> Texts { get; } = [];

        public TaskCompletionSource Asked { get; } = new();

        public SecondOpinion? Says { get; set; } = new(Category.Pets, Nature.Praise, Severity.Urgent);

        public Func<Task> Before { get; set; } = () => Task.CompletedTask;

        public async Task<SecondOpinion?> AskAsync(string maskedText, CancellationToken ct)
        {
            Texts.Add(maskedText);
            Asked.TrySetResult();
            await Before();
            return Says;
        }
    }
}
