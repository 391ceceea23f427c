namespace MLflowSharp.TorchSharp;

/// <summary>The parameters of a training, under the names and in the words of MLflow's Keras autologging.</summary>
internal static class FitParameters
{
    public static IReadOnlyDictionary<string, object?> Of(FitOptions options, Optimizer optimizer)
    {
        var parameters = new Dictionary<string, object?>
        {
            ["epochs"] = options.Epochs,
            ["batch_size"] = options.BatchSize,
            ["validation_split"] = options.ValidationSplit,
            ["shuffle"] = options.Shuffle,
            // Keras's fit has no seed; without it nobody can repeat the training.
            ["seed"] = options.Seed,
        };
        foreach (var (key, value) in optimizer.Configuration)
            parameters[$"opt_{key}"] = value;

        return parameters;
    }
}
