using System.Globalization;

namespace MLflowSharp;

/// <summary>Finds in what a model gives the class that it says and how sure it is of each.</summary>
/// <param name="given">The classes in the order of the scores; null when not said.</param>
/// <param name="targets">The classes that are right.</param>
internal sealed class PredictionReader(IReadOnlyList<string>? given, IReadOnlyList<string> targets)
{
    private readonly List<string> _labels = [];
    private readonly List<double[]> _probabilities = [];
    private Func<double[], double[]?>? _toProbabilities;
    private bool _isFirst = true;

    /// <summary>The classes in the order of the probabilities; null until scores have told how many there are.</summary>
    public IReadOnlyList<string>? Classes { get; private set; }

    /// <summary>Reads what the model gives for some more rows.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when no class can be read from it.</exception>
    public void Add(ModelData output)
    {
        var scores = Scores(output);
        var labels = Labels(output);
        if (scores is null && labels is null)
            throw MlflowException.Invalid($"No class can be read from what the model gives ({output}): neither a score of each class nor a class of each row.");
        var rows = scores?.AsType<double>().ToRows();
        if (rows is [{ Length: 1 }, ..])
            rows = [.. rows.Select(row => (double[])[1 - Positive(row[0]), Positive(row[0])])];
        if (rows is not null)
            Classes ??= ClassesOf(rows.Length == 0 ? 0 : rows[0].Length, labels);
        _labels.AddRange(labels is not null ? LabelText.Of(labels, "What the model gives") : rows!.Select(row => Classes![IndexOfLargest(row)]));
        if (rows is null || rows.Length == 0)
            return;
        if (_isFirst)
            _toProbabilities = Conversion(rows, scores is null ? "" : NameOf(output, scores));
        _isFirst = false;
        _probabilities.AddRange(_toProbabilities is null ? [] : rows.Select(row => _toProbabilities(row)!));
    }

    /// <summary>What the model says of all rows that were added.</summary>
    public Predictions Finish() => new(_labels, _toProbabilities is null || _probabilities.Count != _labels.Count ? null : _probabilities);

    private static double Positive(double score) => score is >= 0 and <= 1 ? score : 1 / (1 + Math.Exp(-score));

    private IReadOnlyList<string> ClassesOf(int count, ModelTensor? labels)
    {
        if (given is not null)
        {
            return given.Count == count
                ? given
                : throw MlflowException.Invalid($"The model gives {count} scores a row, but {given.Count} classes are named: {string.Join(", ", given)}.");
        }

        var areNumbers = targets.All(target => int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count);
        if (areNumbers && labels is null or ModelTensor<long> or ModelTensor<int>)
            return [.. Enumerable.Range(0, count).Select(index => index.ToString(CultureInfo.InvariantCulture))];
        var sorted = LabelText.Sorted(targets);
        return sorted.Count == count
            ? sorted
            : throw MlflowException.Invalid(
                $"The model gives {count} scores a row, and the targets are of {sorted.Count} classes. Name the classes in the order of the scores ({nameof(EvaluationOptions)}.{nameof(EvaluationOptions.Classes)}).");
    }

    /// <summary>The tensor with a score of each class, or one of the positive of two.</summary>
    private static ModelTensor? Scores(ModelData output)
    {
        var floats = output.Where(tensor => TensorTypes.IsFloat(tensor.Value.DataType) && tensor.Value.Shape.Count is 1 or 2).ToList();
        var wide = floats.FindAll(tensor => tensor.Value.Shape is [_, > 1]);
        var best = wide.Count > 0 ? wide : floats.FindAll(tensor => tensor.Value.Shape is [_] or [_, 1]);
        return best.OrderByDescending(tensor => tensor.Key.Contains("prob", StringComparison.OrdinalIgnoreCase)).Select(tensor => tensor.Value).FirstOrDefault();
    }

    private static ModelTensor? Labels(ModelData output) =>
        output.Where(tensor => !TensorTypes.IsFloat(tensor.Value.DataType) && tensor.Value.Shape is [_] or [_, 1])
            .OrderByDescending(tensor => tensor.Key.Contains("label", StringComparison.OrdinalIgnoreCase)).Select(tensor => tensor.Value).FirstOrDefault();

    private static string NameOf(ModelData output, ModelTensor tensor) => output.First(item => ReferenceEquals(item.Value, tensor)).Key;

    /// <summary>How scores become probabilities: as they are, from logarithms, or by the softmax of what is called logits; null when they do not.</summary>
    private static Func<double[], double[]?>? Conversion(double[][] rows, string name)
    {
        if (Array.TrueForAll(rows, row => Array.TrueForAll(row, value => value is >= 0 and <= 1.000001) && Math.Abs(row.Sum() - 1) < 1e-3))
            return row => row;
        if (Array.TrueForAll(rows, row => Array.TrueForAll(row, value => value <= 1e-6) && Math.Abs(row.Sum(Math.Exp) - 1) < 1e-3))
            return row => [.. row.Select(Math.Exp)];
        return name.Contains("logit", StringComparison.OrdinalIgnoreCase) ? Softmax : null;
    }

    private static double[] Softmax(double[] row)
    {
        var largest = row.Max();
        var powers = row.Select(value => Math.Exp(value - largest)).ToArray();
        var sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static int IndexOfLargest(double[] row)
    {
        var best = 0;
        for (var index = 1; index < row.Length; index++)
            best = row[index] > row[best] ? index : best;
        return best;
    }
}
