using System.Reflection;
using Microsoft.ML.Trainers;

namespace MLflowSharp.ML;

/// <summary>
/// What a trainer was told to do. ML.NET keeps it where programs cannot read it: mostly in one field that holds the trainer's
/// <c>Options</c>, for some trainers in a field for each option.
/// </summary>
internal static class TrainerOptions
{
    private const BindingFlags OwnFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>The step that learns: the last that is a trainer, else the last of all.</summary>
    public static object TrainerOf(IReadOnlyList<object> steps) => steps.LastOrDefault(IsTrainer) ?? steps[^1];

    /// <summary>The options by ML.NET's names. Of a trainer that trains others, such as one versus all, theirs follow after the inner trainer's name.</summary>
    public static Dictionary<string, object?> Of(object trainer)
    {
        var found = new Dictionary<string, object?>();
        Add(trainer, "", found);
        return found;
    }

    /// <summary>The column that holds what is to be learned.</summary>
    public static string LabelOf(object trainer) =>
        Fields(trainer).FirstOrDefault(field => field.Name is "LabelColumn")?.GetValue(trainer) is { } column
        && column.GetType().GetField("Name")?.GetValue(column) is string { Length: > 0 } name
            ? name
            : "Label";

    private static void Add(object trainer, string prefix, Dictionary<string, object?> found)
    {
        var options = Fields(trainer).Select(field => field.GetValue(trainer)).OfType<TrainerInputBase>().FirstOrDefault();
        if (options is not null)
        {
            foreach (var field in options.GetType().GetFields())
                AddValue(prefix + field.Name, field.GetValue(options), field.FieldType);
        }
        else
        {
            foreach (var field in Fields(trainer).Where(field => field.Name.StartsWith('_')))
                AddValue(prefix + char.ToUpperInvariant(field.Name[1]) + field.Name[2..], field.GetValue(trainer), field.FieldType);
        }

        foreach (var inner in Fields(trainer).Select(field => field.GetValue(trainer)).Where(value => value is not null && IsTrainer(value) && value != trainer).Distinct())
        {
            found[prefix + "Trainer"] = inner!.GetType().Name;
            Add(inner, $"{prefix}{inner.GetType().Name}.", found);
        }

        void AddValue(string name, object? value, Type type)
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            if (plain.IsPrimitive || plain.IsEnum || plain == typeof(string))
                found.TryAdd(name, plain.IsEnum ? value?.ToString() : value);
        }
    }

    private static bool IsTrainer(object step) =>
        Array.Exists(step.GetType().GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ITrainerEstimator<,>));

    private static IEnumerable<FieldInfo> Fields(object instance)
    {
        for (var type = instance.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(OwnFields))
                yield return field;
        }
    }
}
