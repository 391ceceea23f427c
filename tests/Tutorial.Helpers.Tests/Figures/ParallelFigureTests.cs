using System.Text.Json.Nodes;
using MLflowSharp;

namespace Tutorial.Helpers.Tests;

public sealed class ParallelFigureTests
{
    [Fact]
    public void The_description_says_what_the_axes_are_and_which_run_is_best() => Assert.Equal(
        "Parallel coordinates 'Eight runs' of 3 runs over optimizer (Adagrad to Adam), learning_rate (0.0001 to 0.1), val_accuracy (0.5 to 0.9). "
        + "The run with the highest val_accuracy has optimizer Adam, learning_rate 0.01, val_accuracy 0.9.",
        Samples.Figure("parallel").Description);

    [Fact]
    public void Numbers_over_powers_of_ten_lie_by_their_logarithm_and_texts_one_above_the_other()
    {
        var dimensions = ((JsonNode)Samples.Figure("parallel").ToDisplayBundle()["application/vnd.plotly.v1+json"])["data"]![0]!["dimensions"]!.AsArray();

        Assert.Equal([1, 0, 1], dimensions[0]!["values"]!.AsArray().Select(value => (double)value!));
        Assert.Equal([0, 1, 0.6667], dimensions[1]!["values"]!.AsArray().Select(value => (double)value!));
    }

    [Fact]
    public void Without_runs_or_with_one_column_there_is_nothing_to_compare() =>
        Assert.Contains("at least one run", Assert.Throws<ArgumentException>(() => Figures.Parallel("t", Array.Empty<Run>().ToTable("run_name", "status"))).Message, StringComparison.Ordinal);
}
