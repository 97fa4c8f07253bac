using CustomerComm.App.Classification;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace CustomerComm.Training;

/// <summary>The learnt weights of one outcome over all features.</summary>
internal sealed record Column(float[] Weights, float Bias);

/// <summary>How hard it learns.</summary>
/// <param name="Iterations">At most so many steps of the optimizer.</param>
/// <param name="L2">How much great weights cost where one of many is chosen.</param>
/// <param name="BinaryL2">The same where it is yes or no.</param>
public sealed record Effort(int Iterations, float L2, float BinaryL2)
{
    /// <summary>What the product's model is trained with; found by leaving out one writer after another.</summary>
    public static Effort Full { get; } = new(120, 0.003f, 0.005f);
}

/// <summary>
/// Learns linear heads with Microsoft.ML. One thread and a fixed seed: the same texts give the same weights to the bit
/// on the same machine.
/// </summary>
internal sealed class Learner(int features, Effort effort)
{
    private const float Tolerance = 1e-6f;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>One of <paramref name="outcomes"/> for each text: maximum entropy.</summary>
    public Column[] OneOf(IReadOnlyList<List<Weighed>> texts, IReadOnlyList<int> labels, int outcomes)
    {
        var rows = texts.Select((t, i) => new ChoiceRow { Label = (uint)labels[i], Features = Buffer(t) }).ToList();
        var schema = SchemaDefinition.Create(typeof(ChoiceRow));
        schema[nameof(ChoiceRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), outcomes);
        schema[nameof(ChoiceRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        var options = new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = effort.L2,
            MaximumNumberOfIterations = effort.Iterations,
            OptimizationTolerance = Tolerance,
            NumberOfThreads = 1,
        };
        var model = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options)
            .Fit(_ml.Data.LoadFromEnumerable(rows, schema)).Model;
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out _);
        return [.. weights.Zip(model.GetBiases(), (w, b) => new Column([.. w.DenseValues()], b))];
    }

    /// <summary>Yes or no for each text: logistic regression.</summary>
    public Column YesOrNo(IReadOnlyList<List<Weighed>> texts, IReadOnlyList<bool> labels)
    {
        var rows = texts.Select((t, i) => new YesRow { Label = labels[i], Features = Buffer(t) }).ToList();
        var schema = SchemaDefinition.Create(typeof(YesRow));
        schema[nameof(YesRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        var options = new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = effort.BinaryL2,
            MaximumNumberOfIterations = effort.Iterations,
            OptimizationTolerance = Tolerance,
            NumberOfThreads = 1,
        };
        var model = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(options)
            .Fit(_ml.Data.LoadFromEnumerable(rows, schema)).Model.SubModel;
        return new Column([.. model.Weights], model.Bias);
    }

    private VBuffer<float> Buffer(List<Weighed> text) =>
        new(features, text.Count, [.. text.Select(w => w.Value)], [.. text.Select(w => w.Index)]);

    private sealed class ChoiceRow
    {
        public uint Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }

    private sealed class YesRow
    {
        public bool Label { get; set; }

        public VBuffer<float> Features { get; set; }
    }
}
