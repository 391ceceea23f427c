using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MLflowSharp.Tests;

namespace MLflowSharp.Server.Tests.Scoring;

/// <summary>A model that adds up each row, in MLflow's layout; its flavor is made for these tests, and tells what it was asked.</summary>
internal sealed class SumModel : IModelFlavor
{
    private const string Flavor = "sum-of-rows";

    static SumModel() => ModelFlavors.Register(new SumModel());

    public string Name => Flavor;

    /// <summary>Called when a model of a factor scores, with the number of rows.</summary>
    public static ConcurrentDictionary<double, Action<int>> Watchers { get; } = [];

    /// <summary>Writes a model.</summary>
    /// <param name="factor">What sums are multiplied by.</param>
    /// <param name="signature">Whether it says what it takes, rows of two.</param>
    public static ModelFiles Create(double factor = 1, bool signature = true) => new(
        new Model
        {
            ArtifactPath = "model",
            Flavors = new JsonObject { [Flavor] = new JsonObject { ["factor"] = factor.ToString(System.Globalization.CultureInfo.InvariantCulture) } },
            Signature = signature ? new ModelSignature([new TensorSpec("float32", [-1, 2])], [new TensorSpec("float32", [-1, 1])]) : null,
            TimeCreated = DateTimeOffset.UnixEpoch,
        },
        new Dictionary<string, byte[]>());

    /// <summary>Writes a model into a new folder.</summary>
    public static string Save(TemporaryFolder folder, double factor = 1, bool signature = true)
    {
        var path = Path.Combine(folder.FullName, $"model-{Guid.NewGuid():N}");
        Create(factor, signature).Save(path);
        return path;
    }

    public IModelScorer Load(string directory, Model description) =>
        new Scorer(double.Parse(description.Flavors[Flavor]!["factor"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Scores, and breaks at a row that holds 666.</summary>
    private sealed class Scorer(double factor) : IModelScorer
    {
        public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters)
        {
            var rows = data.Tensor.AsType<float>().ToRows();
            Watchers.GetValueOrDefault(factor)?.Invoke(rows.Length);
            if (rows.Any(row => row.Contains(666)))
                throw new InvalidOperationException("The beast.\n   at Secret.Place()");
            return ModelData.Of([KeyValuePair.Create("sum", (ModelTensor)ModelTensor.Of([.. rows.Select(row => (float)(factor * row.Sum()))], rows.Length, 1))]);
        }

        public void Dispose()
        {
        }
    }
}
