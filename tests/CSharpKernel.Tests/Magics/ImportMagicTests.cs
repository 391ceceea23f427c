namespace CSharpKernel.Tests.Magics;

public sealed class ImportMagicTests : IDisposable
{
    private readonly Notebook _notebook = new();

    public void Dispose() => _notebook.Dispose();

    [Theory]
    [InlineData("helper.cs", "var imported = 20;")]
    [InlineData("helper.csx", "#!/usr/bin/env dotnet-script\nvar imported = 20;")]
    [InlineData("helper.dib", "#!meta\n{}\n#!markdown\n# Title\n#!csharp\nvar imported = 20;")]
    [InlineData("helper.ipynb", """{"cells": [{"cell_type": "raw", "source": "x"}, {"cell_type": "code", "source": ["var imported =\n", "20;"]}], "nbformat": 4}""")]
    public async Task What_a_file_defines_is_known_afterwards(string name, string text)
    {
        _notebook.WriteFile(name, text);
        Assert.Equal("21", (await _notebook.RunWellAsync($"#!import {name}\nimported + 1")).ResultText);
    }

    [Fact]
    public async Task Markdown_of_an_imported_notebook_is_shown()
    {
        _notebook.WriteFile("a.ipynb", """{"cells": [{"cell_type": "markdown", "source": "# Title"}]}""");
        Assert.Equal("# Title", (string)Assert.Single((await _notebook.RunWellAsync("#!import \"a.ipynb\"")).Displays).Data!["text/markdown"]!);
    }

    [Fact]
    public async Task An_error_names_the_imported_cell()
    {
        _notebook.WriteFile("a.ipynb", """{"cells": [{"cell_type": "code", "source": "1"}, {"cell_type": "code", "source": "\nthrow new Exception(\"x\");"}]}""");
        var cell = await _notebook.RunAsync("#!import a.ipynb");
        Assert.Contains("cell 2 of a.ipynb, line 2", cell.Traceback, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!import", "#!import needs the path")]
    [InlineData("#!import none.cs", "The file of #!import does not exist")]
    [InlineData("#!import a.txt", "reads .ipynb, .dib, .cs and .csx files, not .txt")]
    [InlineData("#!import broken.ipynb", "is no Jupyter notebook of format 4")]
    public async Task What_cannot_be_imported_is_said(string code, string message)
    {
        _notebook.WriteFile("a.txt", "");
        _notebook.WriteFile("broken.ipynb", "{");
        Assert.Contains(message, (await _notebook.RunAsync(code)).Error.Value, StringComparison.Ordinal);
    }
}
