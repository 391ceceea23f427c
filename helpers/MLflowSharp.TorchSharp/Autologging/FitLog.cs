using MLflowSharp.Onnx;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Logs one training by itself, after <see cref="Mlflow.Autolog"/>, under the names of MLflow's Keras autologging
/// (https://mlflow.org/docs/latest/ml/tracking/autolog/).
/// </summary>
/// <remarks>
/// It logs to the active run, which it leaves open, or to one of its own, which ends with the training. What cannot be logged is warned
/// of and costs no more than itself: the training goes on.
/// </remarks>
internal sealed class FitLog
{
    private const int ExampleRows = 5;

    private readonly Autologging _settings;
    private readonly ActiveRun _run;
    private readonly bool _isOwn;
    private readonly List<Metric> _unlogged = [];

    private FitLog(Autologging settings, ActiveRun run, bool isOwn)
    {
        _settings = settings;
        _run = run;
        _isOwn = isOwn;
    }

    /// <summary>Trains, and logs it if that is asked for.</summary>
    /// <param name="network">The network, which the training changes.</param>
    /// <param name="optimizer">The optimizer's settings.</param>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="validation">The rows that are only measured; null when there are none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="train">The training; it tells each epoch when it is done.</param>
    public static TrainingHistory Around(
        nn.Module network,
        Optimizer optimizer,
        LabeledData training,
        LabeledData? validation,
        FitOptions options,
        Func<Action<EpochResult>, TrainingHistory> train)
    {
        if (Begin(Autologging.Current) is not { } log)
            return train(_ => { });

        TrainingHistory history;
        try
        {
            log.Start(network, FitParameters.Of(options, optimizer), training, validation);
            history = train(log.Epoch);
        }
        catch (Exception failure)
        {
            log.End(failure is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed);
            throw;
        }

        log.Model(network, training);
        log.End(RunStatus.Finished);
        return history;
    }

    private static FitLog? Begin(Autologging settings)
    {
        if (settings.Disable)
            return null;

        if (Mlflow.ActiveRun is { } active)
            return settings.Exclusive ? null : new FitLog(settings, active, isOwn: false);

        ActiveRun? own = null;
        Try(settings, "No run was started, so nothing of the training is logged", () =>
            own = Mlflow.StartRun(tags: new Dictionary<string, string> { ["mlflow.autologging"] = "torchsharp" }));
        return own is null ? null : new FitLog(settings, own, isOwn: true);
    }

    private void Start(nn.Module network, IReadOnlyDictionary<string, object?> parameters, LabeledData training, LabeledData? validation)
    {
        Try("The parameters were not logged", () => Mlflow.LogParams(parameters));
        if (_settings.LogDatasets)
        {
            Try("The datasets were not logged", () =>
            {
                var tags = _run.Data.Tags;
                var train = DatasetDescription.Of(training, "train", tags);
                _run.Client.LogInputs(_run.RunId, validation is null ? [train] : [train, DatasetDescription.Of(validation, "eval", tags)]);
            });
        }

        Try("The summary of the network was not logged", () => _run.Client.LogText(_run.RunId, NetworkSummary.Of(network), "model_summary.txt"));
    }

    private void Epoch(EpochResult epoch)
    {
        // As MLflow counts: of every three epochs the third.
        if ((epoch.Epoch + 1) % _settings.LogEveryNEpoch != 0)
            return;

        var time = _run.Client.Options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        Add("loss", epoch.Loss);
        Add("accuracy", epoch.Accuracy);
        Add("val_loss", epoch.ValidationLoss);
        Add("val_accuracy", epoch.ValidationAccuracy);
        LogMetrics("The metrics so far were not logged, and are tried again with the next ones");

        void Add(string key, double? value)
        {
            if (value is { } number)
                _unlogged.Add(new Metric(key, number, time, epoch.Epoch));
        }
    }

    /// <summary>Logs the points that are not logged yet: those that a busy database did not take come with the next ones.</summary>
    private void LogMetrics(string failureMeans) => Try(failureMeans, () =>
    {
        _run.Client.LogBatch(_run.RunId, _unlogged);
        _unlogged.Clear();
    });

    private void Model(nn.Module network, LabeledData training)
    {
        if (!_settings.LogModels)
            return;

        if (network is not IOnnxExportable exportable)
        {
            _settings.Warn(
                $"Automatic logging: the model was not logged, because {network.GetType().Name} cannot be written as ONNX. Let it implement "
                + $"{nameof(IOnnxExportable)}, or switch models off with Mlflow.Autolog(logModels: false).");
            return;
        }

        Try("The model was not logged", () =>
        {
            var example = _settings.LogInputExamples
                ? training.Inputs[..(Math.Min(ExampleRows, training.Count) * training.Width)].ToArray().Chunk(training.Width).ToArray()
                : null;
            OnnxFlavor.LogModel(_run.Client, _run.RunId, exportable.ToOnnx(), inputExample: example, signature: _settings.LogModelSignatures);
        });
    }

    private void End(RunStatus status)
    {
        if (_unlogged.Count > 0)
            LogMetrics("The metrics of the last epochs were not logged");
        if (_isOwn)
            Try($"The run {_run.RunId} was not marked as ended", () => _run.End(status));
    }

    private void Try(string failureMeans, Action log) => Try(_settings, failureMeans, log);

    private static void Try(Autologging settings, string failureMeans, Action log)
    {
        try
        {
            log();
        }
        catch (Exception failure)
        {
            // Whatever keeps a record from being written must not cost the training that it is a record of.
            settings.Warn($"Automatic logging: {failureMeans}: {failure.Message}");
        }
    }
}
