namespace MLflowSharp.TorchSharp;

/// <summary>Automatic logging of this package's trainer alone, as <c>mlflow.pytorch.autolog</c> is for PyTorch (https://mlflow.org/docs/latest/ml/tracking/autolog/).</summary>
public static class TorchSharpAutolog
{
    internal const string Flavor = "torchsharp";

    /// <summary>Sets what is logged; it goes before <see cref="Mlflow.Autolog"/>, which is for all trainers.</summary>
    /// <param name="logModels">Log the trained model.</param>
    /// <param name="logDatasets">Log the datasets as inputs.</param>
    /// <param name="logInputExamples">Store an example of the input with the model.</param>
    /// <param name="logModelSignatures">Store types and shapes of inputs and outputs with the model.</param>
    /// <param name="disable">Switch automatic logging off.</param>
    /// <param name="exclusive">Do not log into runs the user started.</param>
    /// <param name="silent">Suppress messages and warnings.</param>
    /// <param name="everyNEpoch">Log metrics of every n-th epoch, 1 or more.</param>
    /// <param name="everyNStep">Log loss and accuracy of every n-th batch, too, as <c>loss_step</c> and <c>accuracy_step</c>; 1 or more, null for none.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when <paramref name="everyNEpoch"/> or <paramref name="everyNStep"/> is below 1.</exception>
    public static void Autolog(
        bool logModels = true,
        bool logDatasets = true,
        bool logInputExamples = false,
        bool logModelSignatures = true,
        bool disable = false,
        bool exclusive = false,
        bool silent = false,
        int everyNEpoch = 1,
        int? everyNStep = null) =>
        Autologging.Set(Flavor, new(logModels, logDatasets, logInputExamples, logModelSignatures, disable, exclusive, silent, everyNEpoch, everyNStep));

    /// <summary>Follows <see cref="Mlflow.Autolog"/> again.</summary>
    public static void Reset() => Autologging.Set(Flavor, null);
}
