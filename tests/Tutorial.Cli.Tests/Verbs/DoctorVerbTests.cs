using Tutorial.Cli.Faults;
using Tutorial.Cli.Running;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class DoctorVerbTests : IDisposable
{
    private readonly Course _course = new();

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_healthy_machine_has_a_line_for_each_part()
    {
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("doctor"));

        Assert.All(
            ["SDK", "MNIST", "TorchSharp", "Pictures", "Artifacts", "Notebooks", "Disk", "Journals", "Kernel", "Jupyter"],
            part => Assert.Contains($"✓ {part}: ", _course.Output, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_course.Checkout.Notebooks));
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_what_to_do()
    {
        _course.InstallKernel(".net-csharp", "dotnet", _course.PathOf("moved/CSharpKernel.dll"), "{connection_file}");
        Directory.Delete(_course.Checkout.Notebooks);
        _course.Write("notebooks", "a file");
        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("gone.dll") } };

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("doctor"));

        Assert.Contains("✗ Notebooks: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("move it away", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Kernel: The C# kernel is not built", _course.Output, StringComparison.Ordinal);
        Assert.Contains("✗ Jupyter: ", _course.Output, StringComparison.Ordinal);
        Assert.Contains("install that kernel again with `dotnet tutorial.cs kernel install`", _course.Output, StringComparison.Ordinal);
        Assert.Contains("3 of 10 checks failed", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_the_store_refused_is_listed_with_what_to_do()
    {
        _course.Write("notebooks/mlflow.db.journals/host-7-1234.rejected", "{}");

        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("doctor"));

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
