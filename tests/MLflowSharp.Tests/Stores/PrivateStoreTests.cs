namespace MLflowSharp.Tests.Stores;

/// <summary>What a store makes is its owner's alone, on a machine whose users can walk into each other's folders.</summary>
public sealed class PrivateStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("private-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_database_and_its_artifacts_are_their_owners()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes there.");

        await LogAsync($"sqlite:///{_folder}/mlflow.db", $"{_folder}/artifacts");

        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal("600", ModeOf(file)));
        Assert.Equal("700", ModeOf($"{_folder}/artifacts"));
    }

    [Fact]
    public async Task A_folder_of_runs_is_its_owners()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes there.");

        await LogAsync($"{_folder}/mlruns", null);

        Assert.Equal("700", ModeOf($"{_folder}/mlruns"));
    }

    [Fact]
    public async Task What_is_shared_already_stays_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes there.");
        var database = $"{_folder}/mlflow.db";
        await LogAsync($"sqlite:///{database}", $"{_folder}/artifacts");
        SetMode(database, "660");
        SetMode($"{_folder}/artifacts", "770");

        await LogAsync($"sqlite:///{database}", $"{_folder}/artifacts");

        Assert.All(Directory.GetFiles(_folder), file => Assert.Equal("660", ModeOf(file)));
        Assert.Equal("770", ModeOf($"{_folder}/artifacts"));
    }

    private static async Task LogAsync(string store, string? artifacts)
    {
        var stop = TestContext.Current.CancellationToken;
        using var client = new MlflowClient(store);
        var experiment = await client.CreateExperimentAsync(Guid.NewGuid().ToString("N"), artifacts, cancellationToken: stop);
        var run = await client.CreateRunAsync(experiment, cancellationToken: stop);
        await client.LogTextAsync(run.Info.RunId, "secret", "note.txt", stop);
    }

    private static string ModeOf(string path) => OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
