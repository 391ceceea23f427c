namespace Tutorial.Cli.Tests.Publishing;

/// <summary>The published course works read-only, from another path, without a home, ICU, packages or a network, and twice at once.</summary>
public sealed class RelocationTests(PublishedCourse course) : IClassFixture<PublishedCourse>
{
    [Fact]
    public async Task A_lesson_runs_in_place_and_beside_it_one_in_a_students_own_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Users and namespaces are those of Linux.");
        var before = course.Snapshot();
        var (mine, yours) = (course.CreateWorkFolder("mine"), course.CreateWorkFolder("yours"));
        var copy = Path.Combine(yours, "lesson.ipynb");
        File.Copy(Path.Combine(course.Root, "notebooks", "00-start-here.ipynb"), copy);
        Modes.Set(copy, "644");

        var told = await Task.WhenAll(course.RunAsync(mine, "run", "02-track-a-first-run"), course.RunAsync(yours, "check", copy));

        Assert.All(told, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.True(File.Exists(Path.Combine(mine, "artifacts", "runs", "02-track-a-first-run", "mlflow.db")));
        Assert.True(File.Exists(Path.Combine(mine, "artifacts", "report", "report.html")));
        Assert.Equal(before, course.Snapshot());
        Assert.Empty(Directory.EnumerateFileSystemEntries(course.Home));
    }

    [Fact]
    public async Task Its_doctor_is_content_and_Jupyter_starts_its_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Users and namespaces are those of Linux.");
        var folder = course.CreateWorkFolder("doctor");

        var told = await Task.WhenAll(course.RunAsync(folder, "doctor"), course.RunAsync(folder, "kernel", "doctor"));

        Assert.All(told, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.Contains("✓ Home: cannot be written, and need not be", told[0].Output, StringComparison.Ordinal);
        Assert.Contains("1+1 gave 2", told[1].Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_may_not_write_it_says_where_it_could()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Users and namespaces are those of Linux.");

        var (code, output) = await course.RunAsync(course.Root, "run", "00-start-here");

        Assert.Equal(2, code);
        Assert.Contains("a folder of your own", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
