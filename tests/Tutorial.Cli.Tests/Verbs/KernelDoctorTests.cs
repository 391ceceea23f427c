using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CSharpKernel.KernelSpecs;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using Tutorial.Cli.Diagnosis;
using Tutorial.Cli.Faults;

namespace Tutorial.Cli.Tests.Verbs;

public sealed class KernelDoctorTests : IDisposable
{
    private const int ProblemsLeft = 1;

    private readonly Course _course = new();

    private string Assembly => _course.Checkout.KernelAssembly;

    private KernelSpec Ours => KernelSpecInstaller.Create(Assembly);

    public void Dispose() => _course.Dispose();

    [Fact]
    public async Task A_kernel_that_works_is_fine_because_a_cell_ran()
    {
        Install(Ours);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "doctor"));

        Assert.Contains("1+1 gave 2", _course.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("✗", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moved", "was moved or cleaned")]
    [InlineData("other checkout", "the kernel of another checkout")]
    [InlineData("no dotnet", "which is gone")]
    [InlineData("not on the path", "not on the PATH")]
    [InlineData("bare name", "without its full path")]
    [InlineData("foreign architecture", "which is built for")]
    [InlineData("no runtime", "there is no Microsoft.NETCore.App")]
    [InlineData("interactive", ".NET Interactive, which hides")]
    [InlineData("interrupt mode", "interrupt_mode 'signal' instead of 'message'")]
    [InlineData("stale", "written by another version")]
    [InlineData("damaged", "cannot be used")]
    [InlineData("missing", "Jupyter finds no kernel")]
    public async Task Each_fault_of_the_kernelspec_is_explained_and_repaired(string fault, string explanation)
    {
        Break(fault);

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("kernel", "doctor"));
        Assert.Contains(explanation, _course.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "doctor", "--repair"));
        Assert.Contains("1+1 gave 2", _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_that_hides_ours_in_an_earlier_folder_is_the_one_that_is_repaired()
    {
        var first = _course.PathOf("first");
        _course.Context = _course.Context with { JupyterDirectories = [first, _course.Context.JupyterUserDirectory] };
        KernelSpecStore.Install(KernelSpecInstaller.KernelName, Ours with { Argv = ["dotnet", "interactive", "jupyter", "{connection_file}"] }, first);
        Install(Ours);

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "doctor", "--repair"));

        Assert.Equal(Ours.Argv, KernelSpec.Load(Path.Combine(first, "kernels", KernelSpecInstaller.KernelName, "kernel.json")).Argv);
    }

    [Theory]
    [InlineData("with spaces")]
    [InlineData("päth 数据")]
    [InlineData("it's \"quoted\" & $odd")]
    public async Task An_odd_name_of_a_folder_is_no_hindrance(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Contains('"', StringComparison.Ordinal), "Windows has no such names.");
        var prefix = _course.PathOf(name);
        _course.Context = _course.Context with { JupyterDirectories = [Path.Combine(prefix, "share", "jupyter")] };

        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "install", "--prefix", prefix));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "doctor"));

        Assert.Contains("1+1 gave 2", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "argv": [], "display_name": "x", "language": "C#" }""")]
    [InlineData("""{ "argv": "dotnet", "display_name": "x", "language": "C#" }""")]
    [InlineData("""{ "argv": [null], "display_name": "x", "language": "C#" }""")]
    [InlineData("""{ "argv": ["dotnet"], "display_name": "x", "language": "C#", "metadata": 5 }""")]
    [InlineData("""{ "argv": ["dotnet"], "display_name": "x", "language": "C#", }""")]
    [InlineData("")]
    public async Task A_kernelspec_that_somebody_edited_into_nonsense_is_explained_and_repaired(string json)
    {
        _course.Write("jupyter/kernels/.net-csharp/kernel.json", json);

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("kernel", "doctor"));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "list"));
        Assert.Equal(ExitCode.Success, await _course.TypeAsync("kernel", "doctor", "--repair"));
    }

    [Fact]
    public async Task A_kernel_that_is_not_built_is_not_written_into_a_spec()
    {
        _course.Context = _course.Context with { Checkout = _course.Checkout with { KernelAssembly = _course.PathOf("gone.dll") } };

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("kernel", "doctor", "--repair"));

        Assert.Contains("run `dotnet tutorial.cs build`", _course.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_course.PathOf("jupyter/kernels")));
    }

    [Fact]
    public async Task A_runtime_folder_that_cannot_be_written_is_told()
    {
        Install(Ours);
        _course.Context = _course.Context with { JupyterRuntimeDirectory = Path.Combine(_course.Write("file", "in the way"), "runtime") };

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("kernel", "doctor"));

        Assert.Contains("JUPYTER_RUNTIME_DIR names another folder", _course.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("share/jupyter", "is relative")]
    [InlineData("/opt/share/jupyter/kernels", "should name the folder above")]
    public async Task An_entry_of_JUPYTER_PATH_that_leads_nowhere_is_told(string entry, string explanation)
    {
        Install(Ours);
        _course.Context = _course.Context with { JupyterPathVariable = OperatingSystem.IsWindows() ? entry.Replace("/opt", "C:/opt", StringComparison.Ordinal) : entry };

        Assert.Equal(ProblemsLeft, (int)await _course.TypeAsync("kernel", "doctor"));

        Assert.Contains(explanation, _course.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_option_it_does_not_have_is_wrong_usage() =>
        Assert.Equal(ExitCode.CouldNotRun, await _course.TypeAsync("kernel", "doctor", "--mend"));

    [Theory]
    [InlineData(0x7F454C46, 18, 0x3E, Architecture.X64)]
    [InlineData(0x7F454C46, 18, 0xB7, Architecture.Arm64)]
    [InlineData(unchecked((int)0xCFFAEDFE), 4, 0x0100_0007, Architecture.X64)]
    [InlineData(unchecked((int)0xCFFAEDFE), 4, 0x0100_000C, Architecture.Arm64)]
    [InlineData(0x4D5A0000, 0x84, 0x8664, Architecture.X64)]
    [InlineData(0x4D5A0000, 0x84, 0xAA64, Architecture.Arm64)]
    [InlineData(0x23212F62, 4, 0, null)]
    public void The_processor_of_a_program_is_read_on_each_system(int magic, int offset, int machine, Architecture? expected) =>
        Assert.Equal(expected, ProgramFile.ArchitectureOf(Program("program", magic, offset, machine)));

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(64)]
    public void A_file_that_is_no_program_has_no_processor(int length) =>
        Assert.Null(ProgramFile.ArchitectureOf(_course.Write("text", new string('x', length))));

    private void Break(string fault)
    {
        switch (fault)
        {
            case "missing":
                break;
            case "damaged":
                _course.Write("jupyter/kernels/.net-csharp/kernel.json", "{");
                break;
            case "moved":
                Install(Ours with { Argv = [Ours.Argv[0], _course.PathOf("moved/CSharpKernel.dll"), "{connection_file}"] });
                break;
            case "other checkout":
                Install(Ours with { Argv = [Ours.Argv[0], _course.Write("other/CSharpKernel.dll", ""), "{connection_file}"] });
                break;
            case "no dotnet":
                Install(Ours with { Argv = [_course.PathOf("gone/dotnet"), Assembly, "{connection_file}"] });
                break;
            case "not on the path":
                _course.Context = _course.Context with { PathVariable = _course.Root };
                Install(Ours with { Argv = ["dotnet", Assembly, "{connection_file}"] });
                break;
            case "bare name":
                _course.Context = _course.Context with { PathVariable = Path.GetDirectoryName(Ours.Argv[0]) };
                Install(Ours with { Argv = [Path.GetFileName(Ours.Argv[0]), Assembly, "{connection_file}"] });
                break;
            case "foreign architecture":
                var foreign = RuntimeInformation.OSArchitecture == Architecture.X64 ? Architecture.Arm64 : Architecture.X64;
                Assert.SkipWhen(Platform.Current.CanRun(foreign, RuntimeInformation.OSArchitecture), "This system translates the programs of the other processor.");
                Install(Ours with { Argv = [Program("foreign/dotnet", 0x7F454C46, 18, foreign == Architecture.X64 ? 0x3E : 0xB7), Assembly, "{connection_file}"] });
                break;
            case "no runtime":
                Install(Ours with { Argv = [_course.Write($"old/{(OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")}", ""), Assembly, "{connection_file}"] });
                break;
            case "interactive":
                Install(Ours with { Argv = ["dotnet", "interactive", "jupyter", "--default-kernel", "csharp", "{connection_file}"] });
                break;
            case "interrupt mode":
                Install(Ours with { InterruptMode = "signal" });
                break;
            case "stale":
                Install(Ours with { Metadata = [] });
                break;
            default:
                throw new ArgumentException(fault, nameof(fault));
        }
    }

    private void Install(KernelSpec spec) => KernelSpecStore.Install(KernelSpecInstaller.KernelName, spec, _course.Context.JupyterUserDirectory);

    /// <summary>The first bytes of a program: its kind, and its processor where that kind says it.</summary>
    private string Program(string file, int magic, int offset, int machine)
    {
        var bytes = new byte[256];
        BinaryPrimitives.WriteInt32BigEndian(bytes, magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(0x3C), 0x80);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), machine);
        var path = _course.Write(file, "");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
