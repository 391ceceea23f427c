using Tutorial.Cli.Diagnosis.Seats;
using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;
using Tutorial.Cli.Tests.Diagnosis.Places;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class DoctorVerbTests : IDisposable
{
    private static readonly string[] Parts =
    [
        "SDK", "Processor", "Memory", "Culture", "Clock", "Modules", "MNIST", "TorchSharp", "Pictures", "Home", "Packages", "Artifacts", "Notebooks", "Disk", "Quota", "Locks", "Journals",
        "Ports", "Proxies", "Kernel", "Jupyter",
    ];

    private const int ProblemsLeft = 1;

    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_healthy_machine_has_a_line_for_each_part_and_all_fit_on_a_screen()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("doctor"));

        var lines = _course.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Parts, lines.SkipLast(1).Select(line => line[2..line.IndexOf(':', StringComparison.Ordinal)]));
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.True(lines.Length <= 24);
        Assert.DoesNotContain("✗", _course.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_course.Checkout.Notebooks));
    }

    [Fact]
    public async Task As_JSON_it_is_printed_and_saved_for_the_class()
    {
        _course.Context = _course.Context with { Place = new FakePlace() };

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("doctor", "--json", "--save", "seats"));

        var report = SeatReport.Read(_course.Output)!;
        Assert.Equal(("node7", "ann", FakePlace.Noon, true), (report.Host, report.User, report.Time, report.Passed));
        Assert.Equal(Parts, report.Checks.Select(check => check.Name));
        Assert.Equal(report.ToJson(), _course.Read("seats/node7-ann.json"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_what_to_do()
    {
        _course.InstallKernel(".net-csharp", "dotnet", _course.PathOf("moved/CSharpKernel.dll"), "{connection_file}");
        Directory.Delete(_course.Checkout.Notebooks);
        _course.Write("notebooks", "a file");
        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("gone.dll") } };

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("doctor"));

        Assert.Contains("✗ Notebooks: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Locks: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("move it away", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Kernel: The C# kernel is not built", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Jupyter: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("install that kernel again with `dotnet tutorial.cs kernel install`", _course.Output, StringComparison.Ordinal);
        Assert.Contains("4 of 21 checks failed", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_the_store_refused_is_listed_with_what_to_do()
    {
        _course.Write("notebooks/mlflow.db.journals/host-7-1234.rejected", "{}");

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("doctor"));

        Assert.Contains("✗ Journals: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("host-7-1234.rejected", _course.Output, StringComparison.Ordinal);
        Assert.Contains("MlflowJournals.Discard(journal) drops it", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_checkout_is_found_from_below_and_missed_with_a_sentence()
    {
        _course.Write("Tutorial.sln", "");

        Assert.Equal(_course.Root, Checkout.Find(_course.Checkout.Notebooks).Root);
        Assert.Contains("inside a checkout", Assert.Throws<CliException>(() => Checkout.Find(Path.GetPathRoot(_course.Root)!)).Message, StringComparison.Ordinal);
    }
}
