using NotebookTestRunner.Checks;

namespace NotebookTestRunner.Tests.Checks.Contracts.Files;

public sealed class FileContractTests : ContractTest
{
    [Theory]
    [InlineData("files: {created: out.csv}")]
    [InlineData("files: {created: ['*.csv', sub/**]}")]
    [InlineData("files: {created: [{'**/*.csv': 2}]}")]
    [InlineData("files: {created: [{out.csv: {min-size: 7, max-size: 7, contains: [a, b], matches: '^c,d$'}}], outside: anything}")]
    [InlineData("files: {created: [out.csv, sub/deep.csv, {result.json: {json: {'$.a.b[1]': 0.97 ±0.01, a.b.-1: 0.975, name: x}}}], only: true}")]
    [InlineData("files: {created: sub/}")]
    public async Task Files_that_are_written_as_promised_satisfy(string terms) => Assert.Empty(await JudgeAsync(terms, WriteAll));

    [Theory]
    [InlineData("files: {created: aut.csv}", "aut.csv is expected to be written, and there is only out.csv")]
    [InlineData("files: {created: [{'**/*.csv': 3}]}", "exactly 3 expected to be written, and there is out.csv .*sub/deep.csv")]
    [InlineData("files: {created: [{'*.csv': none}]}", "none expected to be written, and there is out.csv")]
    [InlineData("files: {created: [{out.csv: {min-size: 8}}]}", "out.csv has 7 bytes, and at least 8")]
    [InlineData("files: {created: [{out.csv: {max-size: 6}}]}", "out.csv has 7 bytes, and at most 6")]
    [InlineData("files: {created: [{out.csv: {contains: z}}]}", "hold something with \"z\" in it; it begins with \"a,b")]
    [InlineData("files: {created: [{out.csv: {matches: '^z'}}]}", "matches \\^z")]
    [InlineData("files: {created: [{result.json: {json: {'a.b[1]': 0.5}}}]}", "has at a.b\\[1\\] 0.975, and 0.5 is expected")]
    [InlineData("files: {created: [{result.json: {json: {a.c: 0.5}}}]}", "has at a.c nothing")]
    [InlineData("files: {created: [{out.csv: {json: {a: 1}}}]}", "expected to be JSON")]
    [InlineData("files: {changed: out.csv}", "out.csv is expected to be changed, and it was created")]
    [InlineData("files: {deleted: old.csv}", "old.csv is expected to be deleted; old.csv was there before, and is as it was")]
    [InlineData("files: {created: old.csv}", "old.csv was there before, and is as it was")]
    [InlineData("files: {created: [out.csv, result.json], only: true}", "nothing else .* sub/deep.csv \\(created\\)")]
    [InlineData("files: none", "nothing else .* out.csv \\(created\\), result.json \\(created\\), sub/deep.csv \\(created\\)")]
    public async Task Files_that_are_not_as_promised_are_named(string terms, string why) => Assert.Matches(why, Assert.Single(await JudgeAsync(terms, WriteAll, [("old.csv", "old")])));

    [Fact]
    public async Task A_file_that_is_written_again_is_created_and_changed()
    {
        Assert.Empty(await JudgeAsync("files: {created: old.csv, changed: old.csv, only: true}", () => WriteFile("old.csv", "newer"), [("old.csv", "old")]));
        Assert.Matches("nothing else .*old.csv \\(changed\\)", Assert.Single(await JudgeAsync("files: only", () => WriteFile("old.csv", "newest"))));
    }

    [Fact]
    public async Task A_file_of_the_same_size_with_another_time_is_changed() =>
        Assert.Empty(await JudgeAsync("files: {changed: old.csv}", () => File.SetLastWriteTimeUtc(Path.Combine(Work, "old.csv"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)), [("old.csv", "old")]));

    [Fact]
    public async Task A_file_that_is_deleted_as_promised_satisfies_and_otherwise_fails()
    {
        Assert.Empty(await JudgeAsync("files: {deleted: old.csv, only: true}", () => File.Delete(Path.Combine(Work, "old.csv")), [("old.csv", "old")]));
        Assert.Matches("old.csv \\(deleted\\)", Assert.Single(await JudgeAsync("files: only", () => File.Delete(Path.Combine(Work, "old.csv")), [("old.csv", "old")])));
        Assert.Matches("old.csv is expected to be changed, and it was deleted", Assert.Single(await JudgeAsync("files: {changed: old.csv}", () => File.Delete(Path.Combine(Work, "old.csv")), [("old.csv", "old")])));
    }

    [Fact]
    public async Task An_empty_folder_counts() => Assert.Matches("empty/ \\(created\\)", Assert.Single(await JudgeAsync("files: only", () => Directory.CreateDirectory(Path.Combine(Work, "empty")))));

    [Theory]
    [InlineData("../leak.csv", "../leak.csv \\(created\\)")]
    [InlineData("../other/leak.csv", "../other/leak.csv \\(created\\)")]
    [InlineData("../home/leak.csv", "../home/leak.csv \\(created\\)")]
    [InlineData("../home/.bashrc", "../home/.bashrc \\(created\\)")]
    [InlineData("../home/Documents/deep/leak.csv", "../home/Documents/deep/leak.csv \\(created\\)")]
    public async Task A_file_outside_the_working_folder_is_a_leak(string file, string why)
    {
        Directory.CreateDirectory(Path.Combine(Home, "Documents", "deep"));

        Assert.Matches("nothing is to happen outside the working folder, and there is " + why, Assert.Single(await JudgeAsync("files: {created: out.csv}", () =>
        {
            WriteFile("out.csv");
            WriteFile(file);
        })));
    }

    [Theory]
    [InlineData("files: {outside: anything}", "../leak.csv")]
    [InlineData("files: {outside: ../leak.csv}", "../leak.csv")]
    [InlineData("files: {outside: [../**/*.csv]}", "../other/leak.csv")]
    [InlineData("files: {outside: ~/results/**}", "../home/results/leak.csv")]
    [InlineData("files: only", "../home/.cache/leak.csv")]
    [InlineData("files: only", "../other/__pycache__/x.pyc")]
    [InlineData("files: only", "mlflow.db")]
    [InlineData("files: only", "mlflow.db-wal")]
    [InlineData("files: only", "mlruns/0/meta.yaml")]
    [InlineData("files: only", ".ipynb_checkpoints/x.ipynb")]
    public async Task What_is_allowed_or_a_programs_own_is_no_leak(string terms, string file)
    {
        Directory.CreateDirectory(Folder.File("other"));

        Assert.Empty(await JudgeAsync(terms, () => WriteFile(file)));
    }

    [Fact]
    public async Task Inside_hidden_folders_elsewhere_nothing_is_seen_unless_they_are_watched()
    {
        Directory.CreateDirectory(Path.Combine(Home, ".mozilla"));
        var effect = () => WriteFile("../home/.mozilla/x");

        Assert.Empty(Messages(await RunAsync("notebook:\n  files: only", effect, "print one")));
        File.Delete(Path.Combine(Home, ".mozilla", "x"));
        Assert.Contains(".mozilla/x", Assert.Single(Messages(await RunAsync("watch: ~/.mozilla\nnotebook:\n  files: only", effect, "print one"))));
    }

    [Fact]
    public async Task A_contract_may_allow_places_for_all_cells()
    {
        Directory.CreateDirectory(Folder.File("shared"));

        Assert.Empty(Messages(await RunAsync("allow: [../shared/**, '*.log']\nnotebook:\n  files: only", () =>
        {
            WriteFile("../shared/x.csv");
            WriteFile("run.log");
        }, "print one")));
    }

    [Fact]
    public async Task The_notebook_as_a_whole_is_judged_at_its_end()
    {
        var result = await RunAsync("notebook:\n  files: {created: out.csv, only: true}", () => WriteFile("other.csv"), "print one", "print two");

        Assert.Equal([Verdict.Passed, Verdict.Passed], Verdicts(result));
        Assert.Equal((Verdict.Failed, 2), (result.Verdict, result.Findings.Count));
        Assert.All(result.Findings, finding => Assert.Null(finding.CellNumber));
    }

    [Fact]
    public async Task Of_a_notebook_that_was_not_run_to_its_end_only_leaks_are_told()
    {
        var result = await RunAsync("notebook:\n  files: {created: out.csv, only: true}\n  runs: 1", () => WriteFile("other.csv"), "fail Error no", "print two");

        Assert.Contains("other.csv", Assert.Single(result.Findings).Message);
    }

    [Theory]
    [InlineData("fail Error no", 0)]
    [InlineData("# test: raises\nfail Error no", 1)]
    public async Task Of_a_cell_that_failed_by_surprise_nothing_is_expected(string source, int findings) =>
        Assert.Equal(findings, (await RunAsync("cells:\n  1:\n    files: {created: out.csv}", () => { }, source)).Cells[0].Findings.Count);

    [Fact]
    public async Task What_an_earlier_cell_wrote_is_not_this_cells()
    {
        var result = await RunAsync("cells:\n  2:\n    files: {created: out.csv}", () => WriteFile("out.csv"), "print one", "print two");

        Assert.Equal([Verdict.Passed, Verdict.Failed], Verdicts(result));
    }

    [Fact]
    public async Task Links_are_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        WriteFile("a.csv");
        Directory.CreateSymbolicLink(Path.Combine(Work, "round"), Work);

        Assert.Empty(await JudgeAsync("files: {created: b.csv, only: true}", () => WriteFile("b.csv")));
    }

    [Theory]
    [InlineData("CSHARPKERNEL_CACHE", "../home/kept", true)]
    [InlineData("XDG_CACHE_HOME", "../home/kept", true)]
    [InlineData("_MLFLOW_SERVER_ARTIFACT_ROOT", "../home/kept", true)]
    [InlineData("_MLFLOW_SERVER_ARTIFACT_ROOT", "s3://home/kept", false)]
    [InlineData("ANOTHER", "../home/kept", false)]
    public async Task What_libraries_were_told_to_keep_there_is_no_leak(string variable, string value, bool isAllowed)
    {
        var path = Save("print one");
        Folder.Write("lesson.contract.yml", "notebook:\n  files: none");
        var options = Checked with { EnvironmentVariables = new Dictionary<string, string>(Checked.EnvironmentVariables) { [variable] = value } };

        var messages = Messages(await RunAsync(options with { Checks = [.. options.Checks, Effect(() => WriteFile("../home/kept/x.bin"))] }, path, Token));

        Assert.Equal(isAllowed, messages.Count == 0);
    }

    [Fact]
    public async Task What_the_connection_to_the_kernel_writes_is_no_leak()
    {
        var path = Save("print one");
        Folder.Write("lesson.contract.yml", "notebook:\n  files: none");
        Directory.CreateDirectory(Folder.File("home/runtime"));

        Assert.Empty(Messages(await RunAsync(Checked with { RuntimeDirectory = Folder.File("home/runtime"), Checks = [.. Checked.Checks, Effect(() => WriteFile("../home/runtime/kernel.json"))] }, path, Token)));
    }

    [Fact]
    public async Task That_a_folder_is_too_large_to_be_looked_at_is_told_and_fails_nothing()
    {
        MostEntries = 2;
        WriteFile("a/b/c/d.csv");
        Directory.CreateDirectory(Folder.File("shared/x/y/z"));

        var result = await RunAsync("watch: ../shared\nnotebook:\n  files: {outside: anything}", () => { }, "print one");

        Assert.Equal(Verdict.Passed, result.Verdict);
        Assert.All(result.Findings, finding => Assert.Equal(FindingSeverity.Warning, finding.Severity));
        Assert.Equal(
            [$"files: {Folder.File("shared")} holds more than the 2", $"files: {Work} holds more than the 2"],
            result.Findings.Select(finding => finding.Message[..(finding.Message.IndexOf("the 2", StringComparison.Ordinal) + 5)]).Order(StringComparer.Ordinal));
        MostEntries = 4;
        Assert.Empty((await RunAsync("watch: ../shared\nnotebook:\n  files: {outside: anything}", () => { }, "print one")).Findings);
    }

    [Fact]
    public async Task A_new_folder_whose_name_begins_like_the_working_folders_is_a_leak()
    {
        // The working folder is ".../work".
        Assert.Matches("outside the working folder, and there is ../wor/ \\(created\\)", Assert.Single(await JudgeAsync("files: none", () => Directory.CreateDirectory(Folder.File("wor")))));
    }

    private Task<IReadOnlyList<string>> JudgeAsync(string terms, Action effect, (string Name, string Text)[] there)
    {
        foreach (var (name, text) in there) WriteFile(name, text);
        return JudgeAsync(terms, effect);
    }

    private void WriteAll()
    {
        WriteFile("out.csv", "a,b\nc,d");
        WriteFile("sub/deep.csv");
        WriteFile("result.json", """{"a": {"b": [1, 0.975]}, "name": "x"}""");
    }
}
