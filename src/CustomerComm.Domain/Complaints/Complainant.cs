namespace CustomerComm.Domain.Complaints;

/// <summary>In whose name somebody complains (4.6.2-4).</summary>
public enum Standing
{
    /// <summary>本人: the resident or owner.</summary>
    Self,
    /// <summary>家属: a member of the family, for the resident.</summary>
    Family,
    /// <summary>其他代理人: somebody else, for the resident.</summary>
    Representative,
    /// <summary>委托单位: an organisation that entrusted the company, by its contact person.</summary>
    Organisation,
}

/// <summary>
/// Who complains where that is not the resident: whoever speaks for them, or the contact person of an
/// <paramref name="Organisation"/>. <paramref name="Phone"/> is in E.164 form.
/// </summary>
public sealed record Complainant(Standing Standing, Personal Name, Personal? Phone, Personal? Organisation)
{
    /// <summary>What was given as the number, where none could be read.</summary>
    public Personal? Remark { get; init; }

    /// <summary>Somebody speaks for a resident, who alone signs unless the authority was seen.</summary>
    public bool IsRepresentative => Standing is Standing.Family or Standing.Representative;
}

/// <summary>
/// Who signed where it was not the resident: with <paramref name="AuthoritySeenBy"/> the member of staff without a hand in
/// the complaint who saw the letter of authority; null of an organisation's contact person, who needs none.
/// </summary>
public sealed record Signatory(Standing Standing, Personal Name, Personal? Organisation, StaffId? AuthoritySeenBy);
