namespace MLflowSharp;

/// <summary>The metrics of a regressor under the names that MLflow's evaluation gives them; they are defined as in scikit-learn.</summary>
internal static class RegressorEvaluation
{
    public static EvaluationResult Of(IReadOnlyList<double> said, IReadOnlyList<double> right, string prefix)
    {
        var errors = said.Zip(right, (value, target) => value - target).ToArray();
        var mean = right.Average();
        var squared = errors.Average(error => error * error);
        var spread = right.Average(target => Math.Pow(target - mean, 2));
        var metrics = new Dictionary<string, double>
        {
            [prefix + "example_count"] = right.Count,
            [prefix + "mean_absolute_error"] = errors.Average(Math.Abs),
            [prefix + "mean_squared_error"] = squared,
            [prefix + "root_mean_squared_error"] = Math.Sqrt(squared),
            [prefix + "sum_on_target"] = right.Sum(),
            [prefix + "mean_on_target"] = mean,
            [prefix + "r2_score"] = spread > 0 ? 1 - (squared / spread) : squared == 0 ? 1 : 0,
            [prefix + "max_error"] = errors.Max(Math.Abs),
            [prefix + "mean_absolute_percentage_error"] = errors.Zip(right, (error, target) => Math.Abs(error) / Math.Max(Math.Abs(target), double.BitIncrement(1) - 1)).Average(),
        };
        return new(metrics);
    }
}
