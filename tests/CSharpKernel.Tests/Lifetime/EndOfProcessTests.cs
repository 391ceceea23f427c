using System.Diagnostics;

namespace CSharpKernel.Tests.Lifetime;

/// <summary>How the kernel's process ends, and what its front ends learn of it.</summary>
public sealed class EndOfProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Exit_in_a_cell_answers_the_cell_and_ends_with_its_exit_code(int exitCode)
    {
        using var kernel = await RestartableKernel.StartAsync();

        var reply = await kernel.RunAsync($"Console.Write(\"printed before\"); Environment.Exit({exitCode});");

        Assert.Equal("KernelEnded", reply.Content["ename"]!.GetValue<string>());
        Assert.Contains($"Environment.Exit({exitCode})", reply.Content["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("printed before", kernel.Texts("stdout", reply));
        Assert.Contains(kernel.Published, message => message.MessageType == "error" && message.ParentHeader!.MessageId == reply.ParentHeader!.MessageId);
        await kernel.Process.WaitForExitAsync(Token);
        Assert.Equal(exitCode, kernel.Process.ExitCode);
        Assert.False(File.Exists(kernel.ConnectionFile + ".running"));
    }

    [Fact]
    public async Task Exit_in_work_that_a_cell_left_behind_is_told_under_the_cell()
    {
        using var kernel = await RestartableKernel.StartAsync();

        var reply = await kernel.RunAsync("var go = new System.Threading.Timer(_ => Environment.Exit(5), null, 300, -1);");

        await kernel.WaitForAsync(message => message.MessageType == "stream" && message.ParentHeader?.MessageId == reply.ParentHeader!.MessageId
            && message.Content["text"]!.GetValue<string>().Contains("ended by Environment.Exit(5)", StringComparison.Ordinal));
        await kernel.Process.WaitForExitAsync(Token);
        Assert.Equal(5, kernel.Process.ExitCode);
    }

    [Fact]
    public async Task Termination_by_signal_answers_the_cell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var kernel = await RestartableKernel.StartAsync();
        var running = kernel.RunAsync("Console.WriteLine(\"runs\"); while (true) ;");
        await kernel.WaitForAsync(message => message.MessageType == "stream");

        using (var kill = Process.Start("kill", ["-TERM", $"{kernel.Process.Id}"]))
            await kill.WaitForExitAsync(Token);

        Assert.Contains("SIGTERM", (await running).Content["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
        await kernel.Process.WaitForExitAsync(Token);
        Assert.Equal(143, kernel.Process.ExitCode);
    }

    [Theory]
    [InlineData("var thread = new System.Threading.Thread(() => throw new InvalidOperationException(\"stray\")); thread.Start(); thread.Join();")]
    [InlineData("async void Stray() { await Task.Yield(); throw new InvalidOperationException(\"stray\"); } Stray();")]
    [InlineData("System.Threading.ThreadPool.UnsafeQueueUserWorkItem(_ => throw new InvalidOperationException(\"stray\"), null);")]
    [InlineData("using (System.Threading.ExecutionContext.SuppressFlow()) new System.Threading.Timer(_ => throw new InvalidOperationException(\"stray\"), null, 1, -1);")]
    [InlineData("class Left { ~Left() => throw new InvalidOperationException(\"stray\"); } void Leave() => new Left(); Leave(); GC.Collect(); GC.WaitForPendingFinalizers();")]
    public async Task What_nobody_catches_is_shown_under_its_cell_and_the_kernel_lives_on(string code)
    {
        using var kernel = await RestartableKernel.StartAsync();
        await kernel.RunAsync("var kept = 41;");

        var reply = await kernel.RunAsync(code);

        var told = await kernel.WaitForAsync(message => message.MessageType == "stream" && message.Content["text"]!.GetValue<string>().Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.Equal(reply.ParentHeader!.MessageId, told.ParentHeader!.MessageId);
        Assert.Contains("cell 2", told.Content["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("42", (await ResultOfAsync(kernel, "kept + 1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_death_the_new_process_says_which_cell_ran()
    {
        using var kernel = await RestartableKernel.StartAsync();
        await kernel.RunAsync("1");
        var running = kernel.Client.ExecuteAsync("// the culprit\nConsole.WriteLine(\"runs\"); await Task.Delay(-1);", cancellationToken: Token);
        var printed = await kernel.WaitForAsync(message => message.MessageType == "stream");

        kernel.Process.Kill();
        await kernel.RestartAsync();

        var told = await kernel.WaitForAsync(message => message.MessageType == "error");
        Assert.Equal(printed.ParentHeader!.MessageId, told.ParentHeader!.MessageId);
        Assert.Contains("died while cell 2 (// the culprit) ran", told.Content["evalue"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(running.IsCompleted);
        Assert.Contains("cell 2 (// the culprit)", kernel.Texts("stderr", await kernel.RunAsync("1")), StringComparison.Ordinal);
        Assert.Equal("", kernel.Texts("stderr", await kernel.RunAsync("2")));
    }

    [Fact]
    public async Task A_restart_that_was_asked_for_leaves_nothing_to_tell()
    {
        using var kernel = await RestartableKernel.StartAsync();
        await kernel.RunAsync("1");
        _ = kernel.Client.ExecuteAsync("await Task.Delay(-1);", cancellationToken: Token);

        await kernel.Client.ShutdownAsync(restart: true, Token);
        await kernel.RestartAsync();

        Assert.Equal("", kernel.Texts("stderr", await kernel.RunAsync("1")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_keep_the_kernel_from_working()
    {
        using var kernel = await RestartableKernel.StartAsync();
        Directory.CreateDirectory(kernel.ConnectionFile + ".running");
        try
        {
            Assert.Equal("ok", (await kernel.RunAsync("1 + 1")).Content["status"]!.GetValue<string>());
        }
        finally
        {
            Directory.Delete(kernel.ConnectionFile + ".running");
        }
    }

    private static async Task<string> ResultOfAsync(RestartableKernel kernel, string code)
    {
        var reply = await kernel.RunAsync(code);
        return kernel.Published.Single(message => message.MessageType == "execute_result" && message.ParentHeader!.MessageId == reply.ParentHeader!.MessageId)
            .Content["data"]!["text/plain"]!.GetValue<string>();
    }
}
