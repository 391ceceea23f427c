using CSharpKernel.KernelSpecs;
using NotebookTestRunner.Coverage;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Series;

namespace NotebookTestRunner.Tests.Coverage;

/// <summary>Which lines of a small library notebooks run, in the real kernel.</summary>
public sealed class DotnetCoverageTests : IDisposable
{
    private const string Choice = """
        public static class Choice
        {
            public static string Pick(bool first)
            {
                if (first)
                    return "one";
                else
                    return "other";
            }

            public static int Limit(int number)
            {
                try
                {
                    if (number < 0) throw new System.ArgumentException("below");
                    return number;
                }
                finally
                {
                    Last = number;
                }
            }

            public static int Last;
        }
        """;

    private const string Course = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        public static class Course
        {
            public static async Task<int> LaterAsync(bool wait)
            {
                if (wait)
                    await Task.Delay(1);
                else
                    await Task.FromException(new System.Exception("not reached"));
                return 1;
            }

            public static IEnumerable<int> Numbers()
            {
                yield return 1;
                yield return 2;
                yield return 3;
            }

            public static List<int> Double(IEnumerable<int> numbers) =>
                numbers.Select(number =>
                {
                    if (number < 0)
                        return 0;
                    return 2 * number;
                }).ToList();

            public static string Sized<T>(T value) => value switch
            {
                int =>
                    "a number",
                string text when text.Length > 3 =>
                    "long",
                _ =>
                    "other",
            };
        }
        """;

    private readonly TemporaryFolder folder = new();
    private readonly DotnetCoverage coverage;

    public DotnetCoverageTests()
    {
        KernelSpecInstaller.InstallInto(folder.File("jupyter"));
        coverage = new DotnetCoverage(Directory.CreateDirectory(folder.File("counts")).FullName);
    }

    public void Dispose()
    {
        coverage.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Exactly_the_lines_of_the_branch_that_was_taken_ran_and_two_notebooks_that_take_one_each_ran_both()
    {
        var assembly = SmallLibrary.Build(folder, "Choice", Choice);
        var before = await File.ReadAllBytesAsync(assembly, TestContext.Current.CancellationToken);
        var (one, other, none) = (Write("one", "Choice.Pick(true)"), Write("other", "Choice.Pick(false)"), Write("none", "1"));

        var series = new NotebookSeries(new SeriesOptions { OptionsFor = Options, Parallel = 2, WarmKernels = 2 });
        Assert.All(await series.RunAsync([one, other, none], cancellationToken: TestContext.Current.CancellationToken), result => Assert.Equal(Verdict.Passed, result.Verdict));

        var found = Read();
        Assert.Equal([5, 6], Ran(found.Files(one)));
        Assert.Equal([5, 8], Ran(found.Files(other)));
        Assert.Empty(found.Files(none));
        Assert.Equal((true, false), (found.IsCounted(one), found.IsCounted(none)));
        var file = Assert.Single(found.Files());
        Assert.Equal(("Choice", folder.File("source/Choice.cs")), (file.Origin, file.Path));
        Assert.Equal([(5, 2), (6, 1), (8, 1), (15, 0), (16, 0), (20, 0), (21, 0), (22, 0)], file.Lines.Select(line => (line.Number, line.Notebooks)));
        Assert.Equal("Choice.Pick", Assert.Single(found.Of("Choice").Called).ToString());
        Assert.Equal("Choice.Limit", Assert.Single(found.Of("Choice").NotCalled).ToString());

        Assert.Equal(before, await File.ReadAllBytesAsync(assembly, TestContext.Current.CancellationToken));
        coverage.Dispose();
        Assert.Equal(["Choice.dll", "Choice.pdb"], Directory.EnumerateFiles(folder.File("library")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Lines_of_async_methods_iterators_lambdas_and_arms_are_told_one_by_one()
    {
        SmallLibrary.Build(folder, "Course", Course);
        var path = Write("course", "await Course.LaterAsync(wait: true)", "Course.Numbers().Take(2).ToList()", "Course.Double([3])", "Course.Sized(7) + Course.Sized(\"a\")");

        await RunAsync(path);

        var file = Assert.Single(Read().Files());
        Assert.Equal([12, 20, 21, 27, 36], file.Lines.Where(line => !line.Ran).Select(line => line.Number));
        Assert.Equal([9, 10, 13, 14, 18, 19, 24, 26, 28, 31, 34, 35, 38], Ran([file]));
        Assert.Empty(Read().Of("Course").NotCalled);
    }

    [Fact]
    public async Task A_line_of_which_a_part_ran_says_so_and_errors_come_from_the_lines_that_they_came_from()
    {
        SmallLibrary.Build(folder, "Choice", Choice);
        var path = Write("limit", "Choice.Limit(1)", "// test: raises ArgumentException\nChoice.Limit(-1)", "Console.WriteLine(System.Text.RegularExpressions.Regex.Match(new Func<string>(() => { try { Choice.Limit(-1); return \"\"; } catch (Exception e) { return e.StackTrace!; } })(), @\"Choice\\.cs:line \\d+\").Value)");

        var result = await RunAsync(path);

        Assert.Equal("Choice.cs:line 15", Assert.IsType<NotebookTestRunner.Outputs.StreamOutput>(result.Cells[^1].Outputs.Single()).Text.Trim());
        var all = Read().Files().Single().Lines;
        Assert.Equal((2, 2, true), (all[3].Parts, all[3].RanParts, all[3].Ran));

        var fine = Write("fine", "Choice.Limit(1)");
        await RunAsync(fine);
        var part = Read().Files(fine).Single().Lines.Single(line => line.Number == 15);
        Assert.Equal((2, 1, true), (part.Parts, part.RanParts, part.RanInPart));
    }

    [Fact]
    public async Task What_a_kernel_ran_before_it_was_killed_is_kept()
    {
        SmallLibrary.Build(folder, "Choice", Choice);
        var path = Write("killed", "Choice.Pick(false)", "System.Diagnostics.Process.GetCurrentProcess().Kill(); await System.Threading.Tasks.Task.Delay(-1);");

        var result = await new NotebookRunner(Options(path)).RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Failed, result.Verdict);
        Assert.Equal([5, 8], Ran(Read().Files(path)));
    }

    private string Write(string name, params string[] cells) =>
        folder.Write($"{name}.ipynb", TestNotebook.Json(KernelSpecInstaller.KernelName, [.. cells.Prepend($"#r \"library/{(name == "course" ? "Course" : "Choice")}.dll\"").Select(cell => (TestCell)cell)]));

    private RunOptions Options(string path)
    {
        coverage.Count(Notebook.Read(path), folder.Path);
        return new RunOptions { KernelSpecDirectories = [folder.File("jupyter")], Mode = ComparisonMode.Lax, EnvironmentVariables = coverage.Variables(path) };
    }

    private async Task<NotebookResult> RunAsync(string path)
    {
        var result = await new NotebookRunner(Options(path)).RunAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Verdict == Verdict.Passed, string.Join("\n", result.Cells.Select(cell => cell.Message)));
        return result;
    }

    private NotebookCoverage Read()
    {
        var found = new NotebookCoverage();
        coverage.AddTo(found);
        return found;
    }

    private static IEnumerable<int> Ran(IEnumerable<SourceFile> files) => files.SelectMany(file => file.Lines).Where(line => line.Ran).Select(line => line.Number);
}
