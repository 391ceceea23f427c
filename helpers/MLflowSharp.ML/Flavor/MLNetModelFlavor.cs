using System.Reflection;
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
        catch (Exception fault) when (MissingPackage(fault) is { } package)
        {
            throw new MlflowException(
                $"A step of {file} is of {package}, which this program does not have. Add the package, in a notebook #r \"nuget: {package}\"; or make a model whose steps can be ONNX, which is served without it.",
                ErrorCode.InvalidParameterValue, fault);
        }
        catch (Exception damage) when (damage is FormatException or InvalidOperationException or IOException or InvalidDataException or TargetInvocationException)
        {
            throw new MlflowException($"ML.NET cannot load {file}: {damage.GetBaseException().Message.ReplaceLineEndings(" ")}", ErrorCode.DataLoss, damage);
        }
    }

    // ML.NET looks for the assembly that a step was saved with, which has its package's name, from within other steps.
    private static string? MissingPackage(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is FileNotFoundException { FileName: { } name } && name.Contains("Version=", StringComparison.Ordinal))
                return name.Split(',')[0];
        }

        return null;
    }
}
