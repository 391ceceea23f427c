using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.TorchSharp.Tests.Progress;

public sealed class ConsoleProgressTests : IDisposable
{
    private static readonly TrainingProgress Running = new(
        Epoch: 2, Epochs: 10, Batch: 844, Batches: 1688, Loss: 0.12341, Accuracy: 0.9612, ValidationLoss: null, ValidationAccuracy: null,
        Elapsed: TimeSpan.FromSeconds(2.1), Remaining: TimeSpan.FromSeconds(72), EpochFinished: false);

    private static readonly TrainingProgress Finished = Running with
    {
        Batch = 1688, ValidationLoss = 0.2, ValidationAccuracy = 0.95, EpochFinished = true,
    };

    private readonly StringWriter _output = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_line_says_epoch_batch_loss_accuracy_and_time_left()
    {
        Progress(animated: true).Report(Running);

        Assert.Equal(
            "\rEpoch  3/10 ━━━━━━━━━━────────── " + " 844/1688  loss 0.1234  accuracy 0.9612  2.1 s, 1 min 12 s left", _output.ToString());
    }

    [Fact]
    public void A_finished_epoch_keeps_its_line_and_shows_the_validation()
    {
        var progress = Progress(animated: true);

        progress.Report(Finished);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Report(Running with { Epoch = 3 });

        var lines = _output.ToString().Split('\n');
        Assert.Equal("\rEpoch  3/10  loss 0.1234  accuracy 0.9612  val_loss 0.2000  val_accuracy 0.9500  2.1 s, 1 min 12 s left", lines[0]);
        Assert.StartsWith("\rEpoch  4/10", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_epochs_line_has_no_time_left()
    {
        Progress(animated: true).Report(Finished with { Epoch = 9 });

        Assert.EndsWith("val_accuracy 0.9500  2.1 s\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shorter_line_covers_the_longer_one_before_it()
    {
        var progress = Progress(animated: true);

        progress.Report(Running);
        _time.Advance(TimeSpan.FromSeconds(1));
        progress.Report(Running with { Remaining = TimeSpan.FromSeconds(2) });

        var lines = _output.ToString().Split('\r');
        Assert.Equal(lines[1].Length, lines[2].Length);
    }

    [Fact]
    public void Ten_lines_a_second_are_enough()
    {
        var progress = Progress(animated: true);

        for (var batch = 1; batch <= 100; batch++)
        {
            progress.Report(Running with { Batch = batch });
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(10, _output.ToString().Count(character => character == '\r'));
    }

    [Fact]
    public void Where_nothing_can_be_written_over_only_finished_epochs_are_written()
    {
        var progress = Progress(animated: false);

        progress.Report(Running);
        progress.Report(Finished);

        Assert.StartsWith("Epoch  3/10  loss 0.1234", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\r', _output.ToString());
        Assert.Single(_output.ToString(), character => character == '\n');
    }

    public void Dispose() => _output.Dispose();

    private ConsoleProgress Progress(bool animated) => new(_output, animated, _time);
}
