using System.Globalization;
using CustomerComm.App.Complaints;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Matters;
using CustomerComm.Web.Api;
using CustomerComm.Web.Matters;
using Microsoft.AspNetCore.Http;

namespace CustomerComm.Web.Open311;

/// <summary>
/// Requests of GeoReport v2 opened by other systems. What has no place of its own in a complaint stands in its text,
/// each on a line: positions, addresses, pictures, questions answered.
/// </summary>
internal sealed class GeoIntake(GeoReport report, Intake intake, Repetitions repetitions, CompanyDirectory directory)
{
    private const int LongestDescription = 4_000;
    private const int LongestRoom = 100;

    public async Task<IResult> CreateAsync(HttpContext http, GeoFormat format, CancellationToken ct)
    {
        var (form, unread) = await GeoForm.ReadAsync(http, ct);
        if (unread is not null)
            return unread.ToResult(format);
        if (!report.IsKey(form!.ApiKey))
        {
            var what = form.ApiKey is null ? "No api_key was provided" : "The api_key is not valid";
            return new GeoError(403, $"{what}: the request was not created.").ToResult(format);
        }

        if (GeoRequest.Jurisdiction(form.Jurisdiction, directory, out var community) is { } bad)
            return bad.ToResult(format);
        if (IdempotencyKey.Read(http.Request, out var key) is not null)
            return new GeoError(400, "Idempotency-Key must have 1 to 200 visible ASCII characters.").ToResult(format);
        var content = $"open311:{community.Id}:{form.Content}";
        if (ToIntake(form, community, out var request) is { } wrong)
            return wrong.ToResult(format);
        // GeoReport knows no keys of its own, and its clients send again what they are not sure of.
        var result = key is null
            ? await repetitions.ReceiveAsync(request!, content, new Actor.Resident(), ct)
            : await intake.ReceiveAsync(
                request! with { SourceId = $"open311:{community.Id}:{key}" }, new Actor.Resident(), ct);
        return result switch
        {
            MatterResult<Complaint>.Done opened => Created(opened.Matter.State, community, format),
            MatterResult<Complaint>.Refused no => new GeoError(400, no.Refusal.Text).ToResult(format),
            MatterResult<Complaint>.Reused => new GeoError(
                422, "This Idempotency-Key was sent before with another content; use a new one.").ToResult(format),
            var other => throw new InvalidOperationException($"Unknown result {other.GetType().Name}."),
        };
    }

    private static IResult Created(Complaint s, Community community, GeoFormat format) => new GeoNode.Several(
        "request",
        [
            GeoNode.Of(
                ("service_request_id", s.Number.ToString()),
                ("service_notice", NoticeOf(s, community)), ("account_id", null)),
        ]).ToResult(format, "service_requests", StatusCodes.Status201Created);

    /// <summary>With what was kept but could not be used, e.g. a phone that is none.</summary>
    private static string NoticeOf(Complaint s, Community community) => string.Join(
        ' ',
        ContactDoubts.Warnings(s.Intake.Contact, s.Intake.Language).Select(w => w.Text)
            .Prepend((s.ReportedDanger ? Emergency.TextOf(community, s.Intake.Language) + " " : "")
                + GeoReport.NoticeOf(community, s.Intake.Language)));

    private static GeoError? ToIntake(GeoForm form, Community community, out IntakeRequest? request)
    {
        request = null;
        if (form.Take("service_code") is not { } code)
            return new GeoError(400, "service_code was not provided.");
        if (GeoRequest.Service(code) is not { } category)
            return GeoRequest.NoService(code);
        if (form.Take("description") is not { } description)
            return new GeoError(400, "description was not provided: write what is wrong, 1 to 4,000 characters.");
        if (Check.Optional(description, "description", "4.6.2-1", LongestDescription) is { } unfit)
            return new GeoError(400, unfit.Text);
        if (Place(form, out var room, out var position) is { } nowhere)
            return nowhere;
        var pictures = new[] { form.Take("media_url"), form.Take("media_url[]"), form.Take("email") };
        var name = string.Join(
            ' ', new[] { form.Take("first_name"), form.Take("last_name") }.Where(n => n is not null));
        var phone = form.Take("phone");
        var text = string.Join(
            '\n', new[] { description, position }.Concat(pictures).OfType<string>().Concat(form.Rest));
        if (Check.Optional(text, "description", "4.6.2-1", Check.LongestText) is { } much)
            return new GeoError(400, "All fields together: " + much.Text);
        request = new IntakeRequest(
            community.Id, text, name.Length == 0 ? null : name, phone, room, null, Channel.Http, category, [], null,
            null, IsLetter: false, null, null);
        return null;
    }

    /// <summary>
    /// Where it is: an address that can be no room stays among the rest of the fields, and is a place all the same.
    /// </summary>
    private static GeoError? Place(GeoForm form, out string? room, out string? position)
    {
        (room, position) = (null, null);
        var (lat, lon) = (form.Take("lat"), form.Take("long"));
        if (lat is not null || lon is not null)
        {
            if (!IsPosition(lat ?? "", lon ?? ""))
                return new GeoError(400, "lat and long must be numbers of degrees (WGS84), both of them.");
            position = $"({lat}, {lon})";
        }

        foreach (var field in new[] { "attribute[ROOM]", "address_string", "address_id" })
        {
            if (form.Peek(field) is { Length: <= LongestRoom } fits && !fits.Contains('\n', StringComparison.Ordinal))
            {
                room = form.Take(field);
                return null;
            }
        }

        return position is not null || form.Peek("address_string") is not null
            ? null
            : new GeoError(400, "A location was not provided: address_string, address_id, or lat and long.");
    }

    private static bool IsPosition(string lat, string lon) =>
        double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && a is >= -90 and <= 90
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var o) && o is >= -180 and <= 180;
}
