using Microsoft.ML;
using MLflowSharp.Context;

namespace MLflowSharp.ML;

/// <summary>Logs one training of ML.NET by itself, under names in the manner of MLflow's scikit-learn autologging.</summary>
internal sealed class FitLog(MLContext context, AutologRun autolog)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private readonly ActiveRun _run = autolog.Run;
    private readonly Lock _lock = new();

    /// <summary>Trains, and logs it.</summary>
    public TTransformer Around<TTransformer>(IEstimator<TTransformer> pipeline, IDataView training, IDataView? validation)
        where TTransformer : class, ITransformer
    {
        var steps = PipelineSteps.Of(pipeline);
        TTransformer model;
        try
        {
            Start(steps, training, validation);
            var progress = TrainingProgress.Listen(context);
            using (_run.Client.Options.TimeProvider.CreateTimer(_ => Iterations(progress), null, Interval, Interval))
                model = pipeline.Fit(training);
            Iterations(progress);
        }
        catch (Exception failure)
        {
            autolog.End(Cancellation(failure) ?? failure);
            throw;
        }

        var trainer = TrainerOptions.TrainerOf(steps);
        autolog.Try("The evaluation on the training data was not logged", () => Evaluate(model, trainer, training, "training"));
        if (validation is not null)
            autolog.Try("The evaluation on the validation data was not logged", () => Evaluate(model, trainer, validation, "validation"));
        autolog.Try("What each feature counts was not logged", () => Importance(model, training.Schema));
        if (autolog.Settings.LogModels)
            autolog.Try("The model was not logged", () => MLNetFlavor.LogModel(_run.Client, _run.RunId, context, model, training.Schema));
        autolog.End();
        return model;
    }

    private void Start(IReadOnlyList<object> steps, IDataView training, IDataView? validation)
    {
        autolog.Try("The parameters were not logged", () =>
        {
            var trainer = TrainerOptions.TrainerOf(steps);
            Mlflow.LogParams(TrainerOptions.Of(trainer));
            _run.Client.LogBatch(
                _run.RunId,
                tags:
                [
                    new("estimator_name", trainer.GetType().Name),
                    new("estimator_class", trainer.GetType().FullName ?? trainer.GetType().Name),
                    new("pipeline", string.Join(" > ", steps.Select(step => step.GetType().Name))),
                ]);
        });
        if (!autolog.Settings.LogDatasets)
            return;
        autolog.Try("The data were not logged", () =>
        {
            var tags = _run.Data.Tags;
            DatasetInput train = new(DataDescription.Of(training, tags), [new(SystemTags.DatasetContext, "train")]);
            _run.Client.LogInputs(
                _run.RunId, validation is null ? [train] : [train, new(DataDescription.Of(validation, tags), [new(SystemTags.DatasetContext, "eval")])]);
        });
    }

    /// <summary>Logs what the trainer told since the last time, so that a long training can be watched.</summary>
    private void Iterations(TrainingProgress? progress)
    {
        if (progress is null)
            return;
        lock (_lock)
        {
            autolog.Try("What the trainer told of its iterations was not logged", () =>
            {
                var metrics = progress.Read().Where(point => point.Step % autolog.Settings.LogEveryNEpoch == 0).ToList();
                if (metrics.Count > 0)
                    _run.Client.LogBatch(_run.RunId, metrics);
            });
        }
    }

    private void Evaluate(ITransformer model, object trainer, IDataView data, string prefix)
    {
        if (Evaluator.Evaluate(context, TrainedSteps.Score(model, data), trainer) is not { } evaluation)
            return;
        Mlflow.LogMetrics(evaluation.Metrics.ToDictionary(metric => $"{prefix}_{metric.Key}", metric => metric.Value));
        if (evaluation.ConfusionMatrix is { } matrix)
            _run.Client.LogText(_run.RunId, matrix.GetFormattedConfusionTable(), $"{prefix}_confusion_matrix.txt");
    }

    private void Importance(ITransformer model, DataViewSchema schema)
    {
        if (FeatureImportance.Of(model, schema) is not { } importance)
            return;
        foreach (var (kind, values) in importance.Kinds)
        {
            _run.Client.LogDict(_run.RunId, values, $"feature_importance_{kind}.json");
            _run.Client.LogText(_run.RunId, ImportanceChart.Draw(kind, values), $"feature_importance_{kind}.svg");
        }
    }

    /// <summary>The cancellation that a failure comes from: trainers that read with several threads wrap it.</summary>
    private static Exception? Cancellation(Exception? failure)
    {
        while (failure is not (null or OperationCanceledException))
            failure = failure.InnerException;
        return failure;
    }
}
