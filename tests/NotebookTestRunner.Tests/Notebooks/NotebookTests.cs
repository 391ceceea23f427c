using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Outputs;

namespace NotebookTestRunner.Tests.Notebooks;

public sealed class NotebookTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    public static TheoryData<int, string, string, bool, bool> Layouts()
    {
        var layouts = new TheoryData<int, string, string, bool, bool>();
        for (var minor = 0; minor <= 5; minor++) layouts.Add(minor, "\n", " ", true, true);
        layouts.Add(5, "\r\n", " ", true, true);
        layouts.Add(5, "\n", "  ", false, true);
        layouts.Add(4, "\r\n", "\t", false, false);
        layouts.Add(5, "\n", "    ", true, false);
        return layouts;
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Writing_what_was_read_changes_no_byte(int minor, string newLine, string indent, bool finalNewLine, bool sourcesAsLists)
    {
        var path = folder.Write("lesson.ipynb", Text(minor, newLine, indent, finalNewLine, sourcesAsLists));
        var before = await File.ReadAllBytesAsync(path, Token);

        await (await Notebook.ReadAsync(path, Token)).WriteAsync(path, Token);

        Assert.Equal(before, await File.ReadAllBytesAsync(path, Token));
    }

    [Theory]
    [InlineData("\n", true)]
    [InlineData("\r\n", false)]
    public void Setting_outputs_changes_nothing_else(string newLine, bool sourcesAsLists)
    {
        var text = Text(5, newLine, " ", true, sourcesAsLists);
        var notebook = Notebook.Parse(text, "lesson.ipynb");

        notebook.Cells[1].ExecutionCount = 12;
        notebook.Cells[1].Outputs = [new StreamOutput("stdout", "b\n")];

        Assert.Equal(
            text.Replace("\"execution_count\": 3", "\"execution_count\": 12", StringComparison.Ordinal).Replace("\"a\\n\"", "\"b\\n\"", StringComparison.Ordinal),
            notebook.ToJson());
    }

    [Fact]
    public void Outputs_are_laid_out_as_jupyter_saves_them()
    {
        var notebook = TestNotebook.Of("result 1");

        notebook.Cells[0].Outputs =
        [
            TestCell.Result("one\ntwo\u2028three", 4),
            TestCell.Displayed("iVBORw0KGgo=\n", "image/png"),
            new ErrorOutput("Error", "late", ["line 1\nline 2"]),
        ];

        var json = notebook.ToJson().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("""{"data":{"text/plain":["one\n","two|","three"]},"execution_count":4,"metadata":{},"output_type":"execute_result"}""".Replace('|', '\u2028'), json, StringComparison.Ordinal);
        Assert.Contains("""{"data":{"image/png":"iVBORw0KGgo=\n"},"metadata":{},"output_type":"display_data"}""", json, StringComparison.Ordinal);
        Assert.Contains("""{"ename":"Error","evalue":"late","output_type":"error","traceback":["line1\nline2"]}""", json, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stored_is_read_back()
    {
        var notebook = TestNotebook.Of("result 1");
        CellOutput[] outputs = [new StreamOutput("stderr", "a\nb\n"), new ErrorOutput("E", "v", [])];

        notebook.Cells[0].Outputs = outputs;

        var again = notebook.Clone().Cells[0].Outputs;
        Assert.Equal(outputs[0], again[0]);
        Assert.Equal(("E", "v"), again[1] is ErrorOutput error ? (error.Name, error.Value) : default);
    }

    [Fact]
    public void Cells_are_numbered_over_all_kinds_and_blank_code_is_not_executed()
    {
        var notebook = Notebook.Parse(Text(5, "\n", " ", true, true), "lesson.ipynb");

        Assert.Equal([CellKind.Markdown, CellKind.Code, CellKind.Code, CellKind.Raw], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal([2], notebook.CodeCells.Select(cell => cell.Number));
        Assert.Equal("var x = 1;\nx", notebook.Cells[1].Source);
        Assert.Equal((".net-csharp", "C#"), (notebook.KernelName, notebook.Language));
        Assert.Equal(["keep"], notebook.Cells[1].Tags);
    }

    [Theory]
    [InlineData("[1]", "is JSON but not a Jupyter notebook")]
    [InlineData("""{"cells":[]}""", "is JSON but not a Jupyter notebook")]
    [InlineData("""{"nbformat":3,"worksheets":[]}""", "has nbformat 3, and only 4 can be run")]
    [InlineData("""{"nbformat":4}""", "has no list of \"cells\"")]
    [InlineData("""{"nbformat":4,"cells":[1]}""", "Cell 1 of the notebook lesson.ipynb is not an object")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"heading","source":""}]}""", "has the type \"heading\"")]
    [InlineData("""{"nbformat":4,"cells":[{"cell_type":"code"}]}""", "has no \"source\" text")]
    [InlineData("""{"nbformat":4,"nbformat":4}""", "is not JSON")]
    [InlineData("""{"nbformat":4,""", "is not JSON (line 1")]
    [InlineData("", "is empty")]
    public void What_is_no_notebook_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<NotebookRunException>(() => Notebook.Parse(text, "lesson.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_not_utf8_is_refused()
    {
        await File.WriteAllBytesAsync(folder.File("latin.ipynb"), [(byte)'{', 0xe9, (byte)'}'], Token);

        var error = await Assert.ThrowsAsync<NotebookRunException>(() => Notebook.ReadAsync(folder.File("latin.ipynb"), Token));

        Assert.Contains("is not UTF-8 text (at byte 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_of_an_unknown_type_is_refused_with_its_cell()
    {
        var notebook = Notebook.Parse("""{"nbformat":4,"cells":[{"cell_type":"code","source":"x","outputs":[{"output_type":"pyout"}]}]}""", "lesson.ipynb");

        Assert.Contains("An output of cell 1 has the type \"pyout\"", Assert.Throws<NotebookRunException>(() => notebook.Cells[0].Outputs).Message, StringComparison.Ordinal);
    }

    private static string Text(int minor, string newLine, string indent, bool finalNewLine, bool sourcesAsLists)
    {
        var source = sourcesAsLists ? "[\n    \"var x = 1;\\n\",\n    \"x\"\n   ]" : "\"var x = 1;\\nx\"";
        var id = minor >= 5 ? "\n   \"id\": \"a1\"," : "";
        var text = $$"""
            {
             "cells": [
              {
               "cell_type": "markdown",{{id}}
               "metadata": {},
               "source": {{(sourcesAsLists ? "[]" : "\"# Café \\u00e9 / \\/\"")}}
              },
              {
               "cell_type": "code",
               "execution_count": 3,
               "metadata": {
                "scale": 1.50e0,
                "tags": [
                 "keep"
                ]
               },
               "outputs": [
                {
                 "name": "stdout",
                 "output_type": "stream",
                 "text": [
                  "a\n"
                 ]
                }
               ],
               "source": {{source}}
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "metadata": {},
               "outputs": [],
               "source": ""
              },
              {
               "cell_type": "raw",
               "metadata": {},
               "source": ""
              }
             ],
             "metadata": {
              "kernelspec": {
               "name": ".net-csharp"
              },
              "language_info": {
               "name": "C#"
              }
             },
             "nbformat": 4,
             "nbformat_minor": {{minor}}
            }
            """.ReplaceLineEndings("\n");
        var lines = text.Split('\n').Select(line => string.Concat(Enumerable.Repeat(indent, line.Length - line.TrimStart(' ').Length)) + line.TrimStart(' '));
        return string.Join(newLine, lines) + (finalNewLine ? newLine : "");
    }
}
