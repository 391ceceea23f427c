using System.Globalization;

namespace MLflowSharp;

/// <summary>Decides whether a challenger is better than the champion: it must be right more often on rows that neither learned from, and by more than chance.</summary>
public static class PromotionGate
{
    /// <summary>Compares two evaluations on the same rows.</summary>
    /// <param name="champion">How good the champion is.</param>
    /// <param name="challenger">How good the challenger is.</param>
    /// <param name="significance">How probable a difference by chance may be, between 0 and 1. Default: 0.05.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they are not of the same rows, or are of regressors.</exception>
    public static PromotionDecision Decide(EvaluationResult champion, EvaluationResult challenger, double significance = 0.05)
    {
        ArgumentNullException.ThrowIfNull(champion);
        ArgumentNullException.ThrowIfNull(challenger);
        return Decide(champion.IsRight, challenger.IsRight, significance);
    }

    /// <summary>Compares two models by the rows on which they are right.</summary>
    /// <param name="champion">For each row whether the champion was right.</param>
    /// <param name="challenger">For the same rows whether the challenger was.</param>
    /// <param name="significance">How probable a difference by chance may be, between 0 and 1. Default: 0.05.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they are not of the same rows.</exception>
    public static PromotionDecision Decide(IReadOnlyList<bool> champion, IReadOnlyList<bool> challenger, double significance = 0.05)
    {
        if (significance is not (> 0 and < 1))
            throw MlflowException.Invalid(string.Create(CultureInfo.InvariantCulture, $"The significance must be between 0 and 1, such as 0.05; found {significance}."));
        var test = new McNemarTest(champion, challenger);
        var differ = test.OnlyFirstRight + test.OnlySecondRight;
        var counts = string.Create(CultureInfo.InvariantCulture, $"The challenger is right on {test.SecondRight:N0} of {test.Rows:N0} rows, the champion on {test.FirstRight:N0}");
        if (test.SecondRight <= test.FirstRight)
            return new(false, $"{counts}: it is not better, and the champion stays.", test);
        var p = string.Create(CultureInfo.InvariantCulture, $"p = {test.PValue:0.####}");
        if (test.PValue < 0.0001)
            p = "p < 0.0001";
        var won = string.Create(CultureInfo.InvariantCulture, $"of the {differ:N0} rows on which they differ it wins {test.OnlySecondRight:N0} (McNemar's test, {p})");
        return test.PValue < significance
            ? new(true, $"{counts}; {won}: it is better.", test)
            : new(false, string.Create(CultureInfo.InvariantCulture, $"{counts}; {won}, which may be chance at a significance of {significance}: the champion stays."), test);
    }
}
