using MLflowSharp.Registry;

namespace MLflowSharp;

public sealed partial class MlflowClient
{
    /// <summary>Compares a version of a registered model with its champion on rows that neither learned from, and moves the champion's alias to it when asked to and when it is better.</summary>
    /// <param name="challengerUri">The version: <c>models:/name/3</c> or <c>models:/name@challenger</c>.</param>
    /// <param name="data">The rows.</param>
    /// <param name="targets">The class of each row.</param>
    /// <param name="alias">The champion's alias. Where no version has it yet, the challenger needs to beat nobody.</param>
    /// <param name="promote">Whether to move the alias when the challenger is better. Default: only say so.</param>
    /// <param name="significance">How probable a difference by chance may be, between 0 and 1. Default: 0.05.</param>
    /// <param name="options">Names of classes and so on; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it is no registered version, or the rows do not fit; RESOURCE_DOES_NOT_EXIST. Nothing was moved.</exception>
    public async Task<PromotionDecision> CompareWithChampionAsync(
        string challengerUri, ModelData data, ModelData targets, string alias = "champion", bool promote = false, double significance = 0.05, EvaluationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(challengerUri);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(targets);
        var uri = ModelUri.Parse(challengerUri);
        if (uri.ModelId is not null)
            throw MlflowException.Invalid($"'{challengerUri}' is not a registered model's version, to which an alias could be moved. Register the model first, then give models:/name/version.");
        var challenger = await ResolveVersionAsync(uri, cancellationToken);
        var decision = await ChampionAsync(challenger.Name, alias, cancellationToken) is not { } champion
            ? new(true, $"No version of '{challenger.Name}' is {alias} yet, so that version {challenger.Version} has nobody to beat.")
            : champion == challenger.Version
                ? new(false, $"Version {champion} of '{challenger.Name}' is the {alias} itself.")
                : PromotionGate.Decide(await RightAsync(champion), await RightAsync(challenger.Version), significance);
        if (!promote || !decision.IsBetter)
            return decision;
        await SetRegisteredModelAliasAsync(challenger.Name, alias, challenger.Version, cancellationToken);
        return decision with { Moved = true };

        async Task<IReadOnlyList<bool>> RightAsync(string version)
        {
            using var model = await LoadModelAsync($"models:/{challenger.Name}/{version}", cancellationToken: cancellationToken);
            return Evaluator.Evaluate(rows => model.Predict(rows), data, targets.Tensor, (options ?? new()) with { ModelType = "classifier", WorstMistakes = 0 }, cancellationToken).IsRight;
        }
    }

    /// <inheritdoc cref="CompareWithChampionAsync"/>
    public PromotionDecision CompareWithChampion(
        string challengerUri, ModelData data, ModelData targets, string alias = "champion", bool promote = false, double significance = 0.05, EvaluationOptions? options = null) =>
        Wait(CompareWithChampionAsync(challengerUri, data, targets, alias, promote, significance, options));

    private async Task<string?> ChampionAsync(string name, string alias, CancellationToken cancellationToken)
    {
        try
        {
            return (await GetModelVersionByAliasAsync(name, alias, cancellationToken)).Version;
        }
        catch (MlflowException none) when (none.ErrorCode is ErrorCode.ResourceDoesNotExist or ErrorCode.InvalidParameterValue)
        {
            // MLflow's servers say INVALID_PARAMETER_VALUE of an alias that is not there.
            return null;
        }
    }
}
