namespace CustomerComm.Testing;

/// <summary>One clause of the procedure with a title of one line.</summary>
public sealed record ProcedureClause(string Number, string Title);

/// <summary>Every clause of the procedure, in its order. Numbers are the source's own.</summary>
public static class ProcedureClauses
{
    /// <summary>All clauses.</summary>
    public static IReadOnlyList<ProcedureClause> All { get; } =
    [
        new("1.0", "Many channels with residents, open all the time; what comes in is collected and analysed"),
        new("2.0", "All phases: before, during and after a service"),
        new("3.1", "The office keeps the channels and obtains information in time"),
        new("3.2", "Quality keeps the statistics of satisfaction and opinions"),
        new("3.3", "The office talks with the resident about a contract or order and asks for an evaluation"),
        new("4.1.1", "Company documents: covenant, handbook, notices, circulars"),
        new("4.1.2", "Day-to-day management information and information about residents"),
        new("4.1.3", "Outside information that the office passes on"),
        new("4.2.1", "Opinions go into the communication register, are handled promptly and answered"),
        new("4.2.2", "Information is pushed by notice board, document, circular and network"),
        new("4.2.3", "An enquiry gets a concrete answer; what is out of scope is said at once"),
        new("4.2.4", "The resident is kept informed during a contract or order; amendments at once"),
        new("4.5.1", "The complaint number is published in every community"),
        new("4.5.2", "On duty 24 hours, answered within three rings, every problem recorded at a fixed post"),
        new("4.5.3", "Every month repairs are revisited; only the resident's signature makes it valid"),
        new("4.5.4", "Every month opinions are verified and answered; quality verifies the results"),
        new("4.5.5", "The owners' committee is sought out; meetings are recorded"),
        new("4.5.6", "Every year the opinion survey; what many raise gets a public answer"),
        new("4.5.7", "All units keep widening communication"),
        new("4.6.1-1", "Hear the resident out, explain, tell the complaint number"),
        new("4.6.1-2", "Record it on the form, pass it on or handle it"),
        new("4.6.1-2-A", "Staff attitude, service quality: quality department"),
        new("4.6.1-2-B", "Civil works, renovation, equipment: engineering department"),
        new("4.6.1-2-C", "Charges: finance department"),
        new("4.6.1-2-D", "Compensation, or against a manager or head: the leader in charge"),
        new("4.6.1-2-E", "A letter is answered only after the leader approved the answer"),
        new("4.6.1-2-F", "The department chiefly concerned leads, the others cooperate"),
        new("4.6.1-2-G", "The office solves it to the end and cooperates; untrue reporting is borne in full"),
        new("4.6.1-3", "What cannot be solved goes to the leader, whose instruction is followed"),
        new("4.6.1-4", "The lead department contacts the resident afterwards, asks, thanks, notes wishes"),
        new("4.6.1-5", "Records go to quality within 3 days of completion"),
        new("4.6.2-1", "Every complaint goes to the office at once and gets a form; none is left out"),
        new("4.6.2-2", "A complaint transferred by the company is entered and handled"),
        new("4.6.2-3", "The office handles itself what it can, without shifting it"),
        new("4.6.2-4", "The resident's signature; the office never signs in their place"),
        new("4.6.2-5", "Cause and prevention; both reports for a major complaint"),
        new("4.6.2-6", "Solved within the time the resident asked for, or an extension told beforehand"),
    ];
}
