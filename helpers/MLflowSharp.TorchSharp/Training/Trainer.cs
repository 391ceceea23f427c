using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Trains a classifier: softmax cross-entropy, gradients by torch's automatic differentiation, and an optimizer that updates each
/// parameter tensor in a single pass over memory.
/// </summary>
/// <remarks>The optimizer's state lives as long as the trainer, so a second <c>Fit</c> goes on where the first ended, as in Keras.</remarks>
public sealed class Trainer
{
    private const int EvaluationBatchSize = 1024;

    private readonly nn.Module<Tensor, Tensor> _network;
    private readonly TimeProvider _time;
    private readonly (Parameter Parameter, ParameterUpdate Update)[] _updates;

    /// <summary>Binds a network to an optimizer.</summary>
    /// <param name="network">A network that takes rows of shape (batch, width) and gives logits of shape (batch, classes).</param>
    /// <param name="optimizer">The optimizer's settings.</param>
    /// <param name="time">Where time is read from; default the system's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting of the optimizer is out of its range.</exception>
    public Trainer(nn.Module<Tensor, Tensor> network, Optimizer optimizer, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        optimizer.Validate();
        TorchRuntime.Initialize();
        _network = network;
        _time = time ?? TimeProvider.System;
        Optimizer = optimizer;
        _updates = [.. network.parameters()
            .Where(parameter => parameter.requires_grad)
            .Select(parameter => (parameter, optimizer.Begin(checked((int)parameter.numel()))))];
    }

    /// <summary>The optimizer's settings.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Trains the network; see <see cref="Fit(LabeledData, FitOptions?, CancellationToken)"/>.</summary>
    /// <param name="inputs">All rows one after the other, such as images of 784 pixels each, scaled to 0..1.</param>
    /// <param name="labels">The class of each row, counted from 0.</param>
    /// <param name="options">How to train.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public TrainingHistory Fit(
        ReadOnlyMemory<float> inputs, ReadOnlyMemory<byte> labels, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Fit(new LabeledData(inputs, labels), options, cancellationToken);

    /// <inheritdoc cref="Fit(ReadOnlyMemory{float}, ReadOnlyMemory{byte}, FitOptions?, CancellationToken)"/>
    public TrainingHistory Fit(
        ReadOnlyMemory<float> inputs, ReadOnlyMemory<long> labels, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Fit(new LabeledData(inputs, labels), options, cancellationToken);

    /// <summary>
    /// Trains the network. After <see cref="Mlflow.Autolog"/> it logs parameters, metrics of each epoch, datasets, a summary of the layers and
    /// the model: to the active run, else to a run of its own, which ends with the training. What cannot be logged is warned of.
    /// </summary>
    /// <param name="data">The rows to learn from; those set aside by <see cref="FitOptions.ValidationSplit"/> are only measured.</param>
    /// <param name="options">How to train; default one epoch in batches of 32.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>Loss and accuracy of each epoch. The network is left as the last epoch made it.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network, or the split leaves nothing to learn from.</exception>
    /// <exception cref="OperationCanceledException">The training was stopped; the network keeps what it learned until then.</exception>
    public TrainingHistory Fit(LabeledData data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        options.Validate();
        var trainingRows = (int)Math.Floor(data.Count * (1 - options.ValidationSplit));
        if (trainingRows == 0)
            throw new ArgumentException($"A validation split of {options.ValidationSplit} leaves none of the {data.Count} rows to learn from.", nameof(options));

        RequireThatDataFits(data);
        var training = data.Slice(0, trainingRows);
        var validation = trainingRows < data.Count ? data.Slice(trainingRows, data.Count - trainingRows) : null;
        return FitLog.Around(
            _network, Optimizer, training, validation, options, log => Train(training, validation, options, log, cancellationToken));
    }

    /// <summary>Measures the network on rows that it does not learn from; see <see cref="Evaluate(LabeledData, CancellationToken)"/>.</summary>
    /// <param name="inputs">All rows one after the other.</param>
    /// <param name="labels">The class of each row, counted from 0.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    public Evaluation Evaluate(ReadOnlyMemory<float> inputs, ReadOnlyMemory<byte> labels, CancellationToken cancellationToken = default) =>
        Evaluate(new LabeledData(inputs, labels), cancellationToken);

    /// <inheritdoc cref="Evaluate(ReadOnlyMemory{float}, ReadOnlyMemory{byte}, CancellationToken)"/>
    public Evaluation Evaluate(ReadOnlyMemory<float> inputs, ReadOnlyMemory<long> labels, CancellationToken cancellationToken = default) =>
        Evaluate(new LabeledData(inputs, labels), cancellationToken);

    /// <summary>Measures the network on rows that it does not learn from.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    public Evaluation Evaluate(LabeledData data, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireThatDataFits(data);
        return Measure(data, cancellationToken);
    }

    /// <summary>Gives the probability of each class for one row.</summary>
    /// <param name="input">One row, such as an image of 784 pixels scaled to 0..1.</param>
    /// <returns>One probability per class; they sum to 1.</returns>
    /// <exception cref="ArgumentException">The row does not fit the network.</exception>
    public float[] Predict(ReadOnlyMemory<float> input)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _network.eval();
        var logits = Call(tensor(input.ToArray()).reshape(1, input.Length));
        return logits.softmax(1).data<float>().ToArray();
    }

    private TrainingHistory Train(
        LabeledData training, LabeledData? validation, FitOptions options, FitLog? log, CancellationToken cancellationToken)
    {
        using var buffers = new BatchBuffers(training, options.BatchSize);
        var order = Enumerable.Range(0, training.Count).ToArray();
        var random = new Random(options.Seed);
        var epochs = new List<EpochResult>(options.Epochs);
        var began = _time.GetTimestamp();
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            var epochBegan = _time.GetTimestamp();
            if (options.Shuffle)
                random.Shuffle(order);

            var score = new RunningScore();
            _network.train();
            for (var batch = 0; batch < buffers.Count; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Learn(buffers.Fill(batch, order), score);
                log?.Step(((long)epoch * buffers.Count) + batch, score);
                options.Progress?.Report(Progress(batch + 1, null));
            }

            var measured = validation is null ? null : Measure(validation, cancellationToken);
            options.Progress?.Report(Progress(buffers.Count, measured) with { EpochFinished = true });
            epochs.Add(new EpochResult(
                epoch, score.Loss, score.Accuracy, measured?.Loss, measured?.Accuracy, _time.GetElapsedTime(epochBegan)));
            log?.Epoch(epochs[^1]);

            TrainingProgress Progress(int batch, Evaluation? measured)
            {
                var done = ((double)epoch * buffers.Count) + batch;
                var all = (double)options.Epochs * buffers.Count;
                return new TrainingProgress(
                    epoch, options.Epochs, batch, buffers.Count, score.Loss, score.Accuracy, measured?.Loss, measured?.Accuracy,
                    _time.GetElapsedTime(epochBegan), _time.GetElapsedTime(began) * ((all - done) / done), false);
            }
        }

        _network.eval();
        return new TrainingHistory(epochs);
    }

    private void Learn(Batch batch, RunningScore score)
    {
        using var scope = NewDisposeScope();
        var logits = _network.call(batch.Inputs);
        var loss = nn.functional.cross_entropy(logits, batch.Labels);
        loss.backward();
        foreach (var (parameter, update) in _updates)
        {
            if (parameter.grad is { } gradient)
                update.Step(MemoryMarshal.Cast<byte, float>(parameter.bytes), MemoryMarshal.Cast<byte, float>(gradient.bytes));
        }

        score.Add(logits, batch, loss.item<float>());
    }

    private Evaluation Measure(LabeledData data, CancellationToken cancellationToken)
    {
        using var noGradients = no_grad();
        using var buffers = new BatchBuffers(data, EvaluationBatchSize);
        var order = Enumerable.Range(0, data.Count).ToArray();
        var score = new RunningScore();
        _network.eval();
        for (var number = 0; number < buffers.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = buffers.Fill(number, order);
            var logits = _network.call(batch.Inputs);
            score.Add(logits, batch, nn.functional.cross_entropy(logits, batch.Labels).item<float>());
        }

        return new Evaluation(score.Loss, score.Accuracy);
    }

    /// <summary>Asks the network for the first row, so that data of the wrong width or with too many classes is refused before anything is done.</summary>
    private void RequireThatDataFits(LabeledData data)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        _network.eval();
        var classes = Call(tensor(data.Inputs[..data.Width].ToArray()).reshape(1, data.Width)).shape[^1];
        if (data.Labels.Span.IndexOfAnyInRange(classes, long.MaxValue) is var index and >= 0)
        {
            throw new ArgumentException(
                $"Label {index} is {data.Labels.Span[index]}, but the network has {classes} outputs: labels go from 0 to {classes - 1}.", nameof(data));
        }
    }

    private Tensor Call(Tensor row)
    {
        try
        {
            return _network.call(row);
        }
        catch (ExternalException failure)
        {
            // What follows the first line are frames of native code, with paths of the machine: they are of no use to whoever gave the row.
            var why = _network is MultilayerPerceptron { LayerSizes: [var inputs, ..] } && inputs != row.shape[1] ? $"it takes rows of {inputs}." : failure.Message.Split('\n')[0];
            throw new ArgumentException($"The network does not take rows of {row.shape[1]} values: {why}");
        }
    }
}
