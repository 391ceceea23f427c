using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Running;

public sealed class LessonFinderTests : IDisposable
{
    private readonly Course _course = new();

    public LessonFinderTests()
    {
        foreach (var name in new[] { "02-second", "00-zero", "01-first", "01-first-more" })
            _course.Write($"notebooks/{name}.ipynb", "");
        _course.Write("notebooks/assets/picture.svg", "");
        _course.Write("own/mine.ipynb", "");
        _course.Write("own/00-zero.ipynb", "");
    }

    public void Dispose() => _course.Dispose();

    [Theory]
    [InlineData("", "00-zero 01-first 01-first-more 02-second")]
    [InlineData("02", "02-second")]
    [InlineData("02 00", "02-second 00-zero")]
    [InlineData("02 02-second.ipynb notebooks/02-second.ipynb", "02-second")]
    [InlineData("01-first", "01-first")]
    [InlineData("01-FIRST", "01-first")]
    [InlineData("own/mine.ipynb", "mine")]
    public void Lessons_are_found_by_number_name_or_path(string asked, string expected)
    {
        var found = Find(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(expected.Split(' '), found.Select(path => Path.GetFileNameWithoutExtension(path)));
        Assert.All(found, path => Assert.True(File.Exists(path)));
    }

    [Theory]
    [InlineData("03")]
    [InlineData("01")]
    [InlineData("0.ipynb")]
    [InlineData("02.ipynb")]
    [InlineData("gone/02-second.ipynb")]
    public void A_name_of_no_lesson_or_of_several_is_answered_with_the_names_there_are(string asked)
    {
        var fault = Assert.Throws<CliException>(() => Find(asked));

        Assert.Contains("00-zero, 01-first, 01-first-more, 02-second", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_lesson_is_not_found_by_nothing_but_by_its_beginning()
    {
        foreach (var name in new[] { "02-second", "01-first", "01-first-more" }) File.Delete(_course.PathOf($"notebooks/{name}.ipynb"));

        Assert.EndsWith("00-zero.ipynb", Assert.Single(Find("0")), StringComparison.Ordinal);
        Assert.Throws<CliException>(() => Find(""));
    }

    [Fact]
    public void Two_of_the_same_name_would_share_a_store_and_are_refused()
    {
        var fault = Assert.Throws<CliException>(() => Find("00", "own/00-zero.ipynb"));

        Assert.Contains("run one after the other", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_course_without_notebooks_is_told()
    {
        Directory.Delete(_course.Checkout.Notebooks, recursive: true);

        Assert.Contains(_course.Checkout.Notebooks, Assert.Throws<CliException>(() => Find()).Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Find(params string[] asked) => LessonFinder.Find(_course.Checkout, asked, _course.Root);
}
