namespace MLflowSharp.ML;

/// <summary>Automatic logging of ML.NET alone, as <c>mlflow.sklearn.autolog</c> is for scikit-learn (https://mlflow.org/docs/latest/ml/tracking/autolog/).</summary>
public static class MLNetAutolog
{
    internal const string Flavor = "mlnet";

    /// <summary>Sets what <see cref="MLContextExtensions.Fit"/> logs; it goes before <see cref="Mlflow.Autolog"/>, which is for all trainers.</summary>
    /// <param name="logModels">Log the trained model.</param>
    /// <param name="logDatasets">Log the data as inputs.</param>
    /// <param name="disable">Switch automatic logging off.</param>
    /// <param name="exclusive">Do not log into runs the user started.</param>
    /// <param name="silent">Suppress messages and warnings.</param>
    /// <param name="everyNIteration">Log what a trainer tells of every n-th iteration, 1 or more.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when <paramref name="everyNIteration"/> is below 1.</exception>
    public static void Autolog(
        bool logModels = true,
        bool logDatasets = true,
        bool disable = false,
        bool exclusive = false,
        bool silent = false,
        int everyNIteration = 1) =>
        Autologging.Set(Flavor, new(logModels, logDatasets, Disable: disable, Exclusive: exclusive, Silent: silent, LogEveryNEpoch: everyNIteration));

    /// <summary>Follows <see cref="Mlflow.Autolog"/> again.</summary>
    public static void Reset() => Autologging.Set(Flavor, null);
}
