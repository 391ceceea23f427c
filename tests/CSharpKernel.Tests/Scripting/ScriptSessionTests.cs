using CSharpKernel.Scripting;

namespace CSharpKernel.Tests.Scripting;

public sealed class ScriptSessionTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    private ScriptSession Session => _notebook.Engine.Session;

    [Fact]
    public async Task A_compilation_that_was_given_up_leaves_the_session_as_it_is()
    {
        await _notebook.RunWellAsync("var x = 1; namespace Shop { public class Bill { public int Sum => 1; } }");
        var (latest, version, libraries) = (Session.Latest, Session.Version, Session.Libraries.All);
        Compile("var x = \"given up\"; namespace Shop { public class Bill { public int Sum => 2; } }");
        Assert.Equal((latest, version), (Session.Latest, Session.Version));
        Assert.Equal(libraries, Session.Libraries.All);
        Assert.Equal("2", (await _notebook.RunWellAsync("x + new Shop.Bill().Sum")).ResultText);
    }

    [Theory]
    [InlineData("using System.Net.Http; new HttpClient().Dispose();")]
    [InlineData("new System.Net.Http.HttpClient().Dispose();")]
    [InlineData("using Newtonsoft.Json; JsonConvert.SerializeObject(1);")]
    public void References_are_taken_over_only_by_running(string code)
    {
        var before = Session.References.Current.Count;
        Compile(code);
        Assert.Equal(before, Session.References.Current.Count);
        Assert.Throws<CompilationException>(() => Compile(code + " nobodyKnowsThis"));
        Assert.Equal(before, Session.References.Current.Count);
        Assert.False(Session.References.HasFramework);
    }

    [Fact]
    public async Task Cells_run_beside_a_compilation_that_was_given_up()
    {
        using var end = new CancellationTokenSource();
        var givenUp = Task.Run(
            () =>
            {
                for (var number = 0; !end.IsCancellationRequested; number++)
                    Compile($"var other{number} = {number}; namespace Lost {{ public class C{number} {{ }} }}");
            },
            TestContext.Current.CancellationToken);
        await _notebook.RunWellAsync("var sum = 0;");
        for (var number = 1; number <= 20; number++)
            await _notebook.RunWellAsync($"var v{number} = {number}; sum += v{number}; namespace Kept {{ public class C{number} {{ }} }}");
        await end.CancelAsync();
        await givenUp;
        Assert.Equal("210 C1 C20", (await _notebook.RunWellAsync("$\"{sum} {typeof(Kept.C1).Name} {typeof(Kept.C20).Name}\"")).ResultText);
        Assert.Equal("CompilationError", (await _notebook.RunAsync("typeof(Lost.C0)")).Error.Name);
    }

    [Fact]
    public async Task A_package_made_for_netstandard_may_speak_of_types_from_all_of_dotnet()
    {
        await _notebook.RunWellAsync("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nusing Newtonsoft.Json;");

        Assert.Equal("<a>1</a>", (await _notebook.RunWellAsync("JsonConvert.DeserializeXmlNode(\"{'a':1}\").OuterXml")).ResultText);
        Assert.Equal("1", (await _notebook.RunWellAsync("JsonConvert.DeserializeObject<System.Data.DataTable>(\"[{'a':1}]\").Rows.Count")).ResultText);
        Assert.Equal("2", (await _notebook.RunWellAsync("dynamic json = JsonConvert.DeserializeObject(\"{'a':2}\"); (int)json.a")).ResultText);
    }

    private void Compile(string code) => Session.Compile(code, "cell", _notebook.Folder, TestContext.Current.CancellationToken);
}
