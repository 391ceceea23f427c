using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

/// <summary>How a difference of texts is shown.</summary>
public sealed class LineDifferenceTests
{
    [Theory]
    [InlineData("accuracy 0.97", "accuracy 0.91", "- accuracy 0.97\n+ accuracy 0.91\n?          ^^^^  0.97 → 0.91 (-6.19 %)")]
    [InlineData("loss 0 of 3", "loss 0.5 of 3", "- loss 0 of 3\n+ loss 0.5 of 3\n?      ^^^  0 → 0.5 (+0.5)")]
    [InlineData("42", "43", "- 42\n+ 43\n? ^^  42 → 43 (+2.38 %)")]
    [InlineData("x -1 y", "x 1 y", "- x -1 y\n+ x 1 y\n?   ^  -1 → 1 (+200 %)")]
    [InlineData("a 1e3 b", "a 1000 b", "- a 1e3 b\n+ a 1000 b\n?   ^^^^  1e3 → 1000 (the same number, written otherwise)")]
    [InlineData("a\tred b", "a\tblue b", "- a\tred b\n+ a\tblue b\n?  \t^^^^")]
    [InlineData("one two three", "one three", "- one two three\n+ one three\n? without \"two \"")]
    [InlineData("a  b", "a b", "- a  b\n+ a b\n?  ^  blanks: 2 × U+0020 → 1 × U+0020")]
    [InlineData("a b", "a\u00a0b", "- a b\n+ a\u00a0b\n?  ^  U+0020 → U+00A0, which look alike")]
    [InlineData("the cаt sat", "the cat sat", "- the cаt sat\n+ the cat sat\n?     ^^^  U+0430 → U+0061, which look alike")]
    [InlineData("red", "blue", "- red\n+ blue\n? ^^^^")]
    [InlineData("red cat", "blue dog", "- red cat\n+ blue dog")]
    [InlineData("a\nb", "a\nb\nc", "  a\n  b\n+ c")]
    [InlineData("a\nb\nc", "a\nc", "  a\n- b\n  c")]
    [InlineData("\u001b[31mred\u001b[0m x", "\u001b[32mred\u001b[0m x", "- ␛[31mred␛[0m x\n+ ␛[32mred␛[0m x\n?   ^^^^^^")]
    [InlineData("loss nan x", "loss 0.5 x", "- loss nan x\n+ loss 0.5 x\n?      ^^^  nan → 0.5 (not finite)")]
    public void Words_that_changed_are_marked_and_numbers_compared(string stored, string now, string shown) => Assert.Equal(shown, Show(stored, now));

    [Fact]
    public void Each_changed_line_of_a_block_stands_by_the_line_it_replaces() =>
        Assert.Equal("- a 1 x\n+ a 2 x\n?   ^  1 → 2 (+100 %)\n- b 3 x\n+ b 6 x\n?   ^  3 → 6 (+100 %)\n- c 4 x", Show("a 1 x\nb 3 x\nc 4 x", "a 2 x\nb 6 x"));

    [Fact]
    public void Lines_that_agree_are_context_even_when_they_are_not_equal() =>
        Assert.Equal("- a\n+ b\n  1.1\n- c\n+ d", LineDifference.Show(["a", "1.0", "c"], ["b", "1.1", "d"], (old, fresh) => old == "1.0" && fresh == "1.1").Replace("\n? ^", "", StringComparison.Ordinal));

    [Fact]
    public void A_difference_in_leading_blanks_is_shown() => Assert.Contains("blanks: 2 × U+0020 → none", Show("  a b", "a b"), StringComparison.Ordinal);

    [Fact]
    public void A_very_long_line_is_shown_where_it_differs()
    {
        var shown = Show(new string('a', 100_000) + " 1 " + new string('b', 100_000), new string('a', 100_000) + " 2 " + new string('b', 100_000));

        Assert.Contains("1 → 2 (+100 %)", shown, StringComparison.Ordinal);
        Assert.True(shown.Length < 2_000);
    }

    [Fact]
    public void A_long_difference_ends_with_a_word_that_there_is_more()
    {
        var shown = Show(string.Join('\n', Enumerable.Range(0, 500).Select(i => $"old {i}")), string.Join('\n', Enumerable.Range(0, 500).Select(i => $"new {i}")));

        Assert.EndsWith("  … (more differs)", shown, StringComparison.Ordinal);
        Assert.True(shown.Split('\n').Length < 70);
    }

    [Theory]
    [InlineData(LineDifference.MostCompared, false)]
    [InlineData(LineDifference.MostCompared + 1, true)]
    public void That_only_the_first_lines_are_compared_is_said(int lines, bool isSaid)
    {
        Assert.Equal(isSaid, Says(lines, LineDifference.MostCompared));
        Assert.Equal(isSaid, Says(LineDifference.MostCompared, lines));

        static bool Says(int stored, int now) =>
            LineDifference.Show(["x", .. Enumerable.Repeat("same", stored - 1)], ["y", .. Enumerable.Repeat("same", now - 1)], (_, _) => false)
                .Contains("(only the first 1000 lines from the first difference on were compared)", StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_lines_around_are_counted()
    {
        Assert.Equal("  … (3 equal lines)\n- a\n+ b\n? ^\n  … (1 equal line)", LineDifference.Show(["a"], ["b"], (_, _) => false, before: 3, after: 1));
        Assert.Equal("- a\n+ b\n? ^\n  x\n  y\n  … (7 equal lines)", LineDifference.Show(["a", "x", "y", "z", "z"], ["b", "x", "y", "z", "z"], (_, _) => false, after: 5));
        Assert.Equal("- a\n+ b\n? ^", LineDifference.Show(["a"], ["b"], (_, _) => false));
    }

    [Fact]
    public void A_block_is_shown_up_to_a_screenful()
    {
        var shown = LineDifference.Show(["x"], [.. Enumerable.Range(0, 80).Select(i => $"{i}")], (_, _) => false).Split('\n');

        Assert.Equal(61, shown.Length);
        Assert.Equal(["+ 57", "  … (more differs)"], shown[^2..]);
        Assert.DoesNotContain("more differs", LineDifference.Show(["x"], [.. Enumerable.Range(0, 57).Select(i => $"{i}")], (_, _) => false), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(58, "+ 57")]
    [InlineData(59, "  … (more differs)")]
    public void That_more_differs_is_said_only_when_something_is_left_out(int lines, string last) =>
        Assert.Equal(last, LineDifference.Show(["x"], [.. Enumerable.Range(0, lines).Select(i => $"{i}")], (_, _) => false).Split('\n')[^1]);

    [Theory]
    [InlineData("", "  … (3 equal lines)")]
    [InlineData("z", "  … (more differs)")]
    public void When_the_screen_is_full_what_follows_is_counted_or_differs(string end, string last)
    {
        string[] equal = ["a", "b", "c"];

        Assert.Equal(last, LineDifference.Show(["x", .. equal], [.. Enumerable.Range(0, 58).Select(i => $"{i}"), .. equal, .. end.Length > 0 ? [end] : Array.Empty<string>()], (_, _) => false).Split('\n')[^1]);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(401, true)]
    public void A_line_of_context_is_cut_at_the_width(int length, bool isCut) =>
        Assert.StartsWith("  " + new string('x', 400) + (isCut ? "…" : "") + "\n", Show(new string('x', length) + "\na", new string('x', length) + "\nb"), StringComparison.Ordinal);

    [Theory]
    [InlineData("a \u007f x", "- a ␡ x")]
    [InlineData("a \u0085 x", "- a � x")]
    [InlineData("a \u00a0 x", "- a \u00a0 x")]
    [InlineData("a \u001b x", "- a ␛ x")]
    public void What_a_terminal_would_obey_is_made_visible(string stored, string shown) => Assert.StartsWith(shown + "\n", Show(stored, "b y"), StringComparison.Ordinal);

    private static string Show(string stored, string now) => LineDifference.Show(stored.Split('\n'), now.Split('\n'), (_, _) => false);
}
