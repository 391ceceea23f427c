using System.Collections.Concurrent;

namespace MLflowSharp;

/// <summary>
/// What <see cref="Mlflow.Autolog"/> was asked for (https://mlflow.org/docs/latest/ml/tracking/autolog/). Trainers of the flavor packages
/// read <see cref="Of"/> when training starts.
/// </summary>
/// <param name="LogModels">Whether trained models are logged.</param>
/// <param name="LogDatasets">Whether datasets are logged as inputs.</param>
/// <param name="LogInputExamples">Whether an example of the input is stored with the model.</param>
/// <param name="LogModelSignatures">Whether the types and shapes of inputs and outputs are stored with the model.</param>
/// <param name="Disable">Whether automatic logging is off.</param>
/// <param name="Exclusive">Whether to stay silent in a run that the user started.</param>
/// <param name="Silent">Whether to suppress messages and warnings.</param>
/// <param name="LogEveryNEpoch">Log metrics of every n-th epoch, or iteration of trainers that have no epochs; 1 or more.</param>
/// <param name="LogEveryNStep">Log metrics of every n-th batch, too, of trainers that learn in batches; 1 or more, null for none.</param>
public sealed record Autologging(
    bool LogModels = true,
    bool LogDatasets = true,
    bool LogInputExamples = false,
    bool LogModelSignatures = true,
    bool Disable = false,
    bool Exclusive = false,
    bool Silent = false,
    int LogEveryNEpoch = 1,
    int? LogEveryNStep = null)
{
    private static readonly ConcurrentDictionary<string, Autologging> OfFlavors = new(StringComparer.Ordinal);
    private static Autologging _ofAll = new(Disable: true);

    /// <summary>The options in force for a flavor: those set for it, else those of <see cref="Mlflow.Autolog"/>; before any call logging is disabled.</summary>
    /// <param name="flavor">The library that trains, such as <c>torchsharp</c> or <c>mlnet</c>.</param>
    public static Autologging Of(string flavor) => OfFlavors.GetValueOrDefault(flavor, Volatile.Read(ref _ofAll));

    /// <summary>Sets the options of one flavor, which then go before those of <see cref="Mlflow.Autolog"/>, as in MLflow. Flavor packages offer it under their own name.</summary>
    /// <param name="flavor">The library that trains.</param>
    /// <param name="settings">The options; null to follow <see cref="Mlflow.Autolog"/> again.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when <see cref="LogEveryNEpoch"/> or <see cref="LogEveryNStep"/> is below 1.</exception>
    public static void Set(string flavor, Autologging? settings)
    {
        ArgumentException.ThrowIfNullOrEmpty(flavor);
        settings?.Check();
        if (settings is null)
            OfFlavors.TryRemove(flavor, out _);
        else
            OfFlavors[flavor] = settings;
    }

    /// <summary>Tells the user what automatic logging could not do, unless <see cref="Silent"/>: through <see cref="MlflowClientOptions.Warn"/> of the fluent functions.</summary>
    /// <param name="message">What, why, and what to do.</param>
    public void Warn(string message)
    {
        if (!Silent)
            Mlflow.Options.Warn(message);
    }

    internal static void SetOfAll(Autologging settings)
    {
        settings.Check();
        Volatile.Write(ref _ofAll, settings);
    }

    private void Check()
    {
        if (LogEveryNEpoch < 1)
            throw MlflowException.Invalid($"logEveryNEpoch is {LogEveryNEpoch}; it must be 1 or more.");
        if (LogEveryNStep < 1)
            throw MlflowException.Invalid($"logEveryNStep is {LogEveryNStep}; it must be 1 or more, or null to log no batch.");
    }
}
