using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>Scores columns with a pipeline of ML.NET; it gives the columns that the step that predicts and those after it add.</summary>
/// <param name="model">The pipeline.</param>
/// <param name="inputSchema">The columns it was trained on.</param>
internal sealed class MLNetScorer(ITransformer model, DataViewSchema inputSchema) : IModelScorer
{
    private readonly string[] _outputs = OnnxExport.OutputsOf(model, inputSchema);
    private readonly HashSet<string> _needed = [.. ColumnTensors.NeededBy(model, inputSchema).Select(column => column.Name)];

    public ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters)
    {
        var missing = _needed.Where(name => data.Find(name) is null).ToList();
        if (missing.Count > 0)
            throw new MlflowException($"Column '{missing[0]}' is missing: expected {string.Join(", ", _needed)}, found {data}.", ErrorCode.InvalidParameterValue);
        var scored = model.Transform(new ColumnsView(inputSchema, data));
        return ModelData.Of(_outputs.Select(name => KeyValuePair.Create(name, ColumnTensors.Read(scored, scored.Schema[name]))));
    }

    // Nothing of a pipeline is to be freed.
    public void Dispose()
    {
    }
}
