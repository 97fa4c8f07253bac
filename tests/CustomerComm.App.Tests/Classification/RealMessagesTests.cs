using System.Text.Json;
using CustomerComm.App.Classification;
using CustomerComm.Domain;

namespace CustomerComm.App.Tests.Classification;

/// <summary>Real messages of residents, where the machine has them; they are no part of the project.</summary>
public sealed class RealMessagesTests
{
    private const string Name = "shared/data/resident-messages.jsonl";

    [Fact]
    public void Given_real_messages_When_classified_Then_most_find_their_department()
    {
        var file = Find();
        if (file is null)
            Assert.Skip($"{Name} is not beside the repository");
        var classifier = new Classifier();
        var suggestions = File.ReadLines(file!).Where(line => line.Length > 0)
            .Select(line => classifier.Classify(Text(line))).ToList();

        Assert.NotEmpty(suggestions);
        Assert.True(Share(s => s.Category == Category.Other) < 0.30, "too many without a department");
        Assert.True(Share(s => s.Kind == Nature.Complaint) > 0.80, "they were written as complaints");
        Assert.True(Share(s => s.Kind is Nature.Spam or Nature.Greeting) < 0.01, "none of them is spam");
        Assert.True(Share(s => s.Because.Count == 0) < 0.01, "the words it went by are missing");

        double Share(Func<Suggestion, bool> which) => (double)suggestions.Count(which) / suggestions.Count;
    }

    private static string Text(string line)
    {
        using var message = JsonDocument.Parse(line);
        return message.RootElement.GetProperty("subject").GetString() + "\n"
            + message.RootElement.GetProperty("text").GetString();
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, Name);
            if (File.Exists(file))
                return file;
        }

        return null;
    }
}
