using Microsoft.ML;
using MLflowSharp.Onnx;

namespace MLflowSharp.ML;

/// <summary>Writes a trained pipeline as ONNX, where all its steps can be, so that others than ML.NET score it.</summary>
/// <param name="Model">The whole content of the ONNX file; null when it cannot be written.</param>
/// <param name="Missing">Why it cannot; null when it can.</param>
internal sealed record OnnxExport(byte[]? Model, string? Missing)
{
    private const string OutputSuffix = ".output"; // What ML.NET's converter adds to a column's name.

    /// <summary>Converts a pipeline. It gives what the model predicts, and takes the columns that it needs for that.</summary>
    /// <param name="context">The context that the model was made with.</param>
    /// <param name="model">The model.</param>
    /// <param name="inputSchema">The columns it was trained on.</param>
    public static OnnxExport Of(MLContext context, ITransformer model, DataViewSchema inputSchema)
    {
        try
        {
            var outputs = OutputsOf(model, inputSchema);
            if (outputs.Length == 0)
                return new(null, "it predicts no column");
            using var content = new MemoryStream();
            context.Model.ConvertToOnnx(model, new NoRows(inputSchema), content, outputs);
            return new(OnnxGraphTrim.Trim(content.ToArray(), name => outputs.Contains(name) || (name.EndsWith(OutputSuffix, StringComparison.Ordinal) && outputs.Contains(name[..^OutputSuffix.Length]))), null);
        }
        catch (Exception failure)
        {
            // Whichever step cannot be converted, and however it says so: the model is logged without.
            return new(null, failure.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>The columns that the step that predicts and those after it add.</summary>
    internal static string[] OutputsOf(ITransformer model, DataViewSchema schema)
    {
        var before = schema;
        foreach (var step in model is IEnumerable<ITransformer> steps ? steps : [model])
        {
            if (Predicts(step))
                before = schema;
            schema = step.GetOutputSchema(schema);
        }

        return [.. schema.Where(column => !column.IsHidden && before.GetColumnOrNull(column.Name) is null).Select(column => column.Name)];
    }

    private static bool Predicts(ITransformer step) =>
        Array.Exists(step.GetType().GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IPredictionTransformer<>));
}
