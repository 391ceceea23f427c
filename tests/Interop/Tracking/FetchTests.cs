using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using MLflowSharp;
using MLflowSharp.Serving.Tracking;

namespace Interop.Tracking;

/// <summary>What <c>ui --fetch</c> does, with the real pip and a package of its own making.</summary>
public sealed class FetchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pages_are_got_with_pip_once_and_only_they_are_kept()
    {
        WriteWheel(("mlflow/server/js/build/index.html", "<title>MLflow"), ("mlflow/server/js/build/static/js/main.js", "''"), ("mlflow/tracking/client.py", "never kept"));
        var pages = Pages();

        var folder = await pages.FetchAsync(_told.Enqueue, TestContext.Current.CancellationToken);

        Assert.Equal(["LICENSE.txt", "index.html", "static/js/main.js"], Files(folder));
        Assert.Contains("with pip", _told.First(), StringComparison.Ordinal);
        Assert.Equal(folder, await pages.FetchAsync(_ => Assert.Fail("It is there already."), TestContext.Current.CancellationToken));
        Assert.Equal([Path.GetFileName(folder)], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_package_that_writes_elsewhere_leaves_nothing()
    {
        WriteWheel(("mlflow/server/js/build/index.html", ""), ("mlflow/server/js/build/../../../../../../escaped.txt", ""));
        var pages = Pages();

        var refused = await Assert.ThrowsAsync<MlflowException>(() => pages.FetchAsync(_told.Enqueue, TestContext.Current.CancellationToken));

        Assert.Contains("outside", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(pages.Cache)!));
        Assert.Empty(Directory.EnumerateFiles(_folder.FullName, "escaped.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_pip_says_is_passed_on()
    {
        Directory.CreateDirectory(_folder.Combine("links"));
        var refused = await Assert.ThrowsAsync<MlflowException>(() => Pages().FetchAsync(_told.Enqueue, TestContext.Current.CancellationToken));

        Assert.Contains("mlflow==3.17.2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--pages", refused.Message, StringComparison.Ordinal);
    }

    private InstalledPages Pages()
    {
        var python = PythonEnvironment.Require();
        // pip reads its settings from the environment, which is the process's: a pip.conf in the environment of the tests' own would be everyone's.
        var prefix = Directory.CreateDirectory(_folder.Combine("env/bin")).FullName;
        var script = Path.Combine(prefix, "python3");
        File.WriteAllText(script, $"#!/bin/sh\nPIP_NO_INDEX=1 PIP_FIND_LINKS='{_folder.Combine("links")}' exec '{python.Executable}' \"$@\"\n");
        if (OperatingSystem.IsWindows())
            Assert.Skip("The stand-in for Python is a shell script.");
        else
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(name => name switch { "VIRTUAL_ENV" => _folder.Combine("env"), "XDG_CACHE_HOME" => _folder.Combine("cache"), _ => null }, _folder.FullName);
    }

    private void WriteWheel(params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(_folder.Combine("links"));
        using var archive = ZipFile.Open(_folder.Combine("links/mlflow-3.17.2-py3-none-any.whl"), ZipArchiveMode.Create);
        (string, string)[] information =
        [
            ("mlflow-3.17.2.dist-info/METADATA", "Metadata-Version: 2.1\nName: mlflow\nVersion: 3.17.2\n"),
            ("mlflow-3.17.2.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
            ("mlflow-3.17.2.dist-info/RECORD", ""),
            ("mlflow-3.17.2.dist-info/licenses/LICENSE.txt", "Apache License"),
        ];
        foreach (var (path, text) in files.Concat(information))
        {
            using var entry = archive.CreateEntry(path).Open();
            entry.Write(Encoding.UTF8.GetBytes(text));
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);
}
