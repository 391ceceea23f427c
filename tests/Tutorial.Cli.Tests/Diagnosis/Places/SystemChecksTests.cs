using System.ComponentModel;
using System.Runtime.InteropServices;
using Tutorial.Cli.Diagnosis.Places;
using Tutorial.Cli.Running;
using Tutorial.Helpers;

namespace Tutorial.Cli.Tests.Diagnosis.Places;

public sealed class SystemChecksTests
{
    private readonly FakePlace _place = new();

    private SystemChecks Checks => new(_place, new Checkout("/course"));

    private SystemChecks Published => new(_place, new Checkout("/course") { IsPublished = true });

    [Fact]
    public void A_machine_on_which_all_is_well_passes()
    {
        Assert.All([Checks.Sdk(), Checks.Processor(), Checks.Memory(), Checks.Culture(), Checks.Clock("/course"), Checks.Modules()], item => Assert.True(item.Passed, item.Detail));
        Assert.Equal(".NET SDK 10.0.401", Checks.Sdk().Detail);
        Assert.Equal("X64, 2 for this process", Checks.Processor().Detail);
        Assert.Equal("2026-11-26 12:00 UTC; the disk agrees", Checks.Clock("/course").Detail);
    }

    [Fact]
    public void An_SDK_that_refuses_is_quoted_with_where_to_get_one()
    {
        _place.Program = (_, _) => (145, "A compatible .NET SDK was not found.\nRequested: 10.0.100");

        Fails(Checks.Sdk(), "A compatible .NET SDK was not found.", "environment/laptop/README.md");
        Assert.True(Published.Sdk().Passed);
    }

    [Fact]
    public void A_machine_without_dotnet_is_told_unless_the_course_is_built()
    {
        _place.Program = (_, _) => throw new Win32Exception(2, "No such file");

        Fails(Checks.Sdk(), "No such file", "new terminal");
        Assert.Contains("none is needed here", Published.Sdk().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Arm_node_is_no_place_for_PyTorch()
    {
        _place.Machine = Architecture.Arm64;

        Fails(Checks.Processor(), "x86-64", "a CPU partition");
    }

    [Fact]
    public void More_processors_than_Slurm_reserved_are_told_with_what_to_export()
    {
        (_place.Processors, _place.Variables["SLURM_CPUS_PER_TASK"]) = (384, "2");

        Fails(Checks.Processor(), "Slurm reserved 2", "export DOTNET_PROCESSOR_COUNT=2 OMP_NUM_THREADS=2");
    }

    [Theory]
    [InlineData(1_500_000_000, null, null, null, false)]
    [InlineData(2_500_000_000, null, null, null, true)]
    [InlineData(64_000_000_000, "1024", null, null, false)]
    [InlineData(64_000_000_000, null, "512", "2", false)]
    [InlineData(64_000_000_000, null, "2000", "2", true)]
    [InlineData(64_000_000_000, "0", null, null, true)]
    public void Memory_is_what_the_control_group_and_Slurm_leave(long bytes, string? node, string? cpu, string? cpus, bool passed)
    {
        _place.Memory = bytes;
        foreach (var (name, value) in ((string, string?)[])[("SLURM_MEM_PER_NODE", node), ("SLURM_MEM_PER_CPU", cpu), ("SLURM_CPUS_ON_NODE", cpus)])
        {
            if (value is not null)
                _place.Variables[name] = value;
        }

        Assert.Equal(passed, Checks.Memory().Passed);
        if (!passed)
            Fails(Checks.Memory(), "--mem=4G");
    }

    [Fact]
    public void Without_ICU_the_variable_that_replaces_it_is_named()
    {
        _place.HasIcu = false;
        Fails(Checks.Culture(), "export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1");

        _place.Variables["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        Assert.True(Checks.Culture().Passed);
    }

    [Fact]
    public void A_clock_before_the_course_was_written_is_wrong()
    {
        _place.Now = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Fails(Checks.Clock("/course"), "2024-01-01", "timedatectl");
    }

    [Fact]
    public void A_file_from_the_future_is_named()
    {
        _place.Newest = ("/course/global.json", FakePlace.Noon.AddHours(3));

        Fails(Checks.Clock("/course"), "/course/global.json", "15:00", "touch");
    }

    [Fact]
    public void A_disk_with_another_clock_is_told_by_how_much()
    {
        _place.Writing = _ => FakePlace.Noon.AddSeconds(90);

        Fails(Checks.Clock("/course"), "90 s ahead");
    }

    [Fact]
    public void Modules_are_listed_and_one_that_brings_another_PyTorch_is_named()
    {
        _place.Variables["LOADEDMODULES"] = "gcc/13.2:python-pytorch/2.10";
        Assert.Equal("gcc/13.2, python-pytorch/2.10", Checks.Modules().Detail);

        _place.Variables["LD_LIBRARY_PATH"] = "/opt/a:/opt/torch/lib";
        _place.Files.Add("/opt/torch/lib/libc10.so");
        Fails(Checks.Modules(), "/opt/torch/lib/libc10.so", "module purge");
    }

    [Theory]
    [InlineData("LMOD_CMD", "none is loaded")]
    [InlineData("X", "no module system here")]
    public void No_module_is_well(string variable, string expected)
    {
        _place.Variables[variable] = "/opt/lmod";

        Assert.Equal(expected, Checks.Modules().Detail);
    }

    private static void Fails(EnvironmentItem item, params string[] parts)
    {
        Assert.False(item.Passed, item.Detail);
        Assert.All(parts, part => Assert.Contains(part, item.Detail, StringComparison.Ordinal));
    }
}
