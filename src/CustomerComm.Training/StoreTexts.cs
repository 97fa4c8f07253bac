using CustomerComm.App.Classification;
using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain;
using CustomerComm.Domain.Complaints;
using CustomerComm.Domain.Directory;

namespace CustomerComm.Training;

/// <summary>
/// What a company's own triage says of its complaints, to learn from (4.6.2-1): the text with whom it names left out,
/// and kind, category and severity as a person decided them last.
/// </summary>
public static class StoreTexts
{
    /// <summary>The batch of these texts.</summary>
    public const string Batch = "store";

    private const int Page = 500;

    /// <summary>
    /// All complaints that a person triaged, oldest stream first. A text whose person was erased is left out.
    /// </summary>
    public static async Task<IReadOnlyList<LabelledText>> ReadAsync(
        IEventStore store, ComplaintKind complaints, CompanyDirectory directory, CancellationToken ct)
    {
        var people = Masking.NamesOf(directory);
        var texts = new List<LabelledText>();
        StreamId? after = null;
        while (await store.ListAsync(after, Page, ct) is { Count: > 0 } heads)
        {
            foreach (var head in heads)
            {
                if (head.Stream.Value.StartsWith(ComplaintKind.Name + ".", StringComparison.Ordinal)
                    && await complaints.LoadAsync(head.Stream, ct) is { } complaint
                    && Read(complaint.State, people) is { } text)
                    texts.Add(text);
            }

            after = heads[^1].Stream;
        }

        return texts;
    }

    private static LabelledText? Read(Complaint c, IReadOnlyList<string> people)
    {
        if (!c.Triaged || c.Intake.Text.Value == Personal.Erased)
            return null;
        return new LabelledText(Batch, Masking.Of(c, people), c.Category, c.Also, c.Also, c.Kind, c.Severity);
    }
}
