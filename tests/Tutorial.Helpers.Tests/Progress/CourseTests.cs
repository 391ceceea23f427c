namespace Tutorial.Helpers.Tests.Progress;

public sealed class CourseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progress-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_lesson_is_done_when_its_saved_check_says_right_and_nothing_else_is_kept()
    {
        Lesson("01-first", "Meet <us>", 8, Result("Right! And on.\\n"));
        Lesson("02-second", "Track", 10, Result("Right so far."));
        Lesson("03-third", "Compare", 12, "");
        Lesson("04-fourth", "Search", 10, """{"output_type": "error", "ename": "CompilationError", "evalue": "", "traceback": []}""");
        Lesson("05-fifth", "Say it", 5, """{"output_type": "stream", "name": "stdout", "text": ["Right! is printed, not said"]}""");
        File.WriteAllText(Path.Combine(_folder, "06-sixth.ipynb"), "{ torn");
        File.WriteAllText(Path.Combine(_folder, "my-own.ipynb"), """{"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": "1"}]}""");

        var progress = Course.Progress(_folder);

        Assert.Equal(
            [LessonState.Done, LessonState.Begun, LessonState.Open, LessonState.Begun, LessonState.Begun, LessonState.Unreadable],
            progress.Lessons.Select(lesson => lesson.State));
        Assert.Equal("1 of 6 done, about 37 minutes to go. Next: Track.", progress.Summary);
        Assert.Contains("✓ Meet <us> (8 min): done\n… Track (10 min): begun", progress.ToString(), StringComparison.Ordinal);
        var html = (string)progress.ToDisplayBundle()["text/html"];
        Assert.Contains("<a href=\"01-first.ipynb\">Meet &lt;us&gt;</a></td><td>8</td><td style=\"text-align:left\">✓ done", html, StringComparison.Ordinal);
        Assert.Equal(7, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Whoever_has_done_all_is_told()
    {
        Lesson("01-first", "Meet", 8, Result("Right!"));

        Assert.Equal("All 1 done. Well done!", Course.Progress(_folder).Summary);
    }

    [Fact]
    public void A_folder_without_lessons_is_told() =>
        Assert.Contains("run this in a notebook beside the lessons", Assert.Throws<DirectoryNotFoundException>(() => Course.Progress(_folder)).Message, StringComparison.Ordinal);

    private static string Result(string words) => $$$"""{"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": ["{{{words}}}"]}}""";

    private void Lesson(string name, string title, int minutes, string output) => File.WriteAllText(Path.Combine(_folder, $"{name}.ipynb"), $$"""
        {"cells": [
          {"cell_type": "markdown", "metadata": {}, "source": ["# {{title}}\n", "**Time:** {{minutes}} minutes. **Before it:** nothing."]},
          {"cell_type": "code", "metadata": {"tags": ["check", "nbval-ignore-output"]}, "outputs": [{{output}}], "source": "x"}
        ], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """);
}
