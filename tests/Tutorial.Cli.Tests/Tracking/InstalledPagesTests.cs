using MLflowSharp.Serving.Tracking;

namespace Tutorial.Cli.Tests.Tracking;

/// <summary>Where MLflow's web pages are looked for.</summary>
public sealed class InstalledPagesTests : IDisposable
{
    private readonly Course _folder = new();
    private readonly Dictionary<string, string> _variables = [];

    public InstalledPagesTests() => _variables["HOME"] = _folder.PathOf("home");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("VIRTUAL_ENV", "env/lib/python3.11/site-packages")]
    [InlineData("CONDA_PREFIX", "env/lib/python3.12/site-packages")]
    [InlineData("VIRTUAL_ENV", "env/Lib/site-packages")]
    public void The_active_environment_comes_first(string variable, string packages)
    {
        _variables[variable] = _folder.PathOf("env");
        Install("work/.venv/lib/python3.11/site-packages");

        Assert.Equal(Install(packages), Find());
    }

    [Fact]
    public void An_environment_beside_or_above_the_current_folder_is_found()
    {
        var pages = Install("work/.venv/lib/python3.11/site-packages");
        Directory.CreateDirectory(_folder.PathOf("work/deep/er"));

        Assert.Equal(pages, new InstalledPages(Variable, _folder.PathOf("work/deep/er")).Find());
    }

    [Theory]
    [InlineData("usr/lib/python3/dist-packages")]
    [InlineData("usr/local/lib/python3.11/dist-packages")]
    public void An_installation_on_the_path_is_found(string packages)
    {
        foreach (var program in (string[])["usr/bin/python3", "usr/local/bin/python3"])
            _folder.Write(program, "");
        _variables["PATH"] = string.Join(Path.PathSeparator, _folder.PathOf("nowhere/bin"), _folder.PathOf("usr/local/bin"), _folder.PathOf("usr/bin"));

        Assert.Equal(Install(packages), Find());
    }

    [Fact]
    public void The_users_packages_and_what_was_fetched_are_found()
    {
        Assert.Null(Find());
        var pages = new InstalledPages(Variable, _folder.PathOf("work"));
        _folder.Write(Path.GetRelativePath(_folder.Root, Path.Combine(pages.Cache, "index.html")), "");
        Assert.Equal(pages.Cache, Find());

        Assert.Equal(Install("home/.local/lib/python3.11/site-packages"), Find());
    }

    [Fact]
    public void An_mlflow_without_pages_is_passed_over()
    {
        // mlflow-skinny has none.
        _variables["VIRTUAL_ENV"] = _folder.PathOf("env");
        _folder.Write("env/lib/python3.11/site-packages/mlflow/__init__.py", "");

        Assert.Null(Find());
    }

    private string? Find() => new InstalledPages(Variable, _folder.PathOf("work")).Find();

    private string? Variable(string name) => _variables.GetValueOrDefault(name);

    private string Install(string packages) => Path.GetDirectoryName(_folder.Write($"{packages}/mlflow/server/js/build/index.html", ""))!;
}
