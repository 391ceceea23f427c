using System.Globalization;
using MLflowSharp;
using MLflowSharp.TorchSharp;

namespace Tutorial.Helpers;

/// <summary>What a lesson needs of an earlier one: found where the earlier one was run, else made in a few seconds.</summary>
public static class PreparedRuns
{
    /// <summary>The experiment of <see cref="TwoOptimizers"/>.</summary>
    public const string Experiment = "optimizers";

    /// <summary>The registered model of <see cref="ChampionAndChallenger"/>.</summary>
    public const string RegisteredModel = "mnist";

    private const int Images = 6_000, Epochs = 2;
    private static readonly string[] s_aliases = ["champion", "challenger"];
    private static readonly Optimizer[] s_optimizers = [new Adagrad(), new Adam()];

    /// <summary>
    /// Sees to it that the experiment <c>optimizers</c> has the runs <c>3Layer_adagrad</c> and <c>3Layer_adam</c> of the lesson about two optimizers, each
    /// with its model. Where one is missing, a network learns in its place from 6,000 images, for 2 epochs, which takes about a second.
    /// </summary>
    /// <returns>One sentence that says what was there and what was made.</returns>
    public static string TwoOptimizers()
    {
        var experiment = Mlflow.GetExperimentByName(Experiment)?.ExperimentId;
        var missing = s_optimizers.Where(optimizer => experiment is null || !IsThere(experiment, NameOf(optimizer))).ToList();
        if (missing.Count == 0)
            return $"The experiment '{Experiment}' has its runs: {string.Join(" and ", s_optimizers.Select(NameOf))}.";
        experiment ??= Mlflow.CreateExperiment(Experiment);
        var data = Mnist.Load().Train.ToLabeledData().Take(Images);
        // As in that lesson; afterwards what Mlflow.Autolog says counts again.
        TorchSharpAutolog.Autolog(silent: true);
        try
        {
            missing.ForEach(optimizer => Train(optimizer, data, experiment));
        }
        finally
        {
            TorchSharpAutolog.Reset();
        }

        return FormattableString.Invariant($"Made for this lesson, as lesson 03 was not run here: {string.Join(" and ", missing.Select(NameOf))}, {Epochs} epochs on {Images:N0} images each.");
    }

    /// <summary>
    /// Sees to it that the registered model <c>mnist</c> of the lesson about the registry has a champion and a challenger. What is missing is
    /// taken from the runs of <see cref="TwoOptimizers"/>, of which the one with the higher validation accuracy becomes champion; a version that lost its name challenges once more.
    /// </summary>
    /// <returns>One sentence that says what was there and what was made.</returns>
    public static string ChampionAndChallenger()
    {
        using var client = new MlflowClient();
        var versions = Mlflow.SearchModelVersions($"name = '{RegisteredModel}'");
        var said = "";
        if (versions.Count < 2)
        {
            said = TwoOptimizers() + " ";
            var runs = Mlflow.SearchRuns([Experiment], orderBy: ["metrics.val_accuracy ASC"]).Where(run => versions.All(version => version.RunId != run.Info.RunId));
            versions = [.. versions, .. runs.TakeLast(2 - versions.Count).Select(run => Mlflow.RegisterModel($"runs:/{run.Info.RunId}/model", RegisteredModel))];
        }

        var aliases = new Dictionary<string, string>(client.GetRegisteredModel(RegisteredModel).Aliases);
        foreach (var alias in s_aliases.Where(alias => !aliases.ContainsKey(alias)))
        {
            aliases[alias] = versions.Select(version => version.Version).Where(version => !aliases.ContainsValue(version)).MaxBy(version => int.Parse(version, CultureInfo.InvariantCulture))!;
            client.SetRegisteredModelAlias(RegisteredModel, alias, aliases[alias]);
        }

        return $"{said}Of the model '{RegisteredModel}' the champion is version {aliases["champion"]}, the challenger version {aliases["challenger"]}.";
    }

    private static string NameOf(Optimizer optimizer) => $"3Layer_{optimizer.Name.ToLowerInvariant()}";

    private static bool IsThere(string experiment, string name) =>
        Mlflow.SearchRuns(experimentIds: [experiment], filter: $"attributes.run_name = '{name}' and attributes.status = 'FINISHED' and metrics.val_accuracy > 0")
            .Any(run => run.Outputs.ModelOutputs.Count > 0 || Mlflow.Artifacts.ListArtifacts(runId: run.Info.RunId).Any(file => file.Path == "model"));

    private static void Train(Optimizer optimizer, LabeledData data, string experiment)
    {
        using var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: 1);
        using (Mlflow.StartRun(NameOf(optimizer), experimentId: experiment))
            new Trainer(network, optimizer).Fit(data, new FitOptions { Epochs = Epochs, BatchSize = 32, ValidationSplit = 0.1, Progress = null });
    }
}
