namespace MLflowSharp;

/// <summary>
/// McNemar's test of whether two models differ in how often they are right on the same rows (McNemar, "Note on the sampling error of the difference
/// between correlated proportions or percentages", Psychometrika 12, 1947). Only rows on which one is right and the other wrong tell anything:
/// of few of them the exact binomial probability is taken, of 25 and more chi-squared with Edwards' correction for continuity (Psychometrika 13, 1948).
/// </summary>
public sealed record McNemarTest
{
    private const int FewestForChiSquared = 25;
    private const int Terms = 80;

    /// <summary>Tests two models.</summary>
    /// <param name="first">For each row whether the first model was right.</param>
    /// <param name="second">For the same rows whether the second was.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they are not of the same rows.</exception>
    public McNemarTest(IReadOnlyList<bool> first, IReadOnlyList<bool> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Count == 0)
            throw MlflowException.Invalid($"Two models are compared on the same rows, at least one; found {first.Count} and {second.Count}.");
        Rows = first.Count;
        (FirstRight, SecondRight) = (first.Count(right => right), second.Count(right => right));
        OnlyFirstRight = first.Zip(second).Count(row => row.First && !row.Second);
        OnlySecondRight = first.Zip(second).Count(row => !row.First && row.Second);
        IsExact = OnlyFirstRight + OnlySecondRight < FewestForChiSquared;
        PValue = IsExact ? Exact(OnlyFirstRight, OnlySecondRight) : ChiSquared(OnlyFirstRight, OnlySecondRight);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>On how many the first was right.</summary>
    public int FirstRight { get; }

    /// <summary>On how many the second was right.</summary>
    public int SecondRight { get; }

    /// <summary>On how many the first was right and the second wrong.</summary>
    public int OnlyFirstRight { get; }

    /// <summary>On how many the second was right and the first wrong.</summary>
    public int OnlySecondRight { get; }

    /// <summary>Whether the probability is the exact binomial one rather than that of chi-squared.</summary>
    public bool IsExact { get; }

    /// <summary>How probable a difference at least this large is, in either direction, if the models are equally good; from 0 to 1.</summary>
    public double PValue { get; }

    private static double Exact(int first, int second)
    {
        var (rows, fewer) = (first + second, Math.Min(first, second));
        var (term, sum) = (Math.Pow(0.5, rows), 0.0);
        for (var wins = 0; wins <= fewer; wins++)
        {
            sum += term;
            term *= (double)(rows - wins) / (wins + 1);
        }

        return Math.Min(1, 2 * sum);
    }

    private static double ChiSquared(int first, int second)
    {
        var statistic = Math.Pow(Math.Max(0, Math.Abs(first - second) - 1), 2) / (first + second);
        return ComplementaryError(Math.Sqrt(statistic / 2));
    }

    /// <summary>erfc for x of 0 and more (https://dlmf.nist.gov/7.6.E1 and 7.9.E1): the series where it converges fast, the continued fraction beyond.</summary>
    private static double ComplementaryError(double x)
    {
        if (x < 2)
        {
            var (term, sum) = (x, x);
            for (var n = 1; n < Terms; n++)
            {
                term *= -x * x / n;
                sum += term / ((2 * n) + 1);
            }

            return 1 - (2 / Math.Sqrt(Math.PI) * sum);
        }

        var fraction = x;
        for (var n = Terms; n > 0; n--)
            fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction;
    }
}
