namespace MLflowSharp.Tests.Evaluation;

public sealed class PromotionGateTests
{
    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 8, 0.0390625)] // 2 (1 + 9) / 2^9
    [InlineData(5, 5, 1.0)]
    public void Of_few_rows_that_differ_the_binomial_probability_is_exact(int onlyFirst, int onlySecond, double expected)
    {
        var test = Test(onlyFirst, onlySecond);

        Assert.True(test.IsExact);
        Assert.Equal(expected, test.PValue, 1e-12);
    }

    [Theory]
    [InlineData(121, 59, 5.4497e-06)] // (62 - 1)^2 / 180 = 20.672
    [InlineData(30, 20, 0.2031)] // 81 / 50 = 1.62
    public void Of_many_it_is_that_of_chi_squared(int onlyFirst, int onlySecond, double expected)
    {
        var test = Test(onlyFirst, onlySecond);

        Assert.False(test.IsExact);
        Assert.Equal(1, test.PValue / expected, 1e-3);
    }

    [Fact]
    public void A_challenger_that_wins_by_more_than_chance_is_better()
    {
        var decision = Decide(onlyChampion: 60, onlyChallenger: 120);

        Assert.True(decision.IsBetter);
        Assert.Equal("The challenger is right on 940 of 1,000 rows, the champion on 880; of the 180 rows on which they differ it wins 120 (McNemar's test, p < 0.0001): it is better.", decision.Reason);
    }

    [Fact]
    public void A_challenger_that_may_have_been_lucky_is_not()
    {
        var decision = Decide(onlyChampion: 4, onlyChallenger: 9);

        Assert.False(decision.IsBetter);
        Assert.Equal(
            "The challenger is right on 996 of 1,000 rows, the champion on 991; of the 13 rows on which they differ it wins 9 (McNemar's test, p = 0.2668), which may be chance at a significance of 0.05: the champion stays.",
            decision.Reason);
    }

    [Fact]
    public void A_challenger_that_is_right_less_often_is_not()
    {
        Assert.Equal("The challenger is right on 980 of 1,000 rows, the champion on 980: it is not better, and the champion stays.", Decide(20, 20).Reason);
    }

    [Fact]
    public void A_significance_that_is_none_is_refused() =>
        Assert.Equal("The significance must be between 0 and 1, such as 0.05; found 5.", Assert.Throws<MlflowException>(() => PromotionGate.Decide([true], [true], 5)).Message);

    private static McNemarTest Test(int onlyFirst, int onlySecond) => new(
        [.. Enumerable.Repeat(true, onlyFirst), .. Enumerable.Repeat(false, onlySecond), true],
        [.. Enumerable.Repeat(false, onlyFirst), .. Enumerable.Repeat(true, onlySecond), true]);

    private static PromotionDecision Decide(int onlyChampion, int onlyChallenger)
    {
        var both = Enumerable.Repeat(true, 1000 - onlyChampion - onlyChallenger).ToList();
        return PromotionGate.Decide(
            [.. both, .. Enumerable.Repeat(true, onlyChampion), .. Enumerable.Repeat(false, onlyChallenger)],
            [.. both, .. Enumerable.Repeat(false, onlyChampion), .. Enumerable.Repeat(true, onlyChallenger)]);
    }
}
