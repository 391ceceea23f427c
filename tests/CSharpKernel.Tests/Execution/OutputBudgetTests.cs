using CSharpKernel.Execution;
using Microsoft.Extensions.Time.Testing;

namespace CSharpKernel.Tests.Execution;

public sealed class OutputBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void What_is_begun_while_something_is_left_is_sent_whole()
    {
        var budget = new OutputBudget(10, 1, 5, _time);

        Assert.True(budget.TryTake(9));
        Assert.True(budget.TryTake(1000));
        Assert.False(budget.TryTake(1));
    }

    [Fact]
    public void More_is_added_while_time_passes_up_to_a_limit()
    {
        var budget = new OutputBudget(10, 2, 5, _time);
        Assert.True(budget.TryTake(10));
        Assert.False(budget.TryTake(1));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(budget.TryTake(2));
        Assert.False(budget.TryTake(1));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.True(budget.TryTake(5));
        Assert.False(budget.TryTake(1));
    }

    [Fact]
    public void Without_a_limit_nothing_is_refused()
    {
        var budget = new OutputBudget(double.PositiveInfinity, 1, 1, _time);

        Assert.True(budget.TryTake(long.MaxValue));
        Assert.True(budget.TryTake(long.MaxValue));
    }
}
