namespace MLflowSharp;

/// <summary>
/// What <see cref="Mlflow.Autolog"/> was asked for (https://mlflow.org/docs/latest/ml/tracking/autolog/). Trainers of the flavor packages
/// read <see cref="Current"/> when training starts.
/// </summary>
/// <param name="LogModels">Whether trained models are logged.</param>
/// <param name="LogDatasets">Whether datasets are logged as inputs.</param>
/// <param name="LogInputExamples">Whether an example of the input is stored with the model.</param>
/// <param name="LogModelSignatures">Whether the types and shapes of inputs and outputs are stored with the model.</param>
/// <param name="Disable">Whether automatic logging is off.</param>
/// <param name="Exclusive">Whether to stay silent in a run that the user started.</param>
/// <param name="Silent">Whether to suppress messages and warnings.</param>
/// <param name="LogEveryNEpoch">Log metrics of every n-th epoch, 1 or more.</param>
public sealed record Autologging(
    bool LogModels = true,
    bool LogDatasets = true,
    bool LogInputExamples = false,
    bool LogModelSignatures = true,
    bool Disable = false,
    bool Exclusive = false,
    bool Silent = false,
    int LogEveryNEpoch = 1)
{
    /// <summary>The options in force; before the first call of <see cref="Mlflow.Autolog"/> automatic logging is disabled.</summary>
    public static Autologging Current { get; internal set; } = new(Disable: true);

    /// <summary>Tells the user what automatic logging could not do, unless <see cref="Silent"/>: through <see cref="MlflowClientOptions.Warn"/> of the fluent functions.</summary>
    /// <param name="message">What, why, and what to do.</param>
    public void Warn(string message)
    {
        if (!Silent)
            Mlflow.Options.Warn(message);
    }
}
