using CSharpKernel.KernelSpecs;
using CSharpKernel.Packages;
using JupyterProtocol.KernelSpecs;
using JupyterProtocol.Processes;

namespace CSharpKernel.Tests.Packages;

/// <summary>Packages in kernels that are processes of their own, and may be killed.</summary>
public sealed class PackageProcessTests : IDisposable
{
    private readonly Notebook _notebook = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task A_kernel_killed_in_the_middle_of_a_download_leaves_nothing_broken()
    {
        var source = new PackageSource(_notebook.Folder);
        source.Add("Big", "1.0.0");
        using var feed = new HalfFeed(source.Folder);
        _notebook.WriteFile("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="unpacked" /></config>
              <packageSources><clear /><add key="half" value="{feed.Address}index.json" allowInsecureConnections="true" /></packageSources>
            </configuration>
            """);
        const string Cell = "#r \"nuget: Big, 1.0.0\"\nif (Big.Version != \"1.0.0\") throw new Exception();";
        await using (var killed = await StartAsync())
        {
            _ = killed.Client.ExecuteAsync(Cell, cancellationToken: Token);
            await killed.WithExitAsync(feed.HalfSent.ContinueWith(_ => 0, Token, TaskContinuationOptions.None, TaskScheduler.Default)).WaitAsync(TimeSpan.FromMinutes(2), Token);
            killed.Kill();
            await killed.Exited.WaitAsync(TimeSpan.FromSeconds(30), Token);
        }

        await using var next = await StartAsync();
        var reply = await next.WithExitAsync(next.Client.ExecuteAsync(Cell, cancellationToken: Token)).WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal("ok", reply.Content["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_a_home_folder_packages_are_still_had()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows knows the user's folder without the environment.");
        var source = new PackageSource(_notebook.Folder);
        source.Add("Small", "1.0.0");
        await using var kernel = await StartAsync(new() { ["HOME"] = null, ["CSHARPKERNEL_CACHE"] = null, ["XDG_CACHE_HOME"] = null, ["NUGET_HTTP_CACHE_PATH"] = null });
        var reply = await kernel.WithExitAsync(kernel.Client.ExecuteAsync("#r \"nuget: Small, 1.0.0\"\nif (Small.Version != \"1.0.0\") throw new Exception();", cancellationToken: Token)).WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.True("ok" == reply.Content["status"]!.GetValue<string>(), reply.Content.ToJsonString());
    }

    private Task<KernelProcess> StartAsync(Dictionary<string, string?>? environment = null) => KernelProcess.StartAsync(
        new InstalledKernelSpec(KernelSpecInstaller.KernelName, AppContext.BaseDirectory, KernelSpecInstaller.Create()),
        new KernelStartOptions
        {
            WorkingDirectory = _notebook.Folder,
            Environment = environment ?? new()
            {
                [PackageResolver.CacheVariable] = Path.Combine(_notebook.Folder, "cache"),
                ["NUGET_HTTP_CACHE_PATH"] = Path.Combine(_notebook.Folder, "http"),
            },
        },
        Token);
}
