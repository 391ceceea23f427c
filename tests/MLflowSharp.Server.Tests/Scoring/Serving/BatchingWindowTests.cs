using System.Collections.Concurrent;
using MLflowSharp.Server.Scoring.Serving;
using MLflowSharp.Tests;
using Microsoft.Extensions.Time.Testing;

namespace MLflowSharp.Server.Tests.Scoring.Serving;

public sealed class BatchingWindowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Requests_of_one_window_are_scored_together_and_each_gets_its_rows()
    {
        using var model = Watched(101, out var scored);
        var window = new BatchingWindow(TimeSpan.FromMilliseconds(5), 256, _time);

        var first = window.PredictAsync(model, Rows(1, 2));
        var second = window.PredictAsync(model, Rows(3, 4, 5, 6));
        Assert.False(first.IsCompleted || second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(5));

        float[][] sums = [Sums(await first), Sums(await second)];
        Assert.Equal([[303], [707, 1111]], sums);
        Assert.Equal([3], scored);
    }

    [Fact]
    public async Task A_full_batch_does_not_wait()
    {
        using var model = Watched(103, out var scored);
        var window = new BatchingWindow(TimeSpan.FromHours(1), 2, _time);

        var answers = await Task.WhenAll(window.PredictAsync(model, Rows(1, 2)), window.PredictAsync(model, Rows(3, 4)));
        var large = await window.PredictAsync(model, Rows(1, 1, 2, 2, 3, 3));

        Assert.Equal(2, answers.Length);
        Assert.Equal(3, large.RowCount);
        Assert.Equal([2, 3], scored);
    }

    [Fact]
    public async Task A_row_that_breaks_the_model_is_told_to_all_that_were_scored_with_it()
    {
        using var model = Watched(107, out _);
        var window = new BatchingWindow(TimeSpan.FromHours(1), 2, _time);

        var answers = new[] { window.PredictAsync(model, Rows(666, 2)), window.PredictAsync(model, Rows(3, 4)) };

        foreach (var answer in answers)
            await Assert.ThrowsAsync<InvalidOperationException>(() => answer);
    }

    private LoadedModel Watched(double factor, out ConcurrentQueue<int> scored)
    {
        var queue = scored = new();
        SumModel.Watchers[factor] = queue.Enqueue;
        return LoadedModel.Load(SumModel.Save(_folder, factor));
    }

    private static float[] Sums(ModelData predictions) => predictions["sum"].As<float>().Values.ToArray();

    private static ModelData Rows(params float[] values) => ModelTensor.Of(values, values.Length / 2, 2);
}
