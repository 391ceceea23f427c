using MLflowSharp.Stores;

namespace MLflowSharp.Tests.Stores;

public sealed class MetricSampleTests
{
    [Theory]
    [InlineData(0, 5, new long[0])]
    [InlineData(1, 5, new long[] { 0 })]
    [InlineData(5, 5, new long[] { 0, 1, 2, 3, 4 })]
    [InlineData(6, 5, new long[] { 0, 2, 3, 4, 5 })]
    [InlineData(9, 1, new long[] { 8 })]
    [InlineData(9, 2, new long[] { 0, 8 })]
    public void The_points_are_those_that_MLflow_takes(long count, int maxResults, long[] expected) =>
        Assert.Equal(expected, MetricSample.Indices(count, maxResults));
}
