namespace MLflowSharp.Copying;

/// <summary>An experiment that is copied, with what is in it.</summary>
internal sealed record SourceExperiment(Experiment Experiment, IReadOnlyList<Run> Runs, IReadOnlyList<LoggedModel> Models)
{
    /// <summary>Reads one.</summary>
    public static async Task<SourceExperiment> ReadAsync(CopyEnd from, Experiment experiment, CancellationToken cancellationToken)
    {
        string[] ids = [experiment.ExperimentId];
        var runs = await Paged.AllAsync(token => from.Tracking.SearchRunsAsync(ids, null, ViewType.ActiveOnly, Paged.Size, ["attributes.start_time ASC"], token, cancellationToken));
        return new(experiment, runs, await ModelsAsync(from, ids, cancellationToken));
    }

    private static async Task<IReadOnlyList<LoggedModel>> ModelsAsync(CopyEnd from, string[] ids, CancellationToken cancellationToken)
    {
        try
        {
            // Fifty are as many as MLflow's servers give at once.
            return await Paged.AllAsync(token => from.Tracking.SearchLoggedModelsAsync(ids, null, null, 50, [new("creation_timestamp")], token, cancellationToken));
        }
        catch (MlflowException error) when (error.ErrorCode is ErrorCode.NotImplemented or ErrorCode.EndpointNotFound)
        {
            // A store of MLflow 2 has none.
            return [];
        }
    }
}
