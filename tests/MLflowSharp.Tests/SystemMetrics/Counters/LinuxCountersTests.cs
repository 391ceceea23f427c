using MLflowSharp.SystemMetrics.Counters;
using MLflowSharp.SystemMetrics.Sources;

namespace MLflowSharp.Tests.SystemMetrics.Counters;

public sealed class LinuxCountersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Waiting_is_not_work_and_guests_are_not_counted_twice()
    {
        Write("stat", "cpu  10 20 30 400 50 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
        Assert.Equal((81, 531), new LinuxCounters(_folder.FullName).ReadProcessorTimes());
    }

    [Theory]
    [InlineData("MemTotal:  1000 kB\nMemFree:  100 kB\nMemAvailable:  600 kB\nBuffers: 50 kB\nCached: 150 kB\nHugePages_Total:       0\n", 400)]
    [InlineData("MemTotal:  1000 kB\nMemFree:  100 kB\nBuffers: 50 kB\nCached: 150 kB\n", 700)]
    public void Memory_that_programs_can_have_is_not_used(string text, double usedKibibytes)
    {
        Write("meminfo", text);
        Assert.Equal((usedKibibytes * 1024, 1000 * 1024), new LinuxCounters(_folder.FullName).ReadMemory());
    }

    [Fact]
    public void The_processors_use_is_that_since_the_last_sample()
    {
        Write("meminfo", "MemTotal: 1000 kB\nMemAvailable: 750 kB\n");
        Write("stat", "cpu  100 0 0 100 0 0 0 0\n");
        var source = new ProcessorAndMemory(new LinuxCounters(_folder.FullName));
        Write("stat", "cpu  130 0 0 110 0 0 0 0\n");
        Assert.Equal(75, source.Read().First().Value);
        Assert.Equal(0, source.Read().First().Value);
        Assert.Equal([0.256, 25], source.Read().Skip(1).Select(reading => reading.Value));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);
}
