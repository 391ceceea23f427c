using NotebookTestRunner.Checks;
using NotebookTestRunner.Checks.Contracts;
using NotebookTestRunner.Checks.Contracts.Files;
using NotebookTestRunner.Checks.Contracts.Reading;
using NotebookTestRunner.Settings;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

/// <summary>What happened to files against what was promised, without a kernel.</summary>
public sealed class FileJudgeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public FileJudgeTests()
    {
        folder.Write("work/old.csv", "old");
        folder.Write("work/gone.csv", "old");
        folder.Write("work/same.csv", "old");
        Directory.CreateDirectory(folder.File("home"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{created: [out.csv, sub/deep.csv], changed: old.csv, deleted: gone.csv, only: true}", "")]
    [InlineData("{created: [old.csv, out.csv, sub/], deleted: gone.csv}", "")]
    [InlineData("{created: [out.csv, sub/deep.csv], changed: old.csv, only: true}", "nothing else is to happen in the working folder, and there is gone.csv (deleted)")]
    [InlineData("{created: [out.csv, sub/deep.csv], deleted: gone.csv, only: true}", "nothing else is to happen in the working folder, and there is old.csv (changed)")]
    [InlineData("{created: out.csv, changed: old.csv, deleted: gone.csv, only: true}", "nothing else is to happen in the working folder, and there is sub/deep.csv (created)")]
    [InlineData("{changed: same.csv}", "same.csv is expected to be changed; same.csv was there before, and is as it was")]
    [InlineData("{changed: gone.csv}", "gone.csv is expected to be changed, and it was deleted")]
    [InlineData("{deleted: old.csv}", "old.csv is expected to be deleted, and it was changed")]
    [InlineData("{created: nothing.txt}", "nothing.txt is expected to be written, and there is only ")]
    [InlineData("{created: [{'*.csv': 3}]}", "*.csv: exactly 3 expected to be written, and there is old.csv (changed), out.csv (created)")]
    [InlineData("{created: [{'*.txt': 2}]}", "*.txt: exactly 2 expected to be written, and there is none")]
    [InlineData("{created: [{'*.csv': none}]}", "*.csv: none expected to be written, and there is old.csv (changed), out.csv (created)")]
    [InlineData("{deleted: [{gone.csv: {contains: x}}]}", "")]
    [InlineData("{created: [{'sub/**': {contains: deep}}]}", "")]
    [InlineData("{created: [{'sub/**': {contains: flat}}]}", "sub/deep.csv is expected to hold something with \"flat\" in it; it begins with \"deep\"")]
    public async Task Each_promise_is_judged(string terms, string fault)
    {
        var faults = await JudgeAsync(terms, Write);

        if (fault.Length == 0) Assert.Empty(faults);
        else Assert.StartsWith("files: " + fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_happened_that_is_said() =>
        Assert.Equal(["files: out.csv is expected to be written, and no file in the working folder was written, changed or deleted"], await JudgeAsync("{created: out.csv}", () => { }));

    [Theory]
    [InlineData(12, "f11 (created). Declare it, or clean it up")]
    [InlineData(13, "f11 (created) and 1 more. Declare it, or clean it up")]
    public async Task A_dozen_files_are_named_and_the_rest_is_counted(int files, string end)
    {
        var fault = Assert.Single(await JudgeAsync("only", () =>
        {
            for (var i = 0; i < files; i++) folder.Write(FormattableString.Invariant($"work/f{i:00}"), "");
        }));

        Assert.EndsWith(end, fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_run_that_was_not_whole_only_what_must_not_happen_is_judged()
    {
        Write();

        Assert.Empty((await new FileJudge(Around()).JudgeAsync(Read("{created: nothing.txt}"), before!, Look(), isComplete: false)).Select(violation => violation.Message));
        Assert.Single(await new FileJudge(Around()).JudgeAsync(Read("only"), before!, Look(), isComplete: false));
    }

    [Theory]
    [InlineData("{outside: nothing}", "nothing is to happen outside the working folder, and there is ../leak.csv (created)")]
    [InlineData("{outside: ../leak.csv}", "")]
    [InlineData("{outside: ../other.csv}", "nothing is to happen outside the working folder, and there is ../leak.csv (created)")]
    [InlineData("{outside: anything}", "")]
    public async Task Leaks_are_judged(string terms, string fault)
    {
        var faults = await JudgeAsync(terms, () => folder.Write("leak.csv", ""));

        if (fault.Length == 0) Assert.Empty(faults);
        else Assert.StartsWith("files: " + fault, Assert.Single(faults), StringComparison.Ordinal);
    }

    private FolderPicture? before;

    private async Task<IReadOnlyList<string>> JudgeAsync(string terms, Action effect)
    {
        before = Look();
        effect();
        return [.. (await new FileJudge(Around()).JudgeAsync(Read(terms), before, Look(), isComplete: true)).Select(violation => violation.Message)];
    }

    private void Write()
    {
        before ??= Look();
        folder.Write("work/out.csv", "new");
        folder.Write("work/old.csv", "newer");
        folder.Write("work/sub/deep.csv", "deep");
        File.Delete(folder.File("work/gone.csv"));
    }

    private FolderPicture Look() => Around().Look(CancellationToken.None);

    private FileTerms Read(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return FileTerms.Read(new ContractNode(yaml.Documents[0].RootNode, line => $"line {line}"), pattern => Surroundings.ToFullPath(pattern, Context()));
    }

    private Surroundings Around() => new(Context(), new Contract(null, [], [], Array.Empty<int>().ToLookup(number => number, _ => new Terms()), []), 1000);

    private NotebookCheckContext Context()
    {
        var notebook = TestNotebook.Of("1");
        return new()
        {
            Notebook = notebook,
            Settings = NotebookSettings.Read(folder.File("work/lesson.ipynb"), notebook),
            Path = folder.File("work/lesson.ipynb"),
            WorkingDirectory = folder.File("work"),
            Options = new RunOptions { EnvironmentVariables = new Dictionary<string, string> { ["HOME"] = folder.File("home"), ["MLFLOW_TRACKING_URI"] = "" } },
            Time = TimeProvider.System,
        };
    }
}
