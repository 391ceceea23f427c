using CSharpKernel.KernelSpecs;
using CSharpKernel.Tests.Lifetime;
using JupyterProtocol;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Tests.Execution;

/// <summary>What cells print without the console's help: through child processes and native code.</summary>
public sealed class ProcessOutputTests : IAsyncLifetime
{
    private const string Libc = "static class Libc { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int printf(string text); "
        + "[System.Runtime.InteropServices.DllImport(\"libc\")] public static extern nint write(int file, byte[] bytes, nint count); "
        + "[System.Runtime.InteropServices.DllImport(\"libc\")] public static extern int close(int file); } ";
    private const string Shell = "void Sh(string text) { using var p = System.Diagnostics.Process.Start(\"sh\", new[] { \"-c\", text }); p.WaitForExit(); } ";

    private RestartableKernel _kernel = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Platform.Current.IsWindows, "Windows gives child processes handles, which are not redirected.");
        _kernel = await RestartableKernel.StartAsync(environment: ("CSHARPKERNEL_OUTPUT_LIMIT", "1"));
    }

    public ValueTask DisposeAsync()
    {
        _kernel?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_child_processes_native_code_and_the_console_print_comes_in_the_order_in_which_it_was_printed()
    {
        var reply = await RunAsync(Libc + Shell + """
            Console.Write("1 ");
            Sh("printf '2 '");
            Console.Write("3 ");
            Libc.printf("4 native\n");
            using (var stream = Console.OpenStandardOutput()) stream.Write("5 "u8);
            Console.Write("6 ");
            Libc.printf("7, a line without an end");
            """);

        Assert.Equal("1 2 3 4 native\n5 6 7, a line without an end", _kernel.Texts("stdout", reply));
    }

    [Fact]
    public async Task Output_precedes_what_is_displayed_after_it()
    {
        var reply = await RunAsync(Shell + "Sh(\"echo first\"); display(HTML(\"<b>second</b>\")); Sh(\"echo third\");");

        Assert.Equal(["stream", "display_data", "stream"], _kernel.Published
            .Where(message => message.ParentHeader?.MessageId == reply.ParentHeader!.MessageId).Select(message => message.MessageType)
            .Where(type => type is "stream" or "display_data"));
    }

    [Fact]
    public async Task Errors_are_a_stream_of_their_own_and_what_is_no_text_is_shown_as_such()
    {
        var reply = await RunAsync(Libc + Shell + "Sh(\"echo bad >&2\"); Libc.write(2, new byte[] { 0xFF, (byte)'x', 0xC3 }, 3); Libc.write(2, new byte[] { 0xA4, (byte)'\\n' }, 2);");

        Assert.Equal("bad\n\uFFFDxä\n", _kernel.Texts("stderr", reply));
        Assert.Equal("", _kernel.Texts("stdout", reply));
    }

    [Fact]
    public async Task A_process_that_goes_on_prints_under_the_cell_that_started_it_and_keeps_no_cell_waiting()
    {
        var reply = await RunAsync("var endless = System.Diagnostics.Process.Start(\"sh\", new[] { \"-c\", \"while echo more; do :; done\" });");
        await _kernel.WaitForAsync(message => message.MessageType == "stream" && message.ParentHeader?.MessageId == reply.ParentHeader!.MessageId);

        for (var i = 0; i < 3; i++)
            await RunAsync("1 + 1");

        await RunAsync("endless.Kill(); endless.WaitForExit();");
    }

    [Fact]
    public async Task A_flood_is_cut_and_read_to_its_end()
    {
        var reply = await RunAsync(Shell + "Sh(\"head -c 100000000 /dev/zero | tr '\\\\000' x; echo; echo end\");");

        var text = _kernel.Texts("stdout", reply);
        Assert.InRange(text.Length, 1_000_000, 4_000_000);
        Assert.EndsWith("end\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_closes_the_processs_output_does_not_silence_the_console()
    {
        await RunAsync(Libc + "Libc.close(1); Libc.close(2);");

        Assert.Equal("still here\n", _kernel.Texts("stdout", await RunAsync("Console.WriteLine(\"still here\");")));
    }

    [Fact]
    public async Task The_runtimes_last_words_still_reach_the_log_of_who_started_the_kernel()
    {
        await using var kernel = await KernelProcess.StartAsync(
            new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, KernelSpecInstaller.Create()), cancellationToken: Token);

        var died = await Assert.ThrowsAsync<KernelDiedException>(() => kernel.WithExitAsync(kernel.Client.ExecuteAsync("Environment.FailFast(\"for a reason\");", cancellationToken: Token)));

        Assert.Contains("for a reason", died.LastWords, StringComparison.Ordinal);
    }

    private async Task<JupyterProtocol.Messages.Message> RunAsync(string code)
    {
        var reply = await _kernel.RunAsync(code);
        Assert.True("ok" == (string?)reply.Content["status"], reply.Content.ToJsonString());
        return reply;
    }
}
