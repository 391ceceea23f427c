using Microsoft.Extensions.Time.Testing;
using MLflowSharp.Server.Polling;

namespace MLflowSharp.Server.Tests.Polling;

public sealed class RememberedAnswersTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly RememberedAnswers _answers;

    public RememberedAnswersTests() => _answers = new(100_000, _time);

    public void Dispose() => _answers.Dispose();

    [Fact]
    public void What_was_kept_is_found_for_its_version_only()
    {
        Assert.Null(_answers.Find<string>("key", "1"));
        _answers.Keep("key", "1", "one", 3);
        Assert.Equal(("one", null, null), (_answers.Find<string>("key", "1"), _answers.Find<string>("key", "2"), _answers.Find<string>("other", "1")));
        _answers.Keep("key", "2", "two", 3);
        Assert.Equal((null, "two"), (_answers.Find<string>("key", "1"), _answers.Find<string>("key", "2")));
        Assert.Equal((2, 2), (_answers.Found, _answers.Made));
    }

    [Fact]
    public void What_nobody_asks_for_is_forgotten_and_all_is_after_a_while()
    {
        _answers.Keep("key", "1", "one", 3);
        for (var minute = 0; minute < 9; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.NotNull(_answers.Find<string>("key", "1"));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(_answers.Find<string>("key", "1"));

        _answers.Keep("key", "1", "one", 3);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(_answers.Find<string>("key", "1"));
    }

    [Fact]
    public async Task What_was_forgotten_takes_no_memory_even_when_nobody_asks_any_more()
    {
        var kept = Keep();
        _time.Advance(TimeSpan.FromMinutes(5));
        for (var attempt = 0; attempt < 100 && kept.IsAlive; attempt++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            GC.Collect();
        }

        Assert.False(kept.IsAlive);

        WeakReference Keep()
        {
            var value = new byte[1000];
            _answers.Keep("key", "1", value, value.Length);
            return new(value);
        }
    }

    [Fact]
    public void No_more_is_kept_than_there_is_room_for()
    {
        for (var number = 0; number < 100; number++)
            _answers.Keep(number, "1", "value", 10_000);
        Assert.InRange(Enumerable.Range(0, 100).Count(number => _answers.Find<string>(number, "1") is not null), 1, 10);
    }

    [Fact]
    public async Task Who_asks_for_the_same_at_the_same_time_waits_for_one_answer()
    {
        var (made, ready) = (0, new TaskCompletionSource<string>());
        var waiting = Enumerable.Range(0, 10).Select(_ => _answers.OnceAsync("key", "1", MakeAsync, CancellationToken.None)).ToList();
        var other = _answers.OnceAsync("key", "2", _ => Task.FromResult("two"), CancellationToken.None);
        Assert.Equal("two", await other);
        ready.SetResult("one");
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal("one", answer));
        Assert.Equal(1, made);

        Task<string> MakeAsync(CancellationToken left)
        {
            Interlocked.Increment(ref made);
            return ready.Task;
        }
    }

    [Fact]
    public async Task What_all_have_left_is_given_up_and_made_anew_for_the_next()
    {
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var begun = new TaskCompletionSource<CancellationToken>();
        var one = _answers.OnceAsync("key", "1", MakeAsync, first.Token);
        var two = _answers.OnceAsync("key", "1", MakeAsync, second.Token);

        var token = await begun.Task;
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(token.IsCancellationRequested);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.True(token.IsCancellationRequested);

        Assert.Equal("new", await _answers.OnceAsync("key", "1", _ => Task.FromResult("new"), TestContext.Current.CancellationToken));

        async Task<string> MakeAsync(CancellationToken left)
        {
            begun.SetResult(left);
            await Task.Delay(Timeout.Infinite, left);
            return "never";
        }
    }

    [Fact]
    public async Task What_fails_fails_for_all_who_wait_and_is_not_kept()
    {
        var ready = new TaskCompletionSource<string>();
        var waiting = Enumerable.Range(0, 3).Select(_ => _answers.OnceAsync("key", "1", _ => ready.Task, CancellationToken.None)).ToList();
        ready.SetException(new MlflowException("no", ErrorCode.InvalidState));
        foreach (var one in waiting)
            Assert.Equal("no", (await Assert.ThrowsAsync<MlflowException>(() => one)).Message);
        Assert.Equal("yes", await _answers.OnceAsync("key", "1", _ => Task.FromResult("yes"), TestContext.Current.CancellationToken));
    }
}
