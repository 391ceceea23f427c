using System.Collections;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML;

/// <summary>
/// How much each feature counts in a model of trees, as MLflow logs it of LightGBM
/// (https://mlflow.org/docs/latest/api_reference/python_api/mlflow.lightgbm.html#mlflow.lightgbm.autolog).
/// </summary>
/// <param name="Split">By feature in how many splits it is used.</param>
/// <param name="Gain">By feature what its splits gained together.</param>
internal sealed record FeatureImportance(IReadOnlyDictionary<string, double> Split, IReadOnlyDictionary<string, double> Gain)
{
    /// <summary>The importances by their names at LightGBM.</summary>
    public IEnumerable<(string Kind, IReadOnlyDictionary<string, double> Of)> Kinds => [("split", Split), ("gain", Gain)];

    /// <summary>Reads them off a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="schema">The columns that it takes; they tell the features' names.</param>
    /// <returns>The importances; null when the model has no trees.</returns>
    public static FeatureImportance? Of(ITransformer model, DataViewSchema schema)
    {
        if (model is IEnumerable<ITransformer> chain)
        {
            var steps = chain.ToList();
            for (var step = 0; step < steps.Count; step++)
            {
                if (Of(steps[step], schema) is { } found)
                    return found;
                schema = steps[step].GetOutputSchema(schema);
            }

            return null;
        }

        var trees = TreesOf(Property(model, "Model")).ToList();
        return trees.Count > 0 && Property(model, "FeatureColumnName") is string column && schema.GetColumnOrNull(column) is { } features ? Of(trees, NamesOf(features)) : null;
    }

    private static FeatureImportance Of(List<object> trees, string[] names)
    {
        var (splits, gains) = (new double[names.Length], new double[names.Length]);
        foreach (var tree in trees)
        {
            if (Property(tree, "NumericalSplitFeatureIndexes") is not IReadOnlyList<int> features || Property(tree, "SplitGains") is not IReadOnlyList<double> gain)
                continue;
            foreach (var (feature, gained) in features.Zip(gain).Where(split => split.First >= 0 && split.First < names.Length))
            {
                splits[feature]++;
                gains[feature] += gained;
            }
        }

        return new(ByName(splits), ByName(gains));

        Dictionary<string, double> ByName(double[] values) => names.Zip(values).ToDictionary(item => item.First, item => item.Second, StringComparer.Ordinal);
    }

    /// <summary>The trees of a model, also of one that is calibrated or made of several.</summary>
    private static IEnumerable<object> TreesOf(object? model) => model switch
    {
        null => [],
        _ when Property(model, "SubModel") is { } inner => TreesOf(inner),
        _ when (Property(model, "SubModelParameters") ?? TrainerOptions.Field(model, "_predictors")) is IEnumerable all => all.Cast<object?>().SelectMany(TreesOf),
        _ when Property(model, "TrainedTreeEnsemble") is { } ensemble && Property(ensemble, "Trees") is IEnumerable trees => trees.Cast<object>(),
        _ => [],
    };

    /// <summary>The features' names, or those LightGBM gives to features that have none.</summary>
    private static string[] NamesOf(DataViewSchema.Column features)
    {
        var size = features.Type is VectorDataViewType { Size: > 0 } vector ? vector.Size : 1;
        VBuffer<ReadOnlyMemory<char>> slots = default;
        if (features.HasSlotNames())
            features.GetSlotNames(ref slots);
        var names = slots.Length == size ? slots.DenseValues().Select(name => name.ToString()).ToArray() : new string[size];
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var feature = 0; feature < size; feature++)
        {
            if (string.IsNullOrEmpty(names[feature]) || !taken.Add(names[feature]))
                taken.Add(names[feature] = $"Column_{feature}");
        }

        return names;
    }

    // The trees' types are in packages that are not needed otherwise.
    private static object? Property(object instance, string name) =>
        Array.Find(instance.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), property => property.Name == name && property.GetIndexParameters().Length == 0)?.GetValue(instance);
}
