using CustomerComm.App.Reports;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerComm.Web.Areas.Registers;

/// <summary>The communication registers at the desk (4.2.1, 4.5.2).</summary>
internal sealed class RegistersArea : IDeskArea
{
    /// <inheritdoc/>
    public string Words => "Registers";

    /// <inheritdoc/>
    public string Path => "/desk/registers";

    /// <inheritdoc/>
    public IReadOnlyList<string> Matters => ["register"];

    /// <inheritdoc/>
    public bool MaySee(StaffMember member) => true;

    /// <summary>An answer is given at the entry, a shift taken over at the hand-over of the post.</summary>
    public string AddressOf(ObligationRow duty)
    {
        if (duty.Stream.Split('.') is not ["register", var community, var post, var month])
            return Path;
        var (kind, subject) = duty.Subject.Split('|', 2) is [var late, var of] ? (late, of) : (duty.Kind, duty.Subject);
        return kind == nameof(ObligationKind.AnswerContact)
            ? $"{Path}/{community}/{post}/{month}/{subject}"
            : $"{Path}/{community}/{post}/hand-over";
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder desk)
    {
        desk.MapGet("/registers", RegisterPages.PostsAsync);
        var post = desk.MapGroup("/registers/{community}/{post}");
        post.MapGet("", RegisterPages.ShowAsync);
        post.MapPost("", RegisterPages.EnterAsync);
        post.MapGet("/hand-over", HandOverPages.ShowAsync);
        post.MapPost("/hand-over", HandOverPages.ActAsync);
        post.MapGet("/{month}/print", RegisterPages.PrintAsync);
        post.MapGet("/{month}/{entry:int}", EntryPages.ShowAsync);
        post.MapPost("/{month}/{entry:int}", EntryPages.ActAsync);
    }
}

/// <summary>Registers the area.</summary>
internal static class RegistersPages
{
    /// <summary>Adds it.</summary>
    public static IServiceCollection AddRegistersPages(this IServiceCollection services) =>
        services.AddSingleton<IDeskArea, RegistersArea>();
}
