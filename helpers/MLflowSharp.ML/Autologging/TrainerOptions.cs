using System.Reflection;
using Microsoft.ML.Trainers;

namespace MLflowSharp.ML;

/// <summary>
/// What a trainer was told to do. ML.NET keeps it where programs cannot read it: mostly in one field that holds the trainer's
/// <c>Options</c>, for some trainers in a field for each option.
/// </summary>
internal static class TrainerOptions
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    // What trainers that keep no options call their fields, by what their options are called.
    private static readonly Dictionary<string, string> OptionNames = new(StringComparer.Ordinal)
    {
        ["K"] = "NumberOfClusters",
        ["MaxIterations"] = "MaximumNumberOfIterations",
        ["ConvergenceThreshold"] = "OptimizationTolerance",
        ["AccelMemBudgetMb"] = "AccelerationMemoryBudgetMb",
        ["InitAlgorithm"] = "InitializationAlgorithm",
        ["NumThreads"] = "NumberOfThreads",
        ["FeatureColumn"] = "FeatureColumnName",
        ["WeightColumnName"] = "ExampleWeightColumnName",
        ["LatentDim"] = "LatentDimension",
        ["NumIterations"] = "NumberOfIterations",
        ["Norm"] = "NormalizeFeatures",
    };

    /// <summary>The step that learns: the last that is a trainer, else the last of all.</summary>
    public static object TrainerOf(IReadOnlyList<object> steps) => steps.LastOrDefault(IsTrainer) ?? steps[^1];

    /// <summary>
    /// The options by ML.NET's names. Those that are objects, such as a loss or a booster, are told by their type, and their own options follow
    /// after the option's name; so do those of the inner trainer of a trainer that trains others, such as one versus all.
    /// </summary>
    public static Dictionary<string, object?> Of(object trainer)
    {
        var found = new Dictionary<string, object?>();
        Add(trainer, "", found);
        return found;
    }

    /// <summary>The column that holds what is to be learned.</summary>
    public static string LabelOf(object trainer) => ColumnOf(trainer, "LabelColumn") ?? Of(trainer).GetValueOrDefault("LabelColumnName") as string ?? "Label";

    /// <summary>The column that holds what is learned from.</summary>
    public static string? FeaturesOf(object trainer) => ColumnOf(trainer, "FeatureColumn");

    /// <summary>The column that holds what rows belong together, of a trainer that ranks; null of any other.</summary>
    public static string? RowGroupOf(object trainer) => ColumnOf(trainer, "GroupIdColumn");

    /// <summary>What the trainer becomes; null when it is no trainer.</summary>
    public static Type? TransformerOf(object trainer) => TrainerInterface(trainer)?.GetGenericArguments()[0];

    /// <summary>The value of a field, wherever in its class's ancestors it is declared.</summary>
    public static object? Field(object instance, string name) => Fields(instance).FirstOrDefault(field => field.Name == name)?.GetValue(instance);

    private static void Add(object trainer, string prefix, Dictionary<string, object?> found)
    {
        var values = Fields(trainer).Select(field => field.GetValue(trainer)).ToList();
        if (values.Find(value => value is TrainerInputBase || value?.GetType().Name == "Options") is { } options)
        {
            AddPlain(options, prefix, found);
            AddComponents(options, prefix, found);
        }
        else
        {
            foreach (var field in Fields(trainer).Where(field => field.Name.StartsWith('_') && IsPlain(field.FieldType)))
            {
                var name = char.ToUpperInvariant(field.Name[1]) + field.Name[2..];
                found.TryAdd(prefix + OptionNames.GetValueOrDefault(name, name), field.GetValue(trainer));
            }

            found.TryAdd(prefix + "ExampleWeightColumnName", ColumnOf(trainer, "WeightColumn"));
        }

        foreach (var (name, field) in (ReadOnlySpan<(string, string)>)[("LabelColumnName", "LabelColumn"), ("FeatureColumnName", "FeatureColumn")])
        {
            if (ColumnOf(trainer, field) is { } column)
                found.TryAdd(prefix + name, column);
        }

        if (Field(trainer, "FeatureColumns") is Array columns && columns.Cast<object>().Select(NameOf).ToList() is [var first, .. var others])
        {
            found.TryAdd(prefix + "FeatureColumnName", first);
            found.TryAdd(prefix + "ExtraFeatureColumns", others);
        }

        foreach (var inner in values.Where(value => value is not null && IsTrainer(value) && value != trainer).Distinct())
        {
            found[prefix + "Trainer"] = inner!.GetType().Name;
            Add(inner, $"{prefix}{inner.GetType().Name}.", found);
        }
    }

    private static void AddPlain(object options, string prefix, Dictionary<string, object?> found)
    {
        foreach (var field in options.GetType().GetFields().Where(field => IsPlain(field.FieldType)))
            found.TryAdd(prefix + field.Name, field.GetValue(options));
    }

    private static void AddComponents(object options, string prefix, Dictionary<string, object?> found)
    {
        var fields = options.GetType().GetFields().Where(field => !IsPlain(field.FieldType)).Select(field => (field.Name, Value: field.GetValue(options)));
        // Where nothing was set, what makes the default is in a field of nearly the same name.
        var properties = options.GetType().GetProperties().Where(property => !IsPlain(property.PropertyType)).Select(property => (
            property.Name,
            Value: property.GetValue(options) ?? Fields(options).FirstOrDefault(field => field.Name.EndsWith($"{property.Name}Factory", StringComparison.Ordinal))?.GetValue(options)));
        foreach (var (name, value) in fields.Concat(properties))
        {
            var type = value?.GetType() is { Name: "Options", DeclaringType: { } owner } ? owner : value?.GetType();
            found.TryAdd(prefix + name, type?.Name.EndsWith("Factory", StringComparison.Ordinal) == true ? type.Name[..^"Factory".Length] : type?.Name);
            if (value is not null)
                AddPlain(value, $"{prefix}{name}.", found);
        }
    }

    private static bool IsPlain(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain == typeof(string);
    }

    private static string? ColumnOf(object trainer, string field) => Field(trainer, field) is { } column ? NameOf(column) : null;

    private static string? NameOf(object column) => column.GetType().GetField("Name")?.GetValue(column) is string { Length: > 0 } name ? name : null;

    private static bool IsTrainer(object step) => TrainerInterface(step) is not null;

    private static Type? TrainerInterface(object step) =>
        Array.Find(step.GetType().GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>));

    private static IEnumerable<FieldInfo> Fields(object instance)
    {
        for (var type = instance.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Own))
                yield return field;
        }
    }
}
