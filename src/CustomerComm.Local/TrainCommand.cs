using CustomerComm.App.Complaints;
using CustomerComm.App.Ports;
using CustomerComm.Domain.Directory;
using CustomerComm.Training;

namespace CustomerComm.Local;

/// <summary><c>train</c>: makes the classifier's model from labelled texts, or tells how good it is.</summary>
internal static class TrainCommand
{
    /// <summary>The labelled texts that come with the product, seen from the top of the checkout.</summary>
    public const string TextsFolder = "src/CustomerComm.Training/texts";

    /// <summary>The model that comes with the product.</summary>
    public const string ModelFile = "src/CustomerComm.App/Classification/Data/model.bin";

    /// <summary>Learns from the texts of a folder, and with settings from the triaged complaints of that store.</summary>
    public static async Task<int> LearnAsync(string folder, string model, string[]? settings, CancellationToken ct)
    {
        var texts = await TextsAsync(folder, settings, ct);
        using var file = new MemoryStream();
        var report = ModelTraining.Train(texts, Effort.Full, file, Console.Error.WriteLine, ct);

        // Written whole or not at all: a broken model would classify nothing.
        await File.WriteAllBytesAsync(model + ".new", file.ToArray(), ct);
        File.Move(model + ".new", model, overwrite: true);
        Console.Write(report);
        Console.WriteLine();
        Console.WriteLine($"{model}: {file.Length} bytes, learnt from {texts.Count} texts");
        return 0;
    }

    /// <summary>Leaves out each writer in turn.</summary>
    public static async Task<int> TryWritersAsync(string folder, string[]? settings, CancellationToken ct)
    {
        var texts = await TextsAsync(folder, settings, ct);
        Console.Write(ModelTraining.Evaluate(texts, Effort.Full, Console.Error.WriteLine, ct));
        return 0;
    }

    /// <summary>Tries a written model on the labelled texts of a file.</summary>
    public static async Task<int> TryTextsAsync(string model, string texts)
    {
        await using var file = File.OpenRead(model);
        Console.Write(ModelTraining.Evaluate(file, LabelledText.ReadFile(texts)));
        return 0;
    }

    private static async Task<IReadOnlyList<LabelledText>> TextsAsync(
        string folder, string[]? settings, CancellationToken ct)
    {
        var texts = LabelledText.ReadFolder(folder);
        if (settings is null)
            return texts;
        await using var app = LocalHost.Build(settings);
        await LocalHost.PrepareAsync(app.Services, ct);
        var own = await StoreTexts.ReadAsync(
            app.Services.GetRequiredService<IEventStore>(), app.Services.GetRequiredService<ComplaintKind>(),
            app.Services.GetRequiredService<CompanyDirectory>(), ct);
        await Console.Error.WriteLineAsync($"{own.Count} triaged complaints of the store");
        return [.. texts, .. own];
    }
}
