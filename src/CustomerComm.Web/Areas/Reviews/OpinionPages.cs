using CustomerComm.App.Matters;
using CustomerComm.App.Reviews;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Domain.Reviews;
using CustomerComm.Web.Desk;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Areas.Reviews;

/// <summary>One opinion of a month's review.</summary>
internal static class OpinionPages
{
    /// <summary>Actions of the page.</summary>
    public const string Find = "Find", Inspect = "Inspect";

    public static async Task<IResult> ShowAsync(
        HttpContext http, string id, string number, StaffSessions sessions, ReviewKind reviews, ReviewViewer viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        return await LoadAsync(id, number, member, reviews, ct) is var (review, opinion)
            ? Page(http, member, review, opinion, viewer, ReviewPages.Done(http, viewer), null, StatusCodes.Status200OK)
            : DeskPages.NotFound(http, member);
    }

    public static async Task<IResult> ActAsync(
        HttpContext http, string id, string number, StaffSessions sessions, ReviewKind reviews, ReviewViewer viewer,
        CancellationToken ct)
    {
        if (sessions.Current(http) is not { } member)
            return DeskPages.SignIn(http);
        if (await LoadAsync(id, number, member, reviews, ct) is not var (review, opinion))
            return DeskPages.NotFound(http, member);
        var words = viewer.Words(http, review.State.Community);
        var (form, status, reason) = await PostedForm.ReadAsync(http);
        if (form is null || form.Seen(member.Id) is not { } seen)
        {
            return Page(
                http, member, review, opinion, viewer, words.Error(reason ?? "Banner.Expired"), form,
                form is null ? status : StatusCodes.Status400BadRequest);
        }

        MatterResult<Review> result = Command(form, opinion) is { } command
            ? await reviews.HandleAsync(review.Stream, command, new Actor.Staff(member), seen, ct)
            : new MatterResult<Review>.Refused(Check.Bad("action", "4.5.4", "Answer yes or no."));
        switch (result)
        {
            case MatterResult<Review>.Done { Matter.State: var s }:
                return TypedResults.LocalRedirect(
                    $"~/desk/reviews/{s.Community}-{s.Name}?show=todo&done={form["action"]}");
            case MatterResult<Review>.Refused no:
                form.WrongField = no.Refusal.Field;
                return Page(
                    http, member, review, opinion, viewer, words.Refused(no.Refusal, form["action"]), form,
                    DeskPages.StatusOf(no.Refusal.Code));
            case MatterResult<Review>.Reused:
                return Page(
                    http, member, review, opinion, viewer, words.Error("Banner.Reused"), form,
                    StatusCodes.Status409Conflict);
            default:
                return DeskPages.NotFound(http, member);
        }
    }

    private static ReviewCommand? Command(PostedForm form, OpinionView opinion)
    {
        string Text(string field) => form[field].ReplaceLineEndings("\n").Trim();
        return form["action"] switch
        {
            Find when YesNo(form["handled"]) is { } handled && YesNo(form["told"]) is { } told =>
                new ReviewCommand.Find(
                    [new OpinionFinding(opinion.Facts, handled, told, Text("why"), Text("next"), Text("words"))]),
            Inspect when YesNo(form["holds"]) is { } holds =>
                new ReviewCommand.Inspect(opinion.Facts, holds, Text("comment")),
            _ => null,
        };
    }

    private static bool? YesNo(string value) => value switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    /// <summary>The opinion must be of that month, and one this person may see.</summary>
    private static async Task<(LoadedMatter<Review> Review, OpinionView Opinion)?> LoadAsync(
        string id, string number, StaffMember member, ReviewKind reviews, CancellationToken ct)
    {
        if (await ReviewPages.FindAsync(id, member, reviews, ct) is not { } review
            || await reviews.FindAsync(number, review.State.Community, review.State.Name, ct) is not { } opinion
            || !opinion.MaySee(member))
        {
            return null;
        }

        return (review, opinion);
    }

    private static IResult Page(
        HttpContext http, StaffMember member, LoadedMatter<Review> review, OpinionView opinion, ReviewViewer viewer,
        DeskBanner? banner, PostedForm? form, int status) => DeskPages.Page<OpinionPage>(
        status, ("Frame", DeskPages.Frame(http, member, banner)),
        ("View", viewer.Opinion(http, review, opinion, member, form)));
}
