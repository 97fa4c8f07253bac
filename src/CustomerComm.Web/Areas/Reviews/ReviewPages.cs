using System.Collections.Immutable;
using System.Globalization;
using CustomerComm.App;
using CustomerComm.App.Matters;
using CustomerComm.App.Ports;
using CustomerComm.App.Reviews;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>The reviews, and one month of them.</summary>
internal static class ReviewPages
{
    /// <summary>Actions of the month's page.</summary>
    public const string Confirm = "Confirm", Submit = "Submit", SendBack = "SendBack", Close = "Close";

    private const int Months = 24;

    public static async Task<IResult> ListAsync(
        HttpContext http, StaffSessions sessions, CompanyDirectory directory, ITables tables, TimeProvider time,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        var lines = ImmutableArray.CreateBuilder<ReviewLine>();
        foreach (var community in directory.Communities)
        {
            if (member.Community is { } own && own != community.Id)
                continue;
            var words = Words(http, directory, community);
            // Keys are months, so the latest are at the end; they are few.
            var page = await tables.Of<ReviewRow>().QueryAsync(community.Id.Value, null, null, 1_000, null, ct);
            foreach (var row in page.Rows.Reverse().Take(Months))
                lines.Add(LineOf(row, community, words, time.Now()));
        }

        return DeskPages.Page<ReviewListPage>(
            StatusCodes.Status200OK, ("Frame", DeskPages.Frame(http, member)), ("Lines", lines.ToImmutable()));
    }

    public static async Task<IResult> ShowAsync(
        HttpContext http, string id, StaffSessions sessions, ReviewKind reviews, ReviewViewer viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await FindAsync(id, member, reviews, ct) is { } review
            ? await PageAsync(http, member, review, viewer, Done(http, viewer), null, StatusCodes.Status200OK, ct)
            : DeskPages.NotFound(http, member);
    }

    public static async Task<IResult> ActAsync(
        HttpContext http, string id, StaffSessions sessions, ReviewKind reviews, ReviewViewer viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await FindAsync(id, member, reviews, ct) is not { } review)
            return DeskPages.NotFound(http, member);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            var banner = viewer.Words(http, review.State.Community).Error(reason ?? "Banner.Expired");
            return await PageAsync(
                http, member, review, viewer, banner, null, form is null ? status : StatusCodes.Status400BadRequest, ct);
        }

        var action = form["action"];
        var result = action switch
        {
            Confirm => await ConfirmAsync(review, form, member, reviews, seen, ct),
            Submit => await reviews.SubmitAsync(review, member, seen, ct),
            SendBack => await reviews.HandleAsync(
                review.Stream, new ReviewCommand.SendBack(form["reason"].ReplaceLineEndings("\n").Trim()),
                new Actor.Staff(member), seen, ct),
            Close => await reviews.CloseAsync(review, member, seen, ct),
            _ => new MatterResult<Review>.Refused(
                Check.Bad("action", "4.5.4", "There is no such action.")),
        };
        return await OnwardAsync(http, member, review, viewer, result, form, action, ct);
    }

    /// <summary>The review of this id, where this person has something to do with it.</summary>
    public static async Task<LoadedMatter<Review>?> FindAsync(
        string id, StaffMember member, ReviewKind reviews, CancellationToken ct)
    {
        if (!id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            || await reviews.LoadAsync(reviews.StreamOf(id), ct) is not { } review)
        {
            return null;
        }

        var may = member.Unit is Unit.Quality or Unit.Leader
            || (member.Unit == Unit.Office && member.Community == review.State.Community);
        return may ? review : null;
    }

    /// <summary>What was done just now, as told at the top.</summary>
    public static DeskBanner? Done(HttpContext http, ReviewViewer viewer)
    {
        var words = viewer.Words(http, null);
        return words.Find($"Action.{http.Request.Query["done"]}") is { } what
            ? new DeskBanner(false, words.Format("Banner.Done", ("what", what)), null)
            : null;
    }

    private static async Task<MatterResult<Review>> ConfirmAsync(
        LoadedMatter<Review> review, PostedForm form, StaffMember member, ReviewKind reviews, SeenMessage seen,
        CancellationToken ct)
    {
        var findings = ImmutableArray.CreateBuilder<OpinionFinding>();
        foreach (var number in form.All("opinion").Take(ReviewMatter.MostAtOnce + 1))
        {
            if (await reviews.FindAsync(number, review.State.Community, review.State.Name, ct) is { } opinion)
                findings.Add(new OpinionFinding(opinion.Facts, Handled: true, Told: true, null, null, null));
        }

        return await reviews.HandleAsync(
            review.Stream, new ReviewCommand.Find(findings.ToImmutable()), new Actor.Staff(member), seen, ct);
    }

    private static async Task<IResult> OnwardAsync(
        HttpContext http, StaffMember member, LoadedMatter<Review> review, ReviewViewer viewer,
        MatterResult<Review> result, PostedForm form, string action, CancellationToken ct)
    {
        var words = viewer.Words(http, review.State.Community);
        switch (result)
        {
            case MatterResult<Review>.Done:
                return TypedResults.LocalRedirect(
                    $"~{http.Request.Path.Value}?done={Uri.EscapeDataString(action)}&show=todo");
            case MatterResult<Review>.Refused no:
                form.WrongField = no.Refusal.Field;
                return await PageAsync(
                    http, member, review, viewer, words.Refused(no.Refusal, action), form,
                    DeskPages.StatusOf(no.Refusal.Code), ct);
            case MatterResult<Review>.Reused:
                return await PageAsync(
                    http, member, review, viewer, words.Error("Banner.Reused"), form, StatusCodes.Status409Conflict,
                    ct);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, StaffMember member, LoadedMatter<Review> review, ReviewViewer viewer, DeskBanner? banner,
        PostedForm? form, int status, CancellationToken ct)
    {
        _ = int.TryParse(http.Request.Query["from"], NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        var view = await viewer.MonthAsync(
            http, review, member, http.Request.Query["show"] == "todo", from, form, ct);
        return DeskPages.Page<ReviewPage>(status, ("Frame", DeskPages.Frame(http, member, banner)), ("View", view));
    }

    private static DeskWords Words(HttpContext http, CompanyDirectory directory, Community community) => new(
        UiLanguage.Of(http), directory, TimeZoneInfo.FindSystemTimeZoneById(community.TimeZone),
        new UiTexts("Analysis"));

    private static ReviewLine LineOf(ReviewRow row, Community community, DeskWords words, DateTimeOffset now)
    {
        _ = Enum.TryParse<ReviewStage>(row.Stage, out var stage);
        var open = stage != ReviewStage.Closed;
        return new ReviewLine(
            $"/desk/reviews/{community.Id}-{row.RowKey}", row.RowKey, words.Community(community), words.Name(stage),
            !open, row.Opinions, row.Reviewed, words.Time(row.ReviewDue),
            stage == ReviewStage.Reviewing && row.ReviewDue < now,
            open ? null : $"/reports?community={community.Id}&month={row.RowKey}");
    }
}
