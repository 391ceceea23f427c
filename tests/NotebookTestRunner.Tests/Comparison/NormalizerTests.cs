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
    [InlineData("on Sunday, 01 March 2026.", "on <timestamp>.")]
    [InlineData("on 1st March 2026", "on <timestamp>")]
    [InlineData("on Mar. 1, 2026", "on <timestamp>")]
    [InlineData("on Sunday, March 1, 2026 at 8:15 AM", "on <timestamp>")]
    [InlineData("on Sun, 01 Mar 2026 08:15:30 GMT", "on <timestamp>")]
    [InlineData("on Sun Mar  1 08:15:30 2026", "on <timestamp>")]
    [InlineData("on Sun Mar  1 08:15:30 CET 2026", "on <timestamp>")]
    [InlineData("[pid 4711] INFO", "[pid <process-id>] INFO")]
    [InlineData("PID: 4711", "PID: <process-id>")]
    [InlineData("process id=4711", "process id=<process-id>")]
    [InlineData("peak memory 61.3 MB", "peak memory <memory>")]
    [InlineData("peak memory: 51.30 MiB", "peak memory: <memory>")]
    [InlineData("RSS = 1,024 kB", "RSS = <memory>")]
    [InlineData("Run name: wise-stork-512", "Run name: <run-name>")]
    [InlineData("View run bold-crane-112 at", "View run <run-name> at")]
    [InlineData("run_name='bold-crane-7'", "run_name='<run-name>'")]
    [InlineData("{'b', 'a', \"it's\"}", "{\"it's\", 'a', 'b'}")]
    [InlineData("frozenset({'b', 'a'})", "frozenset({'a', 'b'})")]
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
    [InlineData("in March 2026 it may")]
    [InlineData("May 5 images, 2026 rows")]
    [InlineData("rapid 4 of 5, process 12")]
    [InlineData("memory usage: 1.2 KB")]
    [InlineData("4.2 MB of data")]
    [InlineData("bold-crane-112")]
    [InlineData("run crop-224")]
    [InlineData("{'b': 'a', 'a': 'b'}")]
    [InlineData("['b', 'a']")]
    [InlineData("{3, 1, 2}")]
    public void What_a_lesson_is_about_is_not(string text) => Assert.Equal(text, Masked(text));

    [Theory]
    [InlineData("run-name", "bold-crane-112 won", "<run-name> won")]
    [InlineData("numbers", "loss -0.25 of 1e-3", "loss <number> of <number>")]
    [InlineData("whitespace", "a \n\t b", "a b")]
    [InlineData("thousands", "1,234,567.5 and 12'345 and 1\u202f000", "1234567.5 and 12345 and 1000")]
    [InlineData("thousands", "1,23 12,3456 0.1,234 ,123", "1,23 12,3456 0.1,234 ,123")]
    [InlineData("unicode", "caf\u0065\u0301 \u2013 \u201cx\u201d\u00a0\u2212 1\u200b\u2026", "caf\u00e9 - \"x\" - 1...")]
    [InlineData("case", "Done é", "DONE É")]
    public void Optional_ones_mask_when_asked(string name, string text, string expected) =>
        Assert.Equal(expected, Normalizer.Optional.Single(normalizer => normalizer.Name == name).Apply(text));

    [Fact]
    public void One_of_an_authors_own_masks_line_by_line_and_knows_groups()
    {
        var token = Normalizer.Create("token", "^(tok)_[0-9a-f]+$", "$1_<token>", ignoreCase: true, "notebook-test.yml, line 3");

        Assert.Equal("a\ntok_<token>\nTOK_<token>", token.Apply("a\ntok_12ab\nTOK_FF"));
        Assert.Equal("tok_12ab", Normalizer.Create("token", "^(tok)_[0-9A-F]+$", "$1", ignoreCase: false, "here").Apply("tok_12ab"));
    }

    [Fact]
    public void One_that_would_mask_everything_is_refused() =>
        Assert.Contains("matches the empty text", Assert.Throws<NotebookRunException>(() => Normalizer.Create("all", "x*", "", false, "here")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pattern_that_tries_too_many_ways_is_answered_at_once_where_it_can_be_and_stopped_and_named_where_not()
    {
        var hostile = new string('a', 60) + "!";

        Assert.Equal(hostile, Normalizer.Create("nested", "(a+)+$", "x", false, "here").Apply(hostile));
        var stopped = Assert.Throws<NormalizerTimeoutException>(() => Normalizer.Create("nested", "(?=a)(a+)+$", "x", false, "notebook-test.yml, line 7").Apply(hostile));
        Assert.Contains("The normalizer \"nested\" (notebook-test.yml, line 7) was stopped after 1 s", stopped.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(' ')]
    [InlineData('1')]
    [InlineData('/')]
    [InlineData('-')]
    [InlineData('a')]
    public void Those_in_use_take_no_longer_than_they_must(char character)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();

        Masked(new string(character, 500_000) + "x");
        Masked(string.Concat(Enumerable.Repeat($"1{character}", 100_000)));

        // By the square it would take minutes.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    private static string Masked(string text) => Normalizer.Defaults.Aggregate(text, (current, normalizer) => normalizer.Apply(current));
}
