using Microsoft.ML;

namespace MLflowSharp.ML;

/// <summary>Loads models of the <c>mlnet</c> flavor, with all their steps, also those that cannot be written as ONNX.</summary>
public sealed class MLNetModelFlavor : IModelFlavor
{
    /// <inheritdoc/>
    public string Name => MLNetAutolog.Flavor;

    /// <inheritdoc/>
    public IModelScorer Load(string directory, Model description)
    {
        var context = new MLContext();
        var file = Path.Combine(directory, MLNetFlavor.FileName);
        try
        {
            return new MLNetScorer(context.Model.Load(file, out var schema), schema);
        }
        catch (Exception damage) when (damage is FormatException or InvalidOperationException or IOException or InvalidDataException)
        {
            throw new MlflowException($"ML.NET cannot load {file}: {damage.Message.ReplaceLineEndings(" ")}", ErrorCode.DataLoss, damage);
        }
    }
}
