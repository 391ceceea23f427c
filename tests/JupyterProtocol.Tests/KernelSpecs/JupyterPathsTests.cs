using JupyterProtocol.KernelSpecs;

namespace JupyterProtocol.Tests.KernelSpecs;

/// <summary>Jupyter's folders, as its own <c>jupyter --paths</c> gives them on each system.</summary>
public sealed class JupyterPathsTests
{
    private const string Roaming = @"C:\Users\ann\AppData\Roaming", Local = @"C:\Users\ann\AppData\Local";

    [Theory]
    [InlineData("linux", "", "/home/ann/.local/share/jupyter")]
    [InlineData("linux", "XDG_DATA_HOME=/scratch", "/scratch/jupyter")]
    [InlineData("linux", "XDG_DATA_HOME=/scratch JUPYTER_PLATFORM_DIRS=1", "/scratch/jupyter")]
    [InlineData("linux", "JUPYTER_DATA_DIR=/mine XDG_DATA_HOME=/scratch", "/mine")]
    [InlineData("linux", "JUPYTER_DATA_DIR=", "/home/ann/.local/share/jupyter")]
    [InlineData("macos", "", "/Users/ann/Library/Jupyter")]
    [InlineData("macos", "JUPYTER_PLATFORM_DIRS=1", "/Users/ann/Library/Application Support/jupyter")]
    [InlineData("macos", "JUPYTER_PLATFORM_DIRS=1 XDG_DATA_HOME=/scratch", "/scratch/jupyter")]
    [InlineData("macos", "JUPYTER_PLATFORM_DIRS=False", "/Users/ann/Library/Jupyter")]
    [InlineData("macos", "JUPYTER_DATA_DIR=/mine", "/mine")]
    [InlineData("windows", $"APPDATA={Roaming}", $@"{Roaming}\jupyter")]
    [InlineData("windows", $"APPDATA={Roaming} LOCALAPPDATA={Local} JUPYTER_PLATFORM_DIRS=yes", $@"{Local}\jupyter")]
    [InlineData("windows", "", @"C:\Users\ann\.jupyter\data")]
    [InlineData("windows", @"JUPYTER_CONFIG_DIR=D:\cfg", @"D:\cfg\data")]
    [InlineData("windows", @"JUPYTER_DATA_DIR=D:\mine", @"D:\mine")]
    public void The_users_folder(string system, string variables, string expected)
    {
        var paths = On(system, variables);

        Assert.Equal(expected, paths.UserDataDirectory);
        Assert.Equal(expected + (system == "windows" ? @"\runtime" : "/runtime"), paths.RuntimeDirectory);
    }

    [Theory]
    [InlineData("linux", "/run/ann")]
    [InlineData("macos", "/run/ann")]
    [InlineData("windows", @"D:\run")]
    public void The_runtime_folder_may_be_chosen(string system, string folder) =>
        Assert.Equal(folder, On(system, $"JUPYTER_RUNTIME_DIR={folder}").RuntimeDirectory);

    [Theory]
    [InlineData("linux", "", "/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "JUPYTER_PATH=/a:/b", "/a|/b|/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "JUPYTER_DATA_DIR=/mine", "/mine|/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "VIRTUAL_ENV=/venv", "/venv/share/jupyter|/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "VIRTUAL_ENV=/venv JUPYTER_PREFER_ENV_PATH=0", "/home/ann/.local/share/jupyter|/venv/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "CONDA_PREFIX=/conda", "/home/ann/.local/share/jupyter|/conda/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "CONDA_PREFIX=/conda CONDA_DEFAULT_ENV=ml", "/conda/share/jupyter|/home/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("linux", "JUPYTER_PLATFORM_DIRS=1 XDG_DATA_DIRS=/x:/y", "/home/ann/.local/share/jupyter|/x/jupyter|/y/jupyter")]
    [InlineData("macos", "", "/Users/ann/Library/Jupyter|/Users/ann/.local/share/jupyter|/usr/local/share/jupyter|/usr/share/jupyter")]
    [InlineData("windows", $@"APPDATA={Roaming} JUPYTER_PATH=D:\a;E:\b", $@"D:\a|E:\b|{Roaming}\jupyter|{Roaming}\Python\share\jupyter")]
    [InlineData("windows", $@"APPDATA={Roaming} VIRTUAL_ENV=D:\venv", $@"D:\venv\share\jupyter|{Roaming}\jupyter")]
    [InlineData("windows", $@"APPDATA={Roaming} VIRTUAL_ENV=D:\venv PROGRAMDATA=C:\ProgramData JUPYTER_USE_PROGRAMDATA=1", $@"D:\venv\share\jupyter|{Roaming}\jupyter|C:\ProgramData\jupyter")]
    public void All_folders_in_Jupyters_order(string system, string variables, string expected) =>
        Assert.Equal(expected.Split('|'), On(system, variables).DataDirectories);

    private static JupyterPaths On(string system, string variables) => new(PlatformTests.On(system,
        [.. variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=', 2)).Select(each => (each[0], each[1]))]));
}
