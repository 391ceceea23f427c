using MLflowSharp.Onnx;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Logs one training by itself, after <see cref="Mlflow.Autolog"/>, under the names of MLflow's Keras autologging
/// (https://mlflow.org/docs/latest/ml/tracking/autolog/).
/// </summary>
internal sealed class FitLog
{
    private const int ExampleRows = 5;
    private const int RangeRows = 1000; // What is enough to see whether pixels are scaled.

    private readonly AutologRun _autolog;
    private readonly Autologging _settings;
    private readonly ActiveRun _run;
    private readonly List<Metric> _unlogged = [];
    private long _lastStep;
    private bool _hasWarnedOfSteps;

    private FitLog(AutologRun autolog) => (_autolog, _settings, _run) = (autolog, autolog.Settings, autolog.Run);

    /// <summary>Trains, and logs it if that is asked for.</summary>
    /// <param name="network">The network, which the training changes.</param>
    /// <param name="optimizer">The optimizer's settings.</param>
    /// <param name="training">The rows to learn from.</param>
    /// <param name="validation">The rows that are only measured; null when there are none.</param>
    /// <param name="options">How to train.</param>
    /// <param name="train">The training; it tells each step and each epoch when it is done, if there is anyone to tell.</param>
    public static TrainingHistory Around(
        nn.Module network,
        Optimizer optimizer,
        LabeledData training,
        LabeledData? validation,
        FitOptions options,
        Func<FitLog?, TrainingHistory> train)
    {
        if (AutologRun.Begin(TorchSharpAutolog.Flavor) is not { } autolog)
            return train(null);

        var log = new FitLog(autolog);
        TrainingHistory history;
        try
        {
            log.Start(network, FitParameters.Of(options, optimizer), training, validation);
            history = train(log);
        }
        catch (Exception failure)
        {
            log.End(failure);
            throw;
        }

        log.Model(network, training);
        log.End();
        return history;
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

    /// <summary>Logs a batch under the names that PyTorch Lightning gives metrics of steps, if that is asked for.</summary>
    /// <param name="step">The number of batches before it, over all epochs.</param>
    /// <param name="score">The epoch's score, to which the batch was added last.</param>
    public void Step(long step, RunningScore score)
    {
        // As MLflow counts: of every three steps the third.
        if (_settings.LogEveryNStep is { } every && (step + 1) % every == 0)
            LogStep(step, score);
    }

    private void LogStep(long step, RunningScore score)
    {
        var time = _run.Client.Options.TimeProvider.GetUtcNow();
        Try("The metrics of a step were not logged", () =>
        {
            LogPoint("loss_step", score.LastLoss);
            LogPoint("accuracy_step", score.LastAccuracy);
        });

        void LogPoint(string key, double value)
        {
            try
            {
                _run.Client.LogMetric(_run.RunId, key, value, time, step);
            }
            catch (Exception failure)
            {
                _unlogged.Add(new Metric(key, value, time.ToUnixTimeMilliseconds(), step));
                if (!_hasWarnedOfSteps)
                    _settings.Warn($"Automatic logging: The metrics of a step were not logged, and are tried again with the epoch's: {failure.Message}");
                _hasWarnedOfSteps = true;
            }
        }
    }

    /// <summary>Logs an epoch.</summary>
    /// <param name="epoch">What it gave.</param>
    public void Epoch(EpochResult epoch)
    {
        // As MLflow counts: of every three epochs the third.
        if ((epoch.Epoch + 1) % _settings.LogEveryNEpoch != 0)
            return;

        _lastStep = epoch.Epoch;
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

        byte[] onnx;
        try
        {
            // What a network gives is logits to the trainer, whose loss has the softmax.
            onnx = OnnxExporter.Export(network, [training.Width], "logits");
        }
        catch (MlflowException refusal)
        {
            _settings.Warn($"Automatic logging: the model was not logged. {refusal.Message} Mlflow.Autolog(logModels: false) switches models off.");
            return;
        }

        Try("The model was not logged", () =>
        {
            OnnxFlavor.LogModel(
                _run.Client, _run.RunId, onnx, inputExample: _settings.LogInputExamples ? First(ExampleRows) : null,
                signature: _settings.LogModelSignatures, ranges: First(RangeRows), step: _lastStep);

            ModelData First(int rows) => ModelTensor.Of(training.Inputs[..(Math.Min(rows, training.Count) * training.Width)], Math.Min(rows, training.Count), training.Width);
        });
    }

    private void End(Exception? failure = null)
    {
        if (_unlogged.Count > 0)
            LogMetrics("The metrics of the last epochs were not logged");
        _autolog.End(failure);
    }

    private void Try(string failureMeans, Action log) => _autolog.Try(failureMeans, log);
}
