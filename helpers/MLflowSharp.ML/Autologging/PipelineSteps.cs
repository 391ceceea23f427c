using System.Collections;
using System.Reflection;

namespace MLflowSharp.ML;

/// <summary>Takes a pipeline apart.</summary>
internal static class PipelineSteps
{
    /// <summary>The steps in their order; of a single step, that one. ML.NET keeps those of a chain in a private field.</summary>
    public static IReadOnlyList<object> Of(object pipeline)
    {
        for (var type = pipeline.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField("_estimators", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)?.GetValue(pipeline) is IEnumerable steps)
                return [.. steps.Cast<object>().SelectMany(Of)];
        }

        return [pipeline];
    }
}
