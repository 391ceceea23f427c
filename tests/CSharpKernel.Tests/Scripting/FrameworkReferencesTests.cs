using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CSharpKernel.Scripting;

namespace CSharpKernel.Tests.Scripting;

public sealed class FrameworkReferencesTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public void The_core_has_all_that_adds_to_the_namespaces_of_every_cell()
    {
        string[] imported = ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

        Assert.Empty(imported.SelectMany(FrameworkNamespaces.AssembliesOf).Except(FrameworkReferences.Core));
    }

    [Fact]
    public void The_core_needs_nothing_outside_itself()
    {
        foreach (var name in FrameworkReferences.Core)
        {
            using var file = new PEReader(File.OpenRead(Path.Combine(FrameworkReferences.Directory, name + ".dll")));
            var metadata = file.GetMetadataReader();
            var needed = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
            // Where there is no SDK and the runtime's own files serve, the core leads to private parts of it, which the resolver finds.
            Assert.Equal([], needed.Except(FrameworkReferences.Core).Where(other => !other.StartsWith("System.Private.", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("using System.Net.Http;\nnew HttpClient().GetType().Name", "HttpClient")]
    [InlineData("new System.Net.Http.HttpClient().GetType().Name", "HttpClient")]
    [InlineData("using static System.IO.Compression.ZipFile;\nnameof(OpenRead)", "OpenRead")]
    [InlineData("using Json = System.Text.Json.JsonSerializer;\nJson.Serialize(1)", "1")]
    [InlineData("global::System.Xml.Linq.XElement.Parse(\"<a/>\").Name.ToString()", "a")]
    public async Task A_cell_may_use_any_part_of_the_framework(string code, string expected) =>
        Assert.Equal(expected, (await _notebook.RunWellAsync(code)).ResultText);

    [Fact]
    public async Task What_an_earlier_cell_made_is_of_the_same_type_when_more_of_the_framework_came_in()
    {
        await _notebook.RunWellAsync("var names = new Dictionary<string, List<int>> { [\"a\"] = [1, 2] };");
        await _notebook.RunWellAsync("using System.Text.Json;\nvar text = JsonSerializer.Serialize(names);");
        await _notebook.RunWellAsync("var document = System.Xml.Linq.XDocument.Parse(\"<a/>\");");
        var last = await _notebook.RunWellAsync("Dictionary<string, List<int>> same = names; System.Collections.Specialized.NameValueCollection more = new(); text + same[\"a\"].Count + more.Count");

        Assert.Equal("{\"a\":[1,2]}20", last.ResultText);
    }

    [Fact]
    public async Task A_mistake_does_not_bring_in_the_whole_framework()
    {
        Assert.Contains("CS0103", (await _notebook.RunAsync("Consol.WriteLine(1)")).Traceback, StringComparison.Ordinal);

        Assert.False(_notebook.Engine.Session.References.HasFramework);
    }
}
