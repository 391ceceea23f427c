using CSharpKernel.Tests.Lifetime;

namespace CSharpKernel.Tests.Execution;

/// <summary>Runs out of memory in a kernel's process whose heap is limited.</summary>
public sealed class OutOfMemoryTests
{
    [Theory]
    [InlineData("var all = new List<byte[]>(); while (true) all.Add(new byte[1_000_000]);")]
    [InlineData("var one = new double[100_000_000]; Console.Write(one.Length);")]
    [InlineData("var text = new string('x', 1_000_000); while (true) text += text;")]
    public async Task A_cell_that_runs_out_of_memory_fails_and_the_kernel_lives(string code)
    {
        // 240 MB, in the hexadecimal that the runtime reads.
        using var kernel = await RestartableKernel.StartAsync(environment: ("DOTNET_GCHeapHardLimit", "F000000"));
        await kernel.RunAsync("var kept = 7;");
        for (var round = 0; round < 2; round++)
        {
            var reply = await kernel.RunAsync($"{{ {code} }}");
            Assert.Equal("OutOfMemoryException", reply.Content["ename"]?.GetValue<string>());
        }

        Assert.Equal("ok", (await kernel.RunAsync("if (kept != 7) throw new Exception();")).Content["status"]!.GetValue<string>());
    }
}
