using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>
/// What trainers tell of each iteration. ML.NET collects it in every context, but has no public way to ask for it, so it is read from where
/// it is collected; a version that keeps it elsewhere is one that tells nothing.
/// </summary>
internal sealed class TrainingProgress
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private readonly object _tracker;
    private readonly MethodInfo _take;

    private TrainingProgress(object tracker, MethodInfo take) => (_tracker, _take) = (tracker, take);

    /// <summary>Begins to listen: what was told before is forgotten.</summary>
    /// <returns>The progress; null when this version of ML.NET does not collect it here.</returns>
    public static TrainingProgress? Listen(MLContext context)
    {
        if (Field(context, "_env") is not { } environment || Field(environment, "ProgressTracker") is not { } tracker
            || tracker.GetType().GetMethod("GetAllProgress", Any) is not { } take)
        {
            return null;
        }

        take.Invoke(tracker, null);
        return new TrainingProgress(tracker, take);
    }

    /// <summary>Points of what trainers told since, such as <c>training_loss</c>, each at its iteration.</summary>
    public IEnumerable<Metric> Read()
    {
        foreach (var told in (IEnumerable)_take.Invoke(_tracker, null)!)
        {
            if (Field(told, "ProgressEntry") is not { } entry || Field(entry, "Header") is not { } header
                || Field(entry, "Progress") is not double?[] progress || Field(header, "UnitNames") is not string[] units
                || Field(entry, "Metrics") is not double?[] values || Field(header, "MetricNames") is not string[] names
                || units.IndexOf("iterations") is not (>= 0 and var unit) || progress[unit] is not { } iteration
                || Field(told, "EventTime") is not DateTime time)
            {
                continue;
            }

            var timestamp = new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
            foreach (var (name, value) in names.Zip(values))
            {
                if (value is { } number)
                    yield return new Metric($"training_{KeyOf(name)}", number, timestamp, (long)iteration);
            }
        }
    }

    /// <summary><c>Sparsity (L1)</c> becomes <c>sparsity_l1</c>.</summary>
    private static string KeyOf(string name)
    {
        var key = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
                key.Append(char.ToLowerInvariant(letter));
            else if (key.Length > 0 && key[^1] != '_')
                key.Append('_');
        }

        return key.ToString().TrimEnd('_');
    }

    private static object? Field(object instance, string name)
    {
        for (var type = instance.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Any | BindingFlags.DeclaredOnly) is { } field)
                return field.GetValue(instance);
        }

        return null;
    }
}
