using System.Globalization;
using System.Reflection;

namespace MLflowSharp.TorchSharp;

/// <summary>
/// Shows a training as a line with a bar that moves, one line per epoch. Where the output cannot take back what was written (a file, a
/// pipe), only the finished line of each epoch is written.
/// </summary>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private const int BarWidth = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    // Programs whose standard output is a pipe, but whose Console.Out ends on a notebook page, which knows the carriage return.
    private static readonly string[] NotebookKernels = ["CSharpKernel", "Microsoft.DotNet.Interactive.App"];

    private readonly TextWriter? _output;
    private readonly TimeProvider _time;
    private readonly bool _animated;
    private long? _lastWritten;
    private int _width;

    /// <summary>Shows progress on a writer.</summary>
    /// <param name="output">Where to; default the console, whatever it is at the time of writing.</param>
    /// <param name="animated">Whether a line may be written over; default true on a terminal and in a notebook.</param>
    /// <param name="time">Where time is read from; default the system's clock.</param>
    public ConsoleProgress(TextWriter? output = null, bool? animated = null, TimeProvider? time = null)
    {
        _output = output;
        _animated = animated ?? (!Console.IsOutputRedirected || NotebookKernels.Contains(Assembly.GetEntryAssembly()?.GetName().Name));
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Shows where the training stands; at most ten times a second, and always when an epoch is finished.</summary>
    /// <param name="value">Where the training stands.</param>
    public void Report(TrainingProgress value)
    {
        if (!value.EpochFinished && (!_animated || (_lastWritten is { } last && _time.GetElapsedTime(last) < Interval)))
            return;

        _lastWritten = _time.GetTimestamp();
        var line = Line(value);
        var output = _output ?? Console.Out;
        if (_animated)
            output.Write('\r');

        output.Write(_animated ? line.PadRight(_width) : line);
        _width = value.EpochFinished ? 0 : line.Length;
        if (value.EpochFinished)
            output.Write('\n');

        output.Flush();
    }

    private static string Line(TrainingProgress value)
    {
        var epochDigits = Digits(value.Epochs);
        var epoch = (value.Epoch + 1).ToString(CultureInfo.InvariantCulture).PadLeft(epochDigits);
        var score = string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:F4}  accuracy {value.Accuracy:F4}");
        // A notebook page shows about a hundred characters in a line: the bar makes room for the validation when it is full.
        if (value.EpochFinished)
        {
            var validation = value is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy }
                ? string.Create(CultureInfo.InvariantCulture, $"  val_loss {loss:F4}  val_accuracy {accuracy:F4}")
                : "";
            var remaining = value.Epoch + 1 == value.Epochs ? "" : $", {Duration(value.Remaining)} left";
            return $"Epoch {epoch}/{value.Epochs}  {score}{validation}  {Duration(value.Elapsed)}{remaining}";
        }

        var batch = value.Batch.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(value.Batches));
        var filled = (int)((long)BarWidth * value.Batch / value.Batches);
        return $"Epoch {epoch}/{value.Epochs} {new string('━', filled)}{new string('─', BarWidth - filled)} {batch}/{value.Batches}"
            + $"  {score}  {Duration(value.Elapsed)}, {Duration(value.Remaining)} left";
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
    };
}
