namespace MLflowSharp.Tests.Stores.Suite;

public abstract class LongHistorySuite<TStore> : StoreSuite<TStore>
    where TStore : StoreUnderTest, new()
{
    private const int Points = 25_000;

    [Theory]
    [InlineData("each step once")]
    [InlineData("gaps and repetitions")]
    [InlineData("most on one step")]
    [InlineData("all on one step")]
    [InlineData("the largest steps there are")]
    public void The_points_of_a_chart_are_the_same_as_when_all_are_read(string shape)
    {
        var random = new Random(8);
        var points = Enumerable.Range(0, Points).Select(number => new Metric("m", random.Next(3) == 0 ? double.NaN : random.Next(5), random.Next(1_000_000), shape switch
        {
            "each step once" => number - 300,
            "gaps and repetitions" => (long)Math.Pow(random.Next(1000), 2),
            "most on one step" => random.Next(50) > 0 ? 77 : random.Next(1_000_000),
            "all on one step" => 0,
            _ => number % 2 == 0 ? long.MinValue + random.Next(10_000) : long.MaxValue - random.Next(10_000),
        })).Distinct().ToList();
        foreach (var part in points.Chunk(1000))
            Client.LogBatch(Run, part);
        Client.LogBatch(Run, [new("other", 1, 1, 1)]);

        var inOrder = points.OrderBy(point => point.Step).ThenBy(point => point.Timestamp).ThenBy(point => double.IsNaN(point.Value) ? 0 : point.Value)
            .ThenBy(point => double.IsNaN(point.Value)).ToList();
        foreach (var most in new[] { 1, 2, 320, 2500 })
            Assert.Equal(Thinned(inOrder, most), Of(Client.GetMetricHistoryInterval([Run], "m", most)));
        var (from, to) = (inOrder[points.Count / 9].Step, inOrder[points.Count / 9 * 8].Step);
        Assert.Equal(
            Thinned([.. inOrder.Where(point => point.Step >= from && point.Step <= to)], 50),
            Of(Client.GetMetricHistoryInterval([Run], "m", 50, from, to)));
    }

    // As MLflow's server does it: the first of each of as many equal parts, the last of all in place of the last.
    private static List<(long, long, double)> Thinned(List<Metric> points, int most)
    {
        var (parts, taken, next) = (Math.Min(most, points.Count), new List<Metric>(), 0);
        for (var part = 0; part < parts; part++)
        {
            taken.Add(points[next]);
            next += (points.Count / parts) + (part < points.Count % parts ? 1 : 0);
        }

        taken[^1] = points[^1];
        return Of(taken);
    }

    private static List<(long, long, double)> Of(IEnumerable<Metric> points) => [.. points.Select(point => (point.Step, point.Timestamp, point.Value))];
}
