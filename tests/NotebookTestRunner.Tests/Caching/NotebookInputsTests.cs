using JupyterProtocol.KernelSpecs;
using NotebookTestRunner.Caching;

namespace NotebookTestRunner.Tests.Caching;

public sealed class NotebookInputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("var rows = File.ReadAllLines(\"data/a.csv\");", "data/a.csv")]
    [InlineData("open('data/a.csv')", "data/a.csv")]
    [InlineData("Load(\"data\");", "data")]
    [InlineData("open('not-there-yet.txt')", "not-there-yet.txt")]
    [InlineData("#r \"lib/mine.dll\"", "lib/mine.dll")]
    [InlineData("#r \"lib/mine.dll\"", "lib/*.dll")]
    [InlineData("#!import helpers.dib", "helpers.dib")]
    [InlineData("#load \"script.csx\"", "script.csx")]
    [InlineData("%run other.ipynb", "other.ipynb")]
    [InlineData("import helpers", "helpers.py")]
    [InlineData("from helpers.figures import draw", "helpers.py")]
    [InlineData("from helpers.figures import draw", "helpers/__init__.py")]
    public void What_a_cell_names_is_found(string code, string input)
    {
        _folder.Write("data/a.csv", "1");

        Assert.Contains(_folder.File(input), Of(code));
    }

    [Theory]
    [InlineData("var x = \"Hello, world. How are you?\";")]
    [InlineData("open(\"https://example.org/a.csv\")")]
    [InlineData("Glob(\"data/*.csv\")")]
    [InlineData("Path.Combine(\"..\", \".\", \"/\")")]
    [InlineData("var x = \"3.14\";")]
    public void What_is_no_file_is_not(string code) => Assert.Equal(Of("1"), Of(code));

    [Fact]
    public void Its_companions_and_its_kernels_program_are_found()
    {
        var inputs = Of("1");

        Assert.Superset(new HashSet<string> { _folder.File("lesson.contract.yml"), _folder.File("lesson.user"), _folder.File("notebook.lock.json"), _folder.File("spec/kernel.json"), _folder.File("kernel/mine.dll"), _folder.File("kernel/*.dll") }, inputs.ToHashSet());
    }

    [Fact]
    public void Of_an_environment_of_Python_the_packages_are_found()
    {
        var python = _folder.Write("venv/bin/python", "");
        Directory.CreateDirectory(_folder.File("venv/lib/python3.11/site-packages/numpy-2.0.dist-info"));
        var kernel = new InstalledKernelSpec("python3", _folder.File("spec"), new KernelSpec { Argv = [python, "-m", "ipykernel_launcher"], DisplayName = "Python", Language = "python" });
        var packages = _folder.File("venv/lib/python3.11/site-packages/*.dist-info");

        Assert.Contains(packages, NotebookInputs.Of(_folder.File("lesson.ipynb"), TestNotebook.Of("1"), _folder.File("."), kernel));
        var before = new InputState().Of(packages);
        Directory.Move(_folder.File("venv/lib/python3.11/site-packages/numpy-2.0.dist-info"), _folder.File("venv/lib/python3.11/site-packages/numpy-2.1.dist-info"));
        Assert.NotEqual(before, new InputState().Of(packages));
    }

    private IReadOnlySet<string> Of(string code)
    {
        var kernel = new InstalledKernelSpec("mine", _folder.File("spec"), new KernelSpec { Argv = ["dotnet", _folder.Write("kernel/mine.dll", ""), "{connection_file}"], DisplayName = "Mine", Language = "C#" });
        return NotebookInputs.Of(_folder.File("lesson.ipynb"), TestNotebook.Of(code), Path.GetDirectoryName(_folder.File("lesson.ipynb"))!, kernel);
    }
}
