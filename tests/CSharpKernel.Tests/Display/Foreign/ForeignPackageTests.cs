namespace CSharpKernel.Tests.Display.Foreign;

/// <summary>Values of packages that the kernel does not reference.</summary>
public sealed class ForeignPackageTests : IDisposable
{
    private readonly Notebook _notebook = new();

    [Fact]
    public async Task A_frame_is_a_table_with_an_index()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            #r "nuget: Microsoft.Data.Analysis, 0.23.1"
            using Microsoft.Data.Analysis;
            var frame = new DataFrame(
                new Int32DataFrameColumn("A", Enumerable.Range(0, 30).Select(n => n == 1 ? (int?)null : n)),
                new StringDataFrameColumn("B", Enumerable.Range(0, 30).Select(n => "x<" + n)));
            frame
            """)).Result;

        Assert.StartsWith("<table><thead><tr><th></th><th>A</th><th>B</th></tr></thead><tbody><tr><th>0</th><td>0</td><td>x&lt;0</td></tr><tr><th>1</th><td>&lt;null&gt;</td><td>x&lt;1</td></tr>", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.Contains("… 10 more", (string)shown["text/html"]!, StringComparison.Ordinal);
        Assert.StartsWith("    A       B", (string)shown["text/plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_of_Newtonsoft_is_shown_as_JSON()
    {
        var shown = (await _notebook.RunWellAsync(
            """
            #r "nuget: Newtonsoft.Json, 13.0.4"
            using Newtonsoft.Json.Linq;
            display(new { J = JArray.Parse("[1]"), V = new JValue("v") });
            JObject.Parse("{\"a\":[1,\"x\"]}")
            """));

        Assert.Equal("{\n  \"a\": [\n    1,\n    \"x\"\n  ]\n}", shown.ResultText.ReplaceLineEndings("\n"));
        Assert.Equal("""{"a":[1,"x"]}""", shown.Result["application/json"]!.ToJsonString());
        Assert.Contains("<td>V</td><td>v</td>", (string)shown.Displays[^1].Data!["text/html"]!, StringComparison.Ordinal);
    }

    public void Dispose() => _notebook.Dispose();
}
