using NotebookTestRunner.Comparison;

namespace NotebookTestRunner.Tests.Comparison;

public sealed class NormalizerTests
{
    [Theory]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("id 0a1b2c3d-0000-1111-2222-333344445555.", "id <guid>.")]
    [InlineData("run 0123456789abcdef0123456789abcdef ended", "run <run-id> ended")]
    [InlineData("object at 0x7f3a12bc", "object at <address>")]
    [InlineData("http://localhost:5000/x and 127.0.0.1:43210", "http://localhost:<port>/x and 127.0.0.1:<port>")]
    [InlineData("at sqlite:////home/me/mlflow.db now", "at <uri> now")]
    [InlineData("at file:///tmp/a", "at <uri>")]
    [InlineData("in /home/me/course/data.gz", "in <path>")]
    [InlineData("in ~/course/data.gz", "in <path>")]
    [InlineData(@"in C:\Users\me\data.gz", "in <path>")]
    [InlineData("on 2026-11-24T10:45:00.123Z", "on <timestamp>")]
    [InlineData("on 2026-11-24", "on <timestamp>")]
    [InlineData("at 10:45:31", "at <timestamp>")]
    [InlineData("start 1764000000000", "start <timestamp>")]
    [InlineData("took 1.25 s", "took <duration>")]
    [InlineData("took 1 min 5 s", "took <duration>")]
    [InlineData("took 12ms", "took <duration>")]
    [InlineData("60000 images/s", " <rate>")]
    public void What_differs_from_run_to_run_is_masked(string text, string expected) => Assert.Equal(expected, Masked(text));

    [Theory]
    [InlineData("accuracy 0.9731")]
    [InlineData("epoch 3 of 10")]
    [InlineData("784-128-64-10")]
    [InlineData("data/mnist/train-images.gz")]
    [InlineData("<b>bold</b><br/>")]
    [InlineData("https://mlflow.org/docs/latest/tracking")]
    [InlineData("28 x 28 pixels, 60000 images")]
    [InlineData("0123456789abcdef")]
    [InlineData("3 samples")]
    [InlineData("a/b")]
    public void What_a_lesson_is_about_is_not(string text) => Assert.Equal(text, Masked(text));

    [Theory]
    [InlineData("run-name", "bold-crane-112 won", "<run-name> won")]
    [InlineData("numbers", "loss -0.25 of 1e-3", "loss <number> of <number>")]
    [InlineData("whitespace", "a \n\t b", "a b")]
    public void Optional_ones_are_found_by_name(string name, string text, string expected) =>
        Assert.Equal(expected, Normalizer.Named(name, "the test").Apply(text));

    [Fact]
    public void A_name_that_does_not_exist_is_refused_with_those_that_do()
    {
        var message = Assert.Throws<NotebookRunException>(() => Normalizer.Named("nmbers", "cell 3")).Message;

        Assert.Contains("\"nmbers\", which cell 3 asks for", message, StringComparison.Ordinal);
        Assert.Contains("run-name, numbers, whitespace", message, StringComparison.Ordinal);
    }

    private static string Masked(string text) => Normalizer.Defaults.Aggregate(text, (current, normalizer) => normalizer.Apply(current));
}
