using CSharpKernel.Tests.Lifetime;

namespace CSharpKernel.Tests.Execution;

/// <summary>Interrupts the cells of a kernel's process, again and again: none may take the process with it.</summary>
public sealed class InterruptedProcessTests
{
    private const int Rounds = 3;

    [Theory]
    [InlineData("while (true) x.ToString();")]
    [InlineData("while (true) { try { for (var i = 0; i < 100_000; i++) Math.Sqrt(i).ToString(); } catch { } }")]
    [InlineData("for (var i = 0; ; i++) Console.WriteLine(i);")]
    [InlineData("while (true) Enumerable.Range(0, 10_000).Where(i => i % 3 == 0).Select(i => i.ToString()).OrderBy(text => text).ToList();")]
    [InlineData("while (true) Parallel.For(0, 1000, i => Math.Sqrt(i).ToString());")]
    [InlineData("while (true) { try { throw new InvalidOperationException(); } catch (InvalidOperationException) { } }")]
    [InlineData("int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);\nFib(100)")]
    [InlineData("while (true) { }\nConsole.WriteLine(\"unreachable\");")]
    [InlineData("Shop.Loop.Run();\nnamespace Shop { public static class Loop { public static void Run() { while (true) { } } } }")]
    [InlineData("again: Math.Sqrt(2).ToString();\ngoto again;")]
    [InlineData("bool Even(int n) => n == 0 || (Odd(n - 1) && Odd(n - 1));\nbool Odd(int n) => n != 0 && Even(n - 1) | Even(n - 1);\nEven(200)")]
    [InlineData("Func<int, long> fib = null;\nfib = n => n < 2 ? n : fib(n - 1) + fib(n - 2);\nfib(100)")]
    [InlineData("while (true) { Enumerable.Range(0, int.MaxValue).Count(i => i < 0); }")]
    [InlineData("Enumerable.Range(0, int.MaxValue).Select(i => i % 7L).Where(i => { return i > 10; }).Concat(Enumerable.Repeat(1L, int.MaxValue).Where(i => i < 0)).Count()")]
    [InlineData("async IAsyncEnumerable<int> Endless() { for (var i = 0; ; i++) { await Task.Yield(); yield return i; } }\nawait foreach (var i in Endless()) i.ToString();")]
    [InlineData("System.IO.File.WriteAllText(\"endless.csx\", \"while (true)\\n#if A\\n;\\n#else\\nMath.Sqrt(2).ToString();\\n#endif\");\n#!csharp\n#load \"endless.csx\"")]
    [InlineData("Tools.More.Count(2);\nnamespace Tools { public static class More { public static int Count(int n) => Enumerable.Range(0, int.MaxValue).Count(i => i < 0) + Count(n); } }")]
    [InlineData("System.Threading.Thread.Sleep(100_000);")]
    [InlineData("await Task.Delay(100_000);")]
    public async Task A_kernel_outlives_interrupts_and_keeps_its_variables(string endless)
    {
        using var kernel = await RestartableKernel.StartAsync();
        await kernel.RunAsync("var x = 1;");
        for (var round = 0; round < Rounds; round++)
        {
            var running = kernel.RunAsync($"Console.WriteLine(\"begun {round}\");\n{endless}");
            await kernel.WaitForAsync(message => message.MessageType == "stream" && message.Content["text"]!.GetValue<string>().Contains($"begun {round}", StringComparison.Ordinal));
            await kernel.Client.InterruptAsync(TestContext.Current.CancellationToken);
            var reply = await running;
            Assert.Equal("OperationCanceledException", reply.Content["ename"]?.GetValue<string>());
            Assert.DoesNotContain("still", reply.Content["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal("ok", (await kernel.RunAsync($"x == {round + 1} ? x++ : throw new Exception($\"{{x}}\")")).Content["status"]!.GetValue<string>());
        }
    }
}
