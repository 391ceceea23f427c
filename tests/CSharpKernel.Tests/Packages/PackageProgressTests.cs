using CSharpKernel.Execution;
using CSharpKernel.Packages;
using Microsoft.Extensions.Time.Testing;

namespace CSharpKernel.Tests.Packages;

public sealed class PackageProgressTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void It_is_one_display_updated_a_few_times_a_second_and_closed_with_the_versions()
    {
        var time = new FakeTimeProvider();
        var output = new Output();
        var package = new PackageContents("Some", "1.2.0", "", "", new Dictionary<string, string>(), [], [], [], [], []);
        var progress = new PackageProgress(new CellContext(_notebook.Engine, output, 1, time, CancellationToken.None), [new PackageRequest("some", "1.*")]);

        for (var step = 0; step < 100; step++)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            progress.Report($"Step {step}");
        }

        progress.Finish([], new PackageSet([package, package with { Name = "Other" }], ["A remark."], IsOpen: true));
        time.Advance(TimeSpan.FromSeconds(1));
        progress.Report("Too late");

        Assert.Equal(
            ["Installing packages: some, 1.*", "Installing packages: some, 1.*\nStep 29 …", "Installing packages: some, 1.*\nStep 59 …", "Installing packages: some, 1.*\nStep 89 …", "Installed packages: Some, 1.2.0\nA remark."],
            output.Displays.Select(shown => (string)shown.Data!["text/plain"]!));
        Assert.Single(output.Displays.Select(shown => shown.Name).Distinct());
        Assert.Contains("<summary>with 1 more</summary>Other 1.2.0", (string)output.Displays[^1].Data!["text/html"]!, StringComparison.Ordinal);
    }
}
