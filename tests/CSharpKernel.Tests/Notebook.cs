using CSharpKernel.Execution;

namespace CSharpKernel.Tests;

/// <summary>A notebook in a folder of its own, whose cells run in this process.</summary>
public sealed class Notebook : IDisposable
{
    private int _count;

    public Notebook()
    {
        Directory.CreateDirectory(Folder);
        Engine = new CSharpEngine(Folder, Path.Combine(Folder, "cache"), TimeProvider.System);
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"CSharpKernel.Tests-{Guid.NewGuid():N}");

    internal CSharpEngine Engine { get; }

    internal Task<Output> RunAsync(string code, Func<string, bool, string>? answer = null) =>
        RunAsync(code, new Output { Answer = answer }, TestContext.Current.CancellationToken);

    internal async Task<Output> RunAsync(string code, Output output, CancellationToken interrupt)
    {
        output.Outcome = await Engine.ExecuteAsync(code, ++_count, output, interrupt);
        return output;
    }

    /// <summary>Runs a cell that must end well.</summary>
    internal async Task<Output> RunWellAsync(string code)
    {
        var output = await RunAsync(code);
        Assert.True(output.Outcome.Error is null, output.Outcome.Error is null ? "" : output.Traceback);
        return output;
    }

    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Engine.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
