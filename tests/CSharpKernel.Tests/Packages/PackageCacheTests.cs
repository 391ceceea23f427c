using System.Net;
using System.Net.Sockets;
using CSharpKernel.Packages;
using Microsoft.Extensions.Time.Testing;

namespace CSharpKernel.Tests.Packages;

/// <summary>Remembered answers, and what happens to them when something goes wrong.</summary>
public sealed class PackageCacheTests : IDisposable
{
    private readonly Notebook _notebook = new();
    private readonly PackageSource _source;
    private readonly FakeTimeProvider _time = new();

    public PackageCacheTests()
    {
        _source = new PackageSource(_notebook.Folder);
        _source.Add("Kept", "1.0.0");
    }

    private string Cache => Path.Combine(_notebook.Folder, "answers");

    public void Dispose() => _notebook.Dispose();

    [Fact]
    public async Task An_answer_needs_no_source_the_second_time()
    {
        var first = await ResolveAsync("Kept", "1.0.0");
        Directory.Delete(_source.Folder, recursive: true);
        Assert.Equal(first.Packages[0].Sha512, (await ResolveAsync("Kept", "1.0.0")).Packages[0].Sha512);
    }

    [Fact]
    public async Task The_newest_is_looked_for_again_after_a_day_unless_the_sources_are_gone()
    {
        Assert.Equal("1.0.0", (await ResolveAsync("Kept", null)).Packages[0].Version);
        _source.Add("Kept", "1.1.0");
        Assert.Equal("1.0.0", (await ResolveAsync("Kept", null)).Packages[0].Version);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal("1.1.0", (await ResolveAsync("Kept", null)).Packages[0].Version);

        _time.Advance(TimeSpan.FromDays(1));
        Directory.Delete(_source.Folder, recursive: true);
        var offline = await ResolveAsync("Kept", null);
        Assert.Equal("1.1.0", offline.Packages[0].Version);
        Assert.Contains("does not answer", Assert.Single(offline.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emptied")]
    [InlineData("half")]
    [InlineData("damaged")]
    [InlineData("truncated")]
    public async Task What_is_broken_is_noticed_and_made_anew(string fault)
    {
        var package = (await ResolveAsync("Kept", "1.0.0")).Packages[0];
        var answer = Directory.GetFiles(Path.Combine(Cache, "packages")).Single();
        switch (fault)
        {
            case "emptied":
                Directory.Delete(_source.Unpacked, recursive: true);
                break;
            case "half":
                // As a process leaves it that was killed while it unpacked.
                File.Delete(Path.Combine(package.Folder, ".nupkg.metadata"));
                File.WriteAllBytes(package.Full(package.Runtime[0]), []);
                break;
            case "damaged":
                File.WriteAllText(answer, "{\"question\":");
                break;
            default:
                File.WriteAllBytes(answer, []);
                break;
        }

        var again = (await ResolveAsync("Kept", "1.0.0")).Packages[0];
        Assert.True(again.IsIntact);
        Assert.NotEqual(0, new FileInfo(again.Full(again.Runtime[0])).Length);
    }

    [Fact]
    public async Task Many_may_ask_the_same_at_once()
    {
        for (var number = 0; number < 5; number++)
            _source.Add($"Part{number}", "1.0.0", "Kept 1.0.0");
        var sets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new PackageResolver(Cache, _time).ResolveAsync(
            new PackageQuestion([.. Enumerable.Range(0, 5).Select(number => new PackageRequest($"Part{number}", null))], 0, [], _notebook.Folder, null, IsAnew: false),
            _ => { }, TestContext.Current.CancellationToken))));
        Assert.All(sets, set => Assert.Equal(6, set.Packages.Count));
        Assert.All(sets.SelectMany(set => set.Packages), package => Assert.True(package.IsIntact));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told_about_and_does_no_harm()
    {
        await File.WriteAllTextAsync(Cache, "a file where the folder should be", TestContext.Current.CancellationToken);
        var set = await ResolveAsync("Kept", "1.0.0");
        Assert.Equal("1.0.0", set.Packages[0].Version);
        Assert.Contains("CSHARPKERNEL_CACHE", Assert.Single(set.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_folder_that_cannot_be_written_is_stood_in_for()
    {
        await File.WriteAllTextAsync(_source.Unpacked, "a file where the folder should be", TestContext.Current.CancellationToken);
        var package = (await ResolveAsync("Kept", "1.0.0")).Packages[0];
        Assert.StartsWith(Path.Combine(Cache, "unpacked"), package.Folder, StringComparison.Ordinal);
        Assert.True(package.IsIntact);
    }

    [Fact]
    public async Task An_interrupt_ends_the_wait_for_a_source_that_says_nothing()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        _notebook.WriteFile("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="unpacked" /></config>
              <packageSources><clear /><add key="silent" value="http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json" allowInsecureConnections="true" /></packageSources>
            </configuration>
            """);
        using var interrupt = new CancellationTokenSource();
        var running = _notebook.RunAsync("#r \"nuget: Kept\"\nConsole.WriteLine(\"not reached\");", new Output(), interrupt.Token);
        using var connection = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();
        var cell = await running.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal("Not installed: Kept", (string)cell.Displays[^1].Data!["text/plain"]!);
        Assert.Contains("interrupted", cell.Error.Value, StringComparison.Ordinal);
        Assert.Equal("2", (await _notebook.RunWellAsync("1 + 1")).ResultText);
    }

    [Fact]
    public async Task A_source_without_encryption_has_to_be_allowed() =>
        Assert.Contains("allowInsecureConnections", (await _notebook.RunAsync("#i \"nuget: http://127.0.0.1:9/index.json\"\n#r \"nuget: Kept\"")).Error.Value, StringComparison.Ordinal);

    [Fact]
    public async Task Damaged_settings_are_named()
    {
        var path = _notebook.WriteFile("nuget.config", "<configuration><packageSources>");
        Assert.Contains(path, (await _notebook.RunAsync("#r \"nuget: Kept\"")).Error.Value, StringComparison.Ordinal);
    }

    private Task<PackageSet> ResolveAsync(string name, string? version) => new PackageResolver(Cache, _time).ResolveAsync(
        new PackageQuestion([new PackageRequest(name, version)], 0, [], _notebook.Folder, null, IsAnew: false), _ => { }, TestContext.Current.CancellationToken);
}
