namespace MLflowSharp.Onnx;

/// <summary>Loads models of MLflow's <c>onnx</c> flavor, of Python or our own; weights may lie in files beside the model.</summary>
public sealed class OnnxModelFlavor : IModelFlavor
{
    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public IModelScorer Load(string directory, Model description)
    {
        ArgumentNullException.ThrowIfNull(description);
        try
        {
            return OnnxModel.Load(Path.Combine(directory, description.Flavors[Name]?["data"]?.ToString() ?? "model.onnx"));
        }
        catch (FileNotFoundException missing)
        {
            throw new MlflowException(missing.Message, ErrorCode.ResourceDoesNotExist, missing);
        }
        catch (InvalidDataException damage)
        {
            throw new MlflowException(damage.Message.ReplaceLineEndings(" "), ErrorCode.DataLoss, damage);
        }
    }
}
