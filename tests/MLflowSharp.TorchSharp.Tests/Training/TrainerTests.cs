using Microsoft.Extensions.Time.Testing;
using static TorchSharp.torch;

namespace MLflowSharp.TorchSharp.Tests.Training;

public sealed class TrainerTests
{
    private static readonly FitOptions Quiet = new() { Epochs = 4, BatchSize = 16, Progress = null, Seed = 3 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_learns_what_it_is_shown(bool adam)
    {
        var data = SyntheticData.Create();
        var trainer = new Trainer(Network(), adam ? new Adam { LearningRate = 0.01 } : new Adagrad { LearningRate = 0.1 });

        var before = trainer.Evaluate(data, TestContext.Current.CancellationToken);
        var history = trainer.Fit(data, Quiet, TestContext.Current.CancellationToken);
        var after = trainer.Evaluate(data, TestContext.Current.CancellationToken);

        Assert.Equal(4, history.Epochs.Count);
        Assert.True(history.Loss[^1] < history.Loss[0]);
        Assert.True(after.Loss < before.Loss);
        Assert.True(after.Accuracy > 0.95, $"accuracy {after.Accuracy}");
    }

    [Fact]
    public void A_step_does_what_autograd_and_torchs_own_optimizer_do()
    {
        var data = SyntheticData.Create(count: 64);
        using var ours = Network();
        using var theirs = Network();
        using var optimizer = optim.Adam(theirs.parameters(), lr: 0.01, eps: 1e-7);

        new Trainer(ours, new Adam { LearningRate = 0.01 }).Fit(
            data, Quiet with { Epochs = 5, BatchSize = 24, Shuffle = false }, TestContext.Current.CancellationToken);
        using var rows = tensor(data.Inputs.ToArray()).reshape(64, 12);
        using var labels = tensor(data.Labels.ToArray());
        for (var epoch = 0; epoch < 5; epoch++)
        {
            foreach (var (start, end) in new[] { (0, 24), (24, 48), (48, 64) })
            {
                optimizer.zero_grad();
                nn.functional.cross_entropy(theirs.call(rows[start..end]), labels[start..end]).backward();
                optimizer.step();
            }
        }

        foreach (var (mine, other) in ours.parameters().Zip(theirs.parameters()))
            Assert.True((mine - other).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_bit_for_bit()
    {
        Assert.Equal(Run(seed: 3), Run(seed: 3));
        Assert.NotEqual(Run(seed: 3), Run(seed: 4));

        static float[] Run(int seed)
        {
            using var network = Network();
            var trainer = new Trainer(network, new Adam());
            var history = trainer.Fit(SyntheticData.Create(), Quiet with { Seed = seed, ValidationSplit = 0.2 }, TestContext.Current.CancellationToken);
            return [.. network.parameters().SelectMany(parameter => parameter.data<float>().ToArray()), .. history.ValidationLoss.Select(loss => (float)loss)];
        }
    }

    [Fact]
    public void The_validation_rows_are_the_last_ones_and_are_not_learned_from()
    {
        var data = SyntheticData.Create(count: 100);
        using var withSplit = Network();
        using var withoutRows = Network();

        var history = new Trainer(withSplit, new Adam()).Fit(data, Quiet with { ValidationSplit = 0.25 }, TestContext.Current.CancellationToken);
        var trainer = new Trainer(withoutRows, new Adam());
        trainer.Fit(data.Slice(0, 75), Quiet, TestContext.Current.CancellationToken);
        var measured = trainer.Evaluate(data.Slice(75, 25), TestContext.Current.CancellationToken);

        Assert.Equal(measured.Loss, history.ValidationLoss[^1]);
        Assert.Equal(measured.Accuracy, history.ValidationAccuracy[^1]);
    }

    [Fact]
    public void Without_a_split_nothing_is_validated()
    {
        var history = new Trainer(Network(), new Adam()).Fit(SyntheticData.Create(), Quiet, TestContext.Current.CancellationToken);

        Assert.Empty(history.ValidationLoss);
        Assert.All(history.Epochs, epoch => Assert.Null(epoch.ValidationAccuracy));
    }

    [Fact]
    public void A_second_fit_goes_on_where_the_first_ended()
    {
        var data = SyntheticData.Create();
        var options = Quiet with { Epochs = 1, Shuffle = false };
        using var once = Network();
        using var twice = Network();
        var trainer = new Trainer(twice, new Adam());

        new Trainer(once, new Adam()).Fit(data, options with { Epochs = 2 }, TestContext.Current.CancellationToken);
        trainer.Fit(data, options, TestContext.Current.CancellationToken);
        trainer.Fit(data, options, TestContext.Current.CancellationToken);

        foreach (var (one, other) in once.parameters().Zip(twice.parameters()))
            Assert.Equal(one.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void Progress_tells_every_batch_and_the_end_of_each_epoch()
    {
        var time = new FakeTimeProvider();
        var reports = new List<TrainingProgress>();
        var progress = new Recorder(report =>
        {
            reports.Add(report);
            time.Advance(TimeSpan.FromSeconds(1));
        });

        var trainer = new Trainer(Network(), new Adam(), time);
        trainer.Fit(
            SyntheticData.Create(count: 100), new FitOptions { Epochs = 2, BatchSize = 30, ValidationSplit = 0.1, Progress = progress },
            TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3, 3, 1, 2, 3, 3], reports.Select(report => report.Batch));
        Assert.Equal([3, 7], reports.Index().Where(item => item.Item.EpochFinished).Select(item => item.Index));
        Assert.All(reports, report => Assert.Equal(report.EpochFinished, report.ValidationLoss is not null));
        Assert.Equal(TimeSpan.FromSeconds(2), reports[2].Elapsed);
        Assert.Equal(TimeSpan.FromSeconds(2), reports[2].Remaining);
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public void Cancelling_stops_between_two_batches()
    {
        using var cancellation = new CancellationTokenSource();
        var batches = 0;
        var progress = new Recorder(_ =>
        {
            if (++batches == 3)
                cancellation.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => new Trainer(Network(), new Adam()).Fit(SyntheticData.Create(), Quiet with { Progress = progress }, cancellation.Token));
        Assert.Equal(3, batches);
    }

    [Fact]
    public void Memory_stays_flat()
    {
        var trainer = new Trainer(Network(), new Adam());
        trainer.Fit(SyntheticData.Create(), Quiet, TestContext.Current.CancellationToken);
        var before = global::TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        trainer.Fit(SyntheticData.Create(), Quiet, TestContext.Current.CancellationToken);

        Assert.Equal(before, global::TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_row_of_another_width_is_refused_in_one_line()
    {
        using var network = MultilayerPerceptron.Create(12, [4], 3);

        var error = Assert.Throws<ArgumentException>(() => new Trainer(network, new Adam()).Predict(new float[10]));

        Assert.Equal("The network does not take rows of 10 values: it takes rows of 12.", error.Message);
    }

    [Fact]
    public void Prediction_gives_a_probability_per_class()
    {
        var data = SyntheticData.Create();
        var trainer = new Trainer(Network(), new Adam { LearningRate = 0.01 });
        trainer.Fit(data, Quiet, TestContext.Current.CancellationToken);

        var probabilities = trainer.Predict(data.Inputs[..12]);

        Assert.Equal(3, probabilities.Length);
        Assert.Equal(1, probabilities.Sum(), 1e-5);
        Assert.Equal(data.Labels.Span[0], Array.IndexOf(probabilities, probabilities.Max()));
    }

    [Fact]
    public void Rows_of_another_width_are_refused_before_training()
    {
        var trainer = new Trainer(Network(), new Adam());

        var error = Assert.Throws<ArgumentException>(
            () => trainer.Fit(SyntheticData.Create(width: 11), Quiet, TestContext.Current.CancellationToken));

        Assert.Contains("rows of 11 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_beyond_the_outputs_is_refused_before_training()
    {
        var trainer = new Trainer(Network(), new Adam());
        byte[] labels = [0, 1, 2, 3];

        var error = Assert.Throws<ArgumentException>(
            () => trainer.Fit(new float[48], labels, Quiet, TestContext.Current.CancellationToken));

        Assert.Contains("Label 3 is 3, but the network has 3 outputs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_that_leaves_nothing_to_learn_from_is_refused()
    {
        var trainer = new Trainer(Network(), new Adam());

        Assert.Throws<ArgumentException>(() => trainer.Fit(
            SyntheticData.Create(count: 1), Quiet with { ValidationSplit = 0.5 }, TestContext.Current.CancellationToken));
    }

    private static MultilayerPerceptron Network() => MultilayerPerceptron.Create(12, [16, 8], 3, seed: 7);
}
