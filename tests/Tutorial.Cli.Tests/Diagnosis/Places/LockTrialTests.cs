using Tutorial.Cli.Diagnosis.Places;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

/// <summary>On this machine's own disk, with a second program.</summary>
public sealed class LockTrialTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public void Locks_work_here_and_nothing_is_left()
    {
        Assert.Null(LockTrial.Run(_course.Checkout.Notebooks));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_course.Checkout.Notebooks));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_fault() => Assert.NotNull(LockTrial.Run(_course.PathOf("gone")));

    [Fact]
    public void The_second_program_says_what_it_may_do_before_and_after()
    {
        var said = new StringWriter();

        LockTrial.BeSecond(_course.PathOf("free.db"), new StringReader("\n"), said);

        Assert.Equal(["let in", "let in"], said.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }
}
