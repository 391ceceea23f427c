namespace MLflowSharp;

/// <summary>A model of some flavor, ready to score. Several threads may score at once.</summary>
public interface IModelScorer : IDisposable
{
    /// <summary>Scores rows.</summary>
    /// <param name="data">Rows that fit the model's signature, where it has one.</param>
    /// <param name="parameters">The settings of the signature, all with a value; empty where it has none.</param>
    /// <returns>What the model gives for the rows.</returns>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the rows do not fit.</exception>
    ModelData Predict(ModelData data, IReadOnlyDictionary<string, object?> parameters);
}
