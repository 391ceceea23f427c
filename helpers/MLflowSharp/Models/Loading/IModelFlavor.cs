namespace MLflowSharp;

/// <summary>Loads models of one flavor. The packages of flavors bring theirs; <see cref="ModelFlavors.Register"/> adds others.</summary>
public interface IModelFlavor
{
    /// <summary>The flavor's name in the file <c>MLmodel</c>, such as <c>onnx</c>.</summary>
    string Name { get; }

    /// <summary>Loads a model for scoring.</summary>
    /// <param name="directory">Full path of the folder that holds <c>MLmodel</c>.</param>
    /// <param name="description">What the file <c>MLmodel</c> says.</param>
    /// <exception cref="MlflowException">The files are missing, damaged, or not to be scored; the message says which and what to do.</exception>
    IModelScorer Load(string directory, Model description);
}
