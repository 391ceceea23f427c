using Tutorial.Cli.Grading;

namespace Tutorial.Cli.Tests.Grading;

public sealed class SubmissionReaderTests : IDisposable
{
    private readonly Course _course = new();
    private readonly ClassOfThirty _class;

    public SubmissionReaderTests() => _class = new(_course);

    public void Dispose() => _course.Dispose();

    [Fact]
    public void Students_are_called_as_their_folders_archives_and_Moodle_call_them()
    {
        _class.HandIn("Anna Berg_4711_assignsubmission_file_", "{}");
        _course.Write("class/Ben_12_assignsubmission_file_01-sums.ipynb", "{}");
        _course.Write("class/Ben_12_assignsubmission_onlinetext_onlinetext.html", "ignored");
        _class.Zip("Cleo.zip", ("x.ipynb", "{}"));
        _course.Write("class/Dora.ipynb", "{}");
        _course.Write("class/worksheet.csv", "no submission");

        var all = SubmissionReader.ReadAll(_course.PathOf("class"));

        Assert.Equal([("Anna Berg", "4711"), ("Ben", "12"), ("Cleo", null), ("Dora", null)], all.Select(one => (one.Student, one.Id)));
        Assert.All(all, one => Assert.Single(one.Notebooks));
    }

    [Fact]
    public void The_archive_of_a_whole_class_is_read_as_its_folder_is()
    {
        _class.Zip("all.zip", ("Anna_1_assignsubmission_file_/01-sums.ipynb", ClassOfThirty.Notebook("1")), ("Ben_2_assignsubmission_file_01-sums.ipynb", ClassOfThirty.Notebook("2")), ("__MACOSX/x.ipynb", "{}"));

        var all = SubmissionReader.ReadAll(_course.PathOf("class/all.zip"));

        Assert.Equal(["Anna", "Ben"], all.Select(one => one.Student));
        Assert.All(all, one => Assert.NotNull(Assert.Single(one.Notebooks).Content));
    }

    [Fact]
    public void Links_checkpoints_and_other_files_are_left_alone()
    {
        _course.Write("secret.ipynb", ClassOfThirty.Notebook("1"));
        _class.HandIn("Anna", ClassOfThirty.Notebook("1"), ".ipynb_checkpoints/x.ipynb");
        _class.HandIn("Anna", "x", "work.rar");
        File.CreateSymbolicLink(_course.PathOf("class/Anna/01-sums.ipynb"), _course.PathOf("secret.ipynb"));
        Directory.CreateSymbolicLink(_course.PathOf("class/Ben"), _course.Root);

        var anna = Assert.Single(SubmissionReader.ReadAll(_course.PathOf("class")));

        Assert.Empty(anna.Notebooks);
        Assert.Equal(["No notebook was handed in, but .rar. Archives other than .zip are not opened."], anna.Remarks);
    }

    [Fact]
    public void An_archive_that_unpacks_to_very_much_is_not_read_to_its_end()
    {
        _class.Zip("Bomb.zip", ("huge.ipynb", new string(' ', 25_000_000)), ("damaged.zip", "PK"));

        var bomb = Assert.Single(SubmissionReader.ReadAll(_course.PathOf("class")));

        Assert.Equal("Bomb.zip/huge.ipynb is larger than 20 MB, or all files together than 100 MB, and was not read.", Assert.Single(bomb.Notebooks).Problem);
        Assert.Contains("damaged.zip is damaged", Assert.Single(bomb.Remarks), StringComparison.Ordinal);
    }
}
