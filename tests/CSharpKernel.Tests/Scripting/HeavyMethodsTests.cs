using System.Runtime;
using System.Runtime.Loader;
using CSharpKernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CSharpKernel.Tests.Scripting;

public sealed class HeavyMethodsTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly AssemblyLoadContext _context = new("Heavy", isCollectible: true);

    public void Dispose()
    {
        _context.Unload();
        _notebook.Dispose();
    }

    [Fact]
    public async Task A_very_long_method_of_a_library_of_charts_is_compiled_before_it_is_called()
    {
        var type = await LoadAsync("DynamicObj");

        Assert.Equal((0, 1), (Compiled(type, "Long"), Compiled(type, "Short")));
    }

    [Fact]
    public async Task Other_libraries_are_compiled_as_they_are_called() =>
        Assert.Equal(1, Compiled(await LoadAsync("Elsewhere"), "Long"));

    [Fact]
    public async Task A_long_method_that_cannot_be_compiled_fails_only_where_it_is_called()
    {
        var missing = Compile("Missing", "public class Gone;");
        var type = await LoadAsync("DynamicObj", "public static void Broken() { var gone = new Gone(); " + Calls + "}", missing);

        Assert.Throws<FileNotFoundException>(type.GetMethod("Broken")!.CreateDelegate<Action>());
    }

    [Fact]
    public async Task What_is_compiled_beside_a_chart_loads_nothing_more()
    {
        await _notebook.RunWellAsync("#r \"nuget: Plotly.NET, 6.0.0\"\nvar color = Plotly.NET.Color.fromHex(\"#123456\"); var layout = new Plotly.NET.Layout();");
        var before = Loaded();
        Assert.Contains("DynamicObj", before);

        await Task.WhenAll(_notebook.Engine.Session.References.LoadContext.Assemblies.Select(HeavyMethods.PrepareAsync));

        Assert.Equal(before, Loaded());
        Assert.DoesNotContain("Newtonsoft.Json", Loaded());
    }

    private static string Calls { get; } = string.Concat(Enumerable.Repeat("GC.KeepAlive(null);", 2_000));

    private IEnumerable<string> Loaded() => _notebook.Engine.Session.References.LoadContext.LoadedVersions.Keys.Order();

    // How many methods the JIT compiles for a call.
    private static long Compiled(Type type, string method)
    {
        var call = type.GetMethod(method)!.CreateDelegate<Action>();
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        call();
        return JitInfo.GetCompiledMethodCount(currentThread: true) - before;
    }

    private async Task<Type> LoadAsync(string name, string members = "", params string[] references)
    {
        var file = Compile(name, $"using System; public static class Code {{ public static void Long() {{ {Calls} }} public static void Short() {{ }} {members} }}", references);
        if (references.Length > 0)
            Array.ForEach(references, File.Delete);
        var assembly = _context.LoadFromAssemblyPath(file);
        await HeavyMethods.PrepareAsync(assembly);
        return assembly.GetType("Code", throwOnError: true)!;
    }

    private string Compile(string name, string code, params string[] references)
    {
        var file = Path.Combine(_notebook.Folder, name + ".dll");
        var result = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken)],
            [.. references.Append(typeof(object).Assembly.Location).Select(each => MetadataReference.CreateFromFile(each))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(file, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return file;
    }
}
