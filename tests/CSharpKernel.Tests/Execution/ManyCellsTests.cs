namespace CSharpKernel.Tests.Execution;

/// <summary>A long session must not grow with every cell that is run.</summary>
public sealed class ManyCellsTests : IDisposable
{
    private const double LimitInBytes = 0.3 * 1024 * 1024;
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData(1000, "1 + {0}")]
    [InlineData(300, "var value{0} = {0};")]
    public async Task A_cell_costs_one_assembly_and_little_memory(int count, string code)
    {
        for (var number = 0; number < 20; number++)
            await RunAsync(code, number);
        var (assemblies, bytes) = (Assemblies, GC.GetTotalMemory(forceFullCollection: true));
        for (var number = 20; number < 20 + count; number++)
            await RunAsync(code, number);
        Assert.InRange(Assemblies - assemblies, 1, count);
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - bytes) / (double)count, double.MinValue, LimitInBytes);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    private int Assemblies => _notebook.Engine.Session.References.LoadContext.Assemblies.Count(assembly => assembly.GetName().Name!.StartsWith("Submission-", StringComparison.Ordinal));

    private Task<Output> RunAsync(string code, int number) => _notebook.RunWellAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, code, number));
}
