using System.Diagnostics;
using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class TextComparerTests
{
    private static readonly TextComparer Default = new(Normalizer.Defaults, NumberTolerance.Exact);

    [Fact]
    public void Fifty_megabytes_are_compared_in_seconds_and_shown_in_a_screenful()
    {
        var line = "epoch 12 loss 0.123 took 3 s at 2026-11-26T10:00:00 in /home/me/course/data.gz\n";
        var stored = string.Concat(Enumerable.Repeat(line, 50_000_000 / line.Length));
        var now = string.Concat(stored.AsSpan(0, stored.Length / line.Length / 2 * line.Length), line.Replace("0.123", "0.321", StringComparison.Ordinal), stored.AsSpan((stored.Length / line.Length / 2 + 1) * line.Length));
        var started = Stopwatch.GetTimestamp();

        var difference = Default.Difference(stored, now)!;

        Assert.Contains("0.123 → 0.321", difference, StringComparison.Ordinal);
        Assert.StartsWith($"  … ({stored.Length / line.Length / 2 - 2} equal lines)\n  epoch 12 loss 0.123 took", difference, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.Null(Default.Difference(stored, stored + "\n"));
    }

    [Fact]
    public void Long_texts_that_have_nothing_in_common_take_no_longer()
    {
        var stored = string.Join('\n', Enumerable.Range(0, 1_000_000).Select(i => $"old {i}"));
        var now = string.Join('\n', Enumerable.Range(0, 1_000_000).Select(i => $"new {i}"));
        var started = Stopwatch.GetTimestamp();

        Assert.True(Default.Difference(stored, now)!.Length < 10_000);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_single_line_of_megabytes_is_shown_where_it_differs()
    {
        var difference = Default.Difference(new string('x', 5_000_000) + "1", new string('x', 5_000_000) + "2")!;

        Assert.True(difference.Length < 2_000);
        Assert.Contains("x2", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_masked_and_compared_within_the_tolerance_too()
    {
        var (stored, now) = (Long("took 3 s, loss 0.100"), Long("took 44 s, loss 0.101"));

        Assert.Null(new TextComparer(Normalizer.Defaults, new NumberTolerance(0.01)).Difference(stored, now));
        Assert.NotNull(new TextComparer(Normalizer.Defaults, new NumberTolerance(0.001)).Difference(stored, now));
        Assert.NotNull(new TextComparer([], new NumberTolerance(0.01)).Difference(stored, now));

        static string Long(string line) => string.Join('\n', Enumerable.Repeat(line, 20_000));
    }

    [Fact]
    public void Of_a_long_text_two_equal_lines_around_are_shown_and_the_others_counted()
    {
        var lines = Enumerable.Range(0, 40_000).Select(i => $"line {i}").ToArray();
        string[] changed = [.. lines[..20_000], "other", .. lines[20_001..]];

        Assert.Equal(
            "  … (19998 equal lines)\n  line 19998\n  line 19999\n- line 20000\n+ other\n  line 20001\n  line 20002\n  … (19997 equal lines)",
            Default.Difference(string.Join('\n', lines), string.Join('\n', changed) + "\n"));
        Assert.Equal("  … (39998 equal lines)\n  line 39998\n  line 39999\n+ more", Default.Difference(string.Join('\n', lines), string.Join('\n', [.. lines, "more"])));
        Assert.Equal("- line 0\n+ other\n  line 1\n  line 2\n  … (39997 equal lines)", Default.Difference(string.Join('\n', lines), string.Join('\n', ["other", .. lines[1..]])));
    }

    [Fact]
    public void Of_a_line_of_megabytes_only_blanks_at_its_end_do_not_count()
    {
        var data = new string('x', TextComparer.LongText + 1);

        Assert.Null(Default.Difference(data + "  ", data));
        Assert.NotNull(Default.Difference("  " + data, data));
        Assert.NotNull(Default.Difference(data + " took 3 s", data + " took 4 s"));
        Assert.Null(Default.Difference(data[..^10] + " took 3 s\n" + data, data[..^10] + " took 4 s\n" + data));
    }

    [Theory]
    [InlineData("a\r\nb  \r\n\r\n", "a\nb")]
    [InlineData("", "\n")]
    [InlineData("x\u2028y", "x\ny")]
    public void Line_ends_trailing_blanks_and_blank_lines_at_the_end_do_not_count(string stored, string now) => Assert.Null(Default.Difference(stored, now));

    [Theory]
    [InlineData("a\nb", "b\na")]
    [InlineData("a", "A")]
    [InlineData("", "a")]
    [InlineData("1.0", "1")]
    [InlineData("0.5", "0,5")]
    [InlineData("1,234", "1234")]
    [InlineData("\nb", "b")]
    public void All_else_counts(string stored, string now) => Assert.NotNull(Default.Difference(stored, now));

    [Theory]
    [InlineData("0.9999999999999998", "1.0", true)]
    [InlineData("(0.9999999999999998, 314159.2653589794)", "(1.0, 314159.2653589793)", true)]
    [InlineData("a 0.9999999999999998", "a                1.0", true)]
    [InlineData("5.551115123125783e-17", "5.551115123125784e-17", true)]
    [InlineData("0.12345678901234", "0.12345678901235", false)]
    [InlineData("0.123456789012345", "0.123456789013345", false)]
    [InlineData("0.9999999999999998 a", "1.0 b", false)]
    [InlineData("0.9999999999999998 3", "1.0 4", false)]
    [InlineData("0.9999999999999998 0.5", "0.9999999999999998  0.5", false)]
    [InlineData("0.9999999999999998", "1.0 1.0", false)]
    [InlineData("123456789012345678", "123456789012345679", false)]
    [InlineData("1.0", "1.00", false)]
    public void The_last_digits_of_a_fraction_that_is_shown_with_all_are_the_machines(string stored, string now, bool agree) =>
        Assert.Equal(agree, new TextComparer([], NumberTolerance.Exact).Agree(stored, now));
}
