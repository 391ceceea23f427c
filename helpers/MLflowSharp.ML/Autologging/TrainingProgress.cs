using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>
/// What trainers tell of each iteration. ML.NET collects it in every context, but has no public way to ask for it, so it is read from where
/// it is collected; a version that keeps it elsewhere is one that tells nothing.
/// </summary>
/// <remarks>
/// Taken straight from the queue: ML.NET's own way to read it also asks trainers that have told nothing how far they are, which gives no new
/// metrics and fails in the middle of a verbose training of LightGBM (https://github.com/dotnet/machinelearning).
/// </remarks>
internal sealed class TrainingProgress
{
    private readonly object _queue;
    private readonly MethodInfo _take;

    // By what a calculation is called without its number: those of this training in their order.
    private readonly Dictionary<string, List<int>> _calculations = [];

    private TrainingProgress(object queue, MethodInfo take) => (_queue, _take) = (queue, take);

    /// <summary>Begins to listen: what was told before is forgotten.</summary>
    /// <returns>The progress; null when this version of ML.NET does not collect it here.</returns>
    public static TrainingProgress? Listen(MLContext context)
    {
        if (TrainerOptions.Field(context, "_env") is not { } environment || TrainerOptions.Field(environment, "ProgressTracker") is not { } tracker
            || TrainerOptions.Field(tracker, "_pendingEvents") is not ICollection queue || queue.GetType().GetMethod("TryDequeue") is not { } take)
        {
            return null;
        }

        queue.GetType().GetMethod("Clear", [])?.Invoke(queue, null);
        return new TrainingProgress(queue, take);
    }

    /// <summary>
    /// Points of what trainers told since, such as <c>training_loss</c>, each at its iteration. Where a training trains several times, as one
    /// versus all does, those of the second are called <c>training_loss_2</c>, and so on.
    /// </summary>
    public IEnumerable<Metric> Read()
    {
        var arguments = new object?[1];
        while (_take.Invoke(_queue, arguments) is true)
        {
            if (arguments[0] is not { } told || Field(told, "ProgressEntry") is not { } entry || Field(entry, "Header") is not { } header
                || Field(entry, "Metrics") is not double?[] values || Field(header, "MetricNames") is not string[] names
                || IterationOf(entry, header, names, values) is not { } iteration
                || Field(told, "EventTime") is not DateTime time)
            {
                continue;
            }

            var timestamp = new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
            var suffix = SuffixOf(told);
            foreach (var (name, value) in names.Zip(values))
            {
                if (name != "Iteration" && value is { } number)
                    yield return new Metric(KeyOf(name) + suffix, number, timestamp, (long)iteration);
            }
        }
    }

    /// <summary>The iteration: a unit of the progress, except with LightGBM, which tells it among the metrics.</summary>
    private static double? IterationOf(object entry, object header, string[] names, double?[] values)
    {
        if (names.IndexOf("Iteration") is >= 0 and var index)
            return values[index];
        return Field(header, "UnitNames") is string[] units && units.IndexOf("iterations") is >= 0 and var unit && Field(entry, "Progress") is double?[] progress
            ? progress[unit]
            : null;
    }

    private string SuffixOf(object told)
    {
        // The second calculation of a name is called "SDCA training #2", whatever came in between.
        var name = (Field(told, "Name") as string)?.Split(" #")[0] ?? "";
        if (!_calculations.TryGetValue(name, out var seen))
            _calculations[name] = seen = [];
        var index = Field(told, "Index") as int? ?? 0;
        if (!seen.Contains(index))
            seen.Add(index);
        var number = seen.IndexOf(index) + 1;
        return number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"_{number}");
    }

    /// <summary><c>Sparsity (L1)</c> becomes <c>training_sparsity_l1</c>; a name that says already of which rows it is stays as it is.</summary>
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

        var text = key.ToString().TrimEnd('_');
        return text.StartsWith("training_", StringComparison.Ordinal) || text.StartsWith("validation_", StringComparison.Ordinal) ? text : $"training_{text}";
    }

    private static object? Field(object instance, string name) => TrainerOptions.Field(instance, name);
}
