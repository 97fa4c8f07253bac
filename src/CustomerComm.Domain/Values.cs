using System.Text.RegularExpressions;

namespace CustomerComm.Domain;

/// <summary>Short code of a residential community, two to eight capital letters or digits, e.g. <c>HY</c>.</summary>
public readonly record struct CommunityId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Identity of a member of staff within the company, e.g. <c>s-li</c>.</summary>
public readonly record struct StaffId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// Identity of one stream of events; letters, digits and <c>- _ . :</c> only, so that every store can key by it.
/// </summary>
public readonly record struct StreamId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A home within a community as people write it, e.g. <c>3-1-502</c> (building, entrance, door).</summary>
public readonly record struct Room(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// Something a person said or that identifies a person. Stored encrypted with that person's own key;
/// reads as <see cref="Erased"/> once the key is gone. Never written to a log.
/// </summary>
public readonly record struct Personal(string Value)
{
    /// <summary>What is read where the person's key was erased.</summary>
    public const string Erased = "[erased]";

    /// <summary>Masks the value, so that interpolating it into a log gives nothing away.</summary>
    public override string ToString() => "[personal]";
}

/// <summary>A telephone number in E.164 form (<c>+</c> and 3 to 15 digits).</summary>
public readonly partial record struct PhoneNumber
{
    private PhoneNumber(string value) => Value = value;

    /// <summary>The number in E.164 form.</summary>
    public string Value { get; }

    /// <summary>Takes a number already in E.164 form; people's own spellings are read by the application.</summary>
    public static bool TryCreate(string? e164, out PhoneNumber number)
    {
        var ok = e164 is not null && E164().IsMatch(e164);
        number = ok ? new PhoneNumber(e164!) : default;
        return ok;
    }

    /// <summary>As <see cref="TryCreate"/>; throws <see cref="FormatException"/> when it is not E.164.</summary>
    public static PhoneNumber Create(string e164) =>
        TryCreate(e164, out var number) ? number : throw new FormatException("Not an E.164 telephone number.");

    /// <summary>Masked to the last four digits, for pages and logs.</summary>
    public override string ToString() => Value is null ? "" : "…" + Value[^Math.Min(4, Value.Length)..];

    [GeneratedRegex(@"^\+[0-9]{3,15}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex E164();
}

/// <summary>What a complaint is about; each value has one row in the routing table (4.6.1-2 A–D).</summary>
public enum Category
{
    /// <summary>态度: how staff treated someone (4.6.1-2-A).</summary>
    StaffAttitude,
    /// <summary>服务质量: service slow, missing or badly done (4.6.1-2-A).</summary>
    ServiceQuality,
    /// <summary>土建: walls, roofs, leaks, structure, doors and windows (4.6.1-2-B).</summary>
    CivilWorks,
    /// <summary>装修: fitting-out, renovation, unauthorised building (4.6.1-2-B).</summary>
    Renovation,
    /// <summary>设备: lifts, water, power, gas, entrance, lighting, fire equipment (4.6.1-2-B).</summary>
    Equipment,
    /// <summary>收费: fees, deposits, bills, accounts, use of common income (4.6.1-2-C).</summary>
    Charges,
    /// <summary>赔偿: money compensation asked for (4.6.1-2-D).</summary>
    Compensation,
    /// <summary>投诉管理处主任/部门经理: against an office manager or a department head (4.6.1-2-D).</summary>
    AgainstManager,
    /// <summary>清洁: cleaning, rubbish, smells (4.6.2-3).</summary>
    Cleaning,
    /// <summary>治安: safety, theft, guards, strangers (4.6.2-3).</summary>
    Security,
    /// <summary>停车: parking, blocked ways, vehicles (4.6.2-3).</summary>
    Parking,
    /// <summary>绿化: lawns, trees, flower beds (4.6.2-3).</summary>
    Greenery,
    /// <summary>邻里: noise and quarrels between neighbours, businesses in homes (4.6.2-3).</summary>
    Neighbours,
    /// <summary>宠物: dogs, cats and their traces (4.6.2-3).</summary>
    Pets,
    /// <summary>其他: anything else; a person decides (4.6.2-3).</summary>
    Other,
}

/// <summary>What kind of message opened the complaint.</summary>
public enum Nature
{
    /// <summary>投诉: something is wrong and somebody asks that it be put right (4.6).</summary>
    Complaint,
    /// <summary>咨询: a question about services (4.2.3).</summary>
    Enquiry,
    /// <summary>建议: a suggestion (4.5.4).</summary>
    Suggestion,
    /// <summary>报修: a repair is asked for; nobody is blamed (4.5.3).</summary>
    RepairRequest,
    /// <summary>表扬: praise (4.5.4).</summary>
    Praise,
    /// <summary>问候: a greeting or small talk, no matter to handle.</summary>
    Greeting,
    /// <summary>垃圾信息: advertising or nonsense.</summary>
    Spam,
}

/// <summary>
/// How much is at stake; decides the default time to resolve (4.6.2-6) and the reports owed (4.6.2-5).
/// </summary>
public enum Severity
{
    /// <summary>Ordinary.</summary>
    Ordinary,
    /// <summary>Urgent: people are trapped, flooded, without power, or in danger now.</summary>
    Urgent,
    /// <summary>
    /// Major: injury, large damage, many homes, or repeated and unanswered; corrective and preventive reports are
    /// owed.
    /// </summary>
    Major,
}

/// <summary>
/// Who within the company is responsible: the office of a community, a department, or the leader in charge.
/// </summary>
public enum Unit
{
    /// <summary>管理处: the management office of the community.</summary>
    Office,
    /// <summary>质管部.</summary>
    Quality,
    /// <summary>工程部.</summary>
    Engineering,
    /// <summary>财务部.</summary>
    Finance,
    /// <summary>公司分管领导.</summary>
    Leader,
}
