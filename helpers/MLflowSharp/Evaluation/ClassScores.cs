namespace MLflowSharp;

/// <summary>How good a model is at one class.</summary>
/// <param name="Class">The class.</param>
/// <param name="TruePositives">Rows of the class that were said to be of it.</param>
/// <param name="FalsePositives">Rows of others that were said to be of it.</param>
/// <param name="FalseNegatives">Rows of the class that were said to be of others.</param>
/// <param name="TrueNegatives">All other rows.</param>
public sealed record ClassScores(string Class, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives)
{
    /// <summary>Of the rows said to be of the class, how many are, from 0 to 1; 0 when none was said to be.</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>Of the rows of the class, how many were said to be of it, from 0 to 1; 0 when there is none.</summary>
    public double Recall => Ratio(TruePositives, TruePositives + FalseNegatives);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1 => Ratio(2 * TruePositives, (2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>The number of rows of the class.</summary>
    public int Support => TruePositives + FalseNegatives;

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
