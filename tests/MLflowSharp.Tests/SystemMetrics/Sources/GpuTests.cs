using MLflowSharp.SystemMetrics.Sources;

namespace MLflowSharp.Tests.SystemMetrics.Sources;

public sealed class GpuTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Amds_cards_are_read_from_their_drivers_files()
    {
        Assert.Null(AmdGpus.Find(Path.Combine(_folder.FullName, "none")));
        Write("card0/device/vendor", "0x1a03");
        Assert.Null(AmdGpus.Find(_folder.FullName));
        Write("card10/device/mem_info_vram_total", "64000000000\n");
        Write("card2/device/mem_info_vram_total", "64000000000\n");
        Write("card2/device/mem_info_vram_used", "16000000000\n");
        Write("card2/device/gpu_busy_percent", "87\n");
        Write("card2/device/hwmon/hwmon4/power1_average", "250000000\n");
        Write("card2/device/hwmon/hwmon4/power1_cap", "500000000\n");
        Write("card2-DP-1/device/mem_info_vram_total", "1\n");
        Assert.Equal(
            [("gpu_0_memory_usage_percentage", 25), ("gpu_0_memory_usage_gigabytes", 16), ("gpu_0_utilization_percentage", 87), ("gpu_0_power_usage_watts", 250), ("gpu_0_power_usage_percentage", 50)],
            AmdGpus.Find(_folder.FullName)!.Read().Select(reading => (reading.Key, (int)reading.Value)));
    }

    [Fact]
    public void Nvidias_cards_are_asked_through_their_program()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The stand-in for nvidia-smi is a shell script.");
        Assert.Null(NvidiaGpus.Find(_folder.FullName));
        Program("exit 9");
        Assert.Null(NvidiaGpus.Find(_folder.FullName));
        Program("echo '1000, 4000, 50, 75.5, 151.0'; echo '0, 4000, [N/A], [N/A], [N/A]'");
        Assert.Equal(
            [
                ("gpu_0_memory_usage_percentage", 25), ("gpu_0_memory_usage_megabytes", 1048.576), ("gpu_0_utilization_percentage", 50), ("gpu_0_power_usage_watts", 75.5),
                ("gpu_0_power_usage_percentage", 50), ("gpu_1_memory_usage_percentage", 0), ("gpu_1_memory_usage_megabytes", 0),
            ],
            NvidiaGpus.Find($"/nowhere:{_folder.FullName}")!.Read().Select(reading => (reading.Key, reading.Value)));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private void Program(string script)
    {
        var file = Path.Combine(_folder.FullName, "nvidia-smi");
        File.WriteAllText(file, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
    }
}
