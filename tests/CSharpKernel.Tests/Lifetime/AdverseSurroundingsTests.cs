using CSharpKernel.Packages;
using CSharpKernel.Tests.Packages;
using JupyterProtocol;
using JupyterProtocol.Client;

namespace CSharpKernel.Tests.Lifetime;

/// <summary>What the kernel does when what is around it fails.</summary>
public sealed class AdverseSurroundingsTests : IDisposable
{
    private readonly Notebook _notebook = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_front_end_that_vanishes_in_the_middle_of_output_leaves_a_kernel_that_answers_the_next_one()
    {
        using var kernel = await RestartableKernel.StartAsync();
        using (var gone = new KernelClient(kernel.Connection))
        {
            await gone.WaitForReadyAsync(Token);
            var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = gone.ExecuteAsync("var kept = 42; while (true) Console.WriteLine(new string('x', 1000));", message => _ = message.MessageType == "stream" && printed.TrySetResult(), new ExecuteOptions { StopOnError = false }, cancellationToken: Token)
                .ContinueWith(ended => ended.Exception, Token, TaskContinuationOptions.None, TaskScheduler.Default);
            await printed.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }

        using var next = new KernelClient(kernel.Connection);
        await next.InterruptAsync(Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        var reply = await next.ExecuteAsync("if (kept != 42) throw new Exception();", cancellationToken: Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
        Assert.Equal("ok", (string?)reply.Content["status"]);
    }

    [Fact]
    public async Task A_full_disk_under_the_record_of_running_cells_does_not_keep_cells_from_running()
    {
        Assert.SkipWhen(Platform.Current.IsWindows || !File.Exists("/dev/full"), "There is no device that is always full.");
        using var kernel = await RestartableKernel.StartAsync();
        File.CreateSymbolicLink(kernel.ConnectionFile + ".running", "/dev/full");

        for (var i = 0; i < 2; i++)
            Assert.Equal("ok", (string?)(await kernel.RunAsync("1 + 1")).Content["status"]);
    }

    [Fact]
    public async Task Without_a_place_for_the_cache_packages_are_still_had()
    {
        var source = new PackageSource(_notebook.Folder);
        source.Add("Small", "1.0.0");
        using var kernel = await RestartableKernel.StartAsync(environment: (PackageResolver.CacheVariable, _notebook.WriteFile("a file", "in the way")));

        var reply = await kernel.RunAsync($"System.IO.Directory.SetCurrentDirectory(@\"{_notebook.Folder}\");\n#i \"nuget: {source.Folder}\"\n#r \"nuget: Small, 1.0.0\"\nSmall.Version");

        Assert.True("ok" == (string?)reply.Content["status"], reply.Content.ToJsonString());
    }
}
