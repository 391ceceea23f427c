using System.Text.Json.Nodes;
using NotebookTestRunner.Comparison;
using NotebookTestRunner.Notebooks;
using NotebookTestRunner.Settings;

namespace NotebookTestRunner.Tests.Settings;

public sealed class NotebookSettingsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public NotebookSettingsTests()
    {
        Directory.CreateDirectory(folder.File("course/.git"));
        Directory.CreateDirectory(folder.File("course/lessons"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_any_file_nothing_is_set()
    {
        var settings = Read();

        Assert.Equal((null, null, null, null), (settings.Oracle.Mode, settings.Oracle.Tolerance, settings.Oracle.Similarity, settings.Oracle.Timeout));
        Assert.Empty(settings.Files);
        Assert.Null(settings.Section("tolerance"));
    }

    [Fact]
    public void The_nearest_wins_key_by_key()
    {
        folder.Write("course/notebook-test.yml", "mode: lax\ntolerance: {relative: 0.1, absolute: 1}\nnormalizers:\n  run-name: on\n  timestamps: off\n");
        folder.Write("course/lessons/notebook-test.yml", "similarity: 0.8\ntolerance:\n  absolute: 2\nnormalizers: {timestamps: on}\n");

        var settings = Read("""{"mode": "strict", "timeout": 30}""");

        Assert.Equal(ComparisonMode.Strict, settings.Oracle.Mode);
        Assert.Equal(new NumberTolerance(0.1, 2), settings.Oracle.Tolerance);
        Assert.Equal(0.8, settings.Oracle.Similarity);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Oracle.Timeout);
        Assert.Equal([("run-name", true), ("timestamps", true)], settings.Oracle.Switches.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal([folder.File("course/lessons/notebook-test.yml"), folder.File("course/notebook-test.yml")], settings.Files);
    }

    [Fact]
    public void A_plain_tolerance_replaces_one_with_parts()
    {
        folder.Write("course/notebook-test.yml", "tolerance: {relative: 0.1, absolute: 1}");
        folder.Write("course/lessons/notebook-test.yml", "tolerance: 0.5");

        Assert.Equal(new NumberTolerance(0.5), Read().Oracle.Tolerance);
    }

    [Fact]
    public void Files_above_the_repository_do_not_count()
    {
        folder.Write("notebook-test.yml", "mode: lax");
        Assert.Null(Read().Oracle.Mode);

        Directory.Delete(folder.File("course/.git"));
        Assert.Equal(ComparisonMode.Lax, Read().Oracle.Mode);

        folder.Write("course/notebook-test.yml", "root: true");
        Assert.Null(Read().Oracle.Mode);
    }

    [Theory]
    [InlineData("mode: strict\ntolerence: 0.1", "line 2: there is no setting \"tolerence\"; did you mean \"tolerance\"?")]
    [InlineData("tolerance:\n  relativ: 0.1", "line 2: there is no setting \"tolerance.relativ\"; did you mean \"relative\"?")]
    [InlineData("zzz: 1", "line 1: there is no setting \"zzz\"; Known here: ")]
    [InlineData("normalizers:\n  run-names: on", "line 2: there is no setting \"normalizers.run-names\"; did you mean \"run-name\"?")]
    [InlineData("normalizers: {x: {pattern: a, replce: b}}", "did you mean \"replace\"?")]
    [InlineData("mode: harsh", "line 1: \"mode\" must be strict, normal or lax, and \"harsh\" is none of that")]
    [InlineData("\n\ntolerance: 2", "line 3: \"tolerance\" must be a number from 0 to 1")]
    [InlineData("tolerance: 0,1", "\"tolerance\" must be a number from 0 to 1")]
    [InlineData("tolerance: {absolute: -1}", "\"tolerance.absolute\" must be a number of at least 0")]
    [InlineData("similarity: .nan", "\"similarity\" must be a number from 0 to 1")]
    [InlineData("timeout: soon", "\"timeout\" must be a number from")]
    [InlineData("timeout: {a: 1}", "\"timeout\" must be a single value or a list, not a map")]
    [InlineData("normalizers: [run-name]", "\"normalizers\" must be a map of keys and values")]
    [InlineData("normalizers: {run-name: maybe}", "\"normalizers.run-name\" must be on or off")]
    [InlineData("normalizers: {x: {replace: b}}", "needs a \"pattern\"")]
    [InlineData("normalizers: {x: {pattern: '('}}", "is no regular expression")]
    [InlineData("normalizers: {x: {pattern: 'a*'}}", "matches the empty text")]
    [InlineData("normalizers: {Big One: {pattern: a}}", "must have a name of lower-case letters")]
    [InlineData("normalizers: {paths: {pattern: a}}", "is the name of a normalizer that comes with the runner")]
    [InlineData("mode: [", "the settings are not YAML")]
    [InlineData("mode: lax\nmode: lax", "the settings are not YAML")]
    [InlineData("- mode", "must be a map of keys and values")]
    [InlineData("mode: lax\n---\nmode: lax", "must be one YAML document")]
    public void What_is_not_understood_is_refused_with_file_and_line(string yaml, string message)
    {
        var file = folder.Write("course/lessons/notebook-test.yml", yaml);

        var error = Assert.Throws<NotebookRunException>(() => Read()).Message;

        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.StartsWith(file, error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_understood_in_metadata_is_refused_with_the_notebook() =>
        Assert.Contains("lesson.ipynb, metadata \"notebook-test\": there is no setting \"tolernce\"", Assert.Throws<NotebookRunException>(() => Read("""{"tolernce": 1}""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"tolerance": 1}""", "lesson.ipynb, cell 1, metadata \"notebook-test\": there is no setting \"tolerance\"; Known here: budget.")]
    [InlineData("7", "lesson.ipynb, cell 1, metadata \"notebook-test\": the settings must be a map")]
    public void What_is_not_understood_in_a_cells_metadata_is_refused_with_the_cell(string metadata, string message) =>
        Assert.Contains(message, Assert.Throws<NotebookRunException>(() => Read("{}", metadata)).Message, StringComparison.Ordinal);

    [Fact]
    public void Locks_come_from_the_nearest_place_that_names_any()
    {
        folder.Write("course/notebook-test.yml", "lock: [gpu, port-5000]");

        Assert.Equal(["gpu", "port-5000"], Read().Locks.Order());
        Assert.Equal(["port-5001"], Read("""{"lock": "port-5001"}""").Locks);
        Assert.Empty(Read("""{"lock": []}""").Locks);
        Assert.Contains("\"lock\" must be a single value", Assert.Throws<NotebookRunException>(() => Read("""{"lock": [["a"]]}""")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_sets_its_own_budget()
    {
        var settings = Read("""{"budget": {"cell": {"seconds": 2}}}""", """{"budget": {"seconds": 10}}""");

        Assert.Equal(10, settings.Section(1, "budget")!.Member("seconds")!.Number());
        Assert.Null(settings.Section(2, "budget"));
    }

    [Fact]
    public void A_file_with_the_other_ending_is_not_passed_over()
    {
        folder.Write("course/notebook-test.yaml", "mode: lax");

        Assert.Contains("rename it", Assert.Throws<NotebookRunException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_multiply_what_a_file_says_are_refused()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        folder.Write("course/notebook-test.yml", bomb);

        Assert.Contains("more than 10000 values", Assert.Throws<NotebookRunException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(18, "")]
    [InlineData(19, "nested more than 20 deep")]
    [InlineData(40, "nested more than 20 deep")]
    public void Settings_are_read_down_to_a_depth(int lists, string message)
    {
        folder.Write("course/notebook-test.yml", $"budget: {{extra: {new string('[', lists)}x{new string(']', lists)}}}\nmode: lax");

        if (message.Contains("deep", StringComparison.Ordinal)) Assert.Contains(message, Assert.Throws<NotebookRunException>(() => Read()).Message, StringComparison.Ordinal);
        else Assert.Equal(ComparisonMode.Lax, Read().Oracle.Mode);
    }

    [Theory]
    [InlineData(9_997, true)]
    [InlineData(9_998, false)]
    public void Settings_hold_ten_thousand_values(int items, bool areRead)
    {
        folder.Write("course/notebook-test.yml", $"budget: {{extra: [{string.Join(", ", Enumerable.Repeat("1", items))}]}}");

        if (areRead) Assert.Equal(items, Read().Section("budget")!.Member("extra")!.Items().Count);
        else Assert.Contains("more than 10000 values", Assert.Throws<NotebookRunException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode: normal\ntolerance: 1\nsimilarity: 1\ntimeout: 1000000", 1, 0, 1, 1e6)]
    [InlineData("tolerance: {absolute: 3}\nsimilarity: 0\ntimeout: 0.001", 0, 3, 0, 0.001)]
    [InlineData("tolerance: {relative: 1}\nsimilarity: 0.5\ntimeout: 1", 1, 0, 0.5, 1)]
    public void The_ends_of_each_range_belong_to_it(string yaml, double relative, double absolute, double similarity, double seconds)
    {
        folder.Write("course/notebook-test.yml", yaml);

        var settings = Read().Oracle;

        Assert.Equal((new NumberTolerance(relative, absolute), similarity, TimeSpan.FromSeconds(seconds)), (settings.Tolerance, settings.Similarity, settings.Timeout));
        Assert.Equal(yaml.StartsWith("mode", StringComparison.Ordinal) ? ComparisonMode.Normal : null, settings.Mode);
    }

    [Theory]
    [InlineData("tolerance: {relative: 1.1}", "\"tolerance.relative\" must be a number from 0 to 1")]
    [InlineData("similarity: 1.5", "\"similarity\" must be a number from 0 to 1")]
    [InlineData("timeout: 0", "\"timeout\" must be a number from 0.001 to 1000000")]
    [InlineData("timeout: 1000001", "\"timeout\" must be a number from 0.001 to 1000000")]
    [InlineData("root: {a: 1}", "\"root\" must be a single value or a list, not a map")]
    [InlineData("mode: [strict]", "\"mode\" must be a single value.")]
    [InlineData("? [a]\n: b", "a key must be a word")]
    public void What_is_out_of_range_is_refused(string yaml, string message)
    {
        folder.Write("course/notebook-test.yml", yaml);

        Assert.Contains(message, Assert.Throws<NotebookRunException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_metadata_may_be_lists_maps_and_nothing()
    {
        var settings = Read("""{"lock": ["gpu", "port"], "budget": {"cell": {"seconds": 3, "note": null}}}""");

        Assert.Equal(["gpu", "port"], settings.Section("lock")!.Items().Select(item => item.Text()));
        var cell = settings.Section("budget")!.Member("cell")!;
        Assert.Equal(3, cell.Member("seconds")!.Number());
        Assert.Equal("budget.cell.seconds", cell.Member("seconds")!.Name);
        Assert.Equal("", cell.Member("note")!.Text());
        Assert.Equal(["x"], Read("""{"lock": "x"}""").Section("lock")!.Items().Select(item => item.Text()));
        Assert.Contains("must be a list", Assert.Throws<NotebookRunException>(() => settings.Section("budget")!.Items()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_normalizer_is_in_use_unless_it_says_otherwise_and_keeps_case()
    {
        folder.Write("course/notebook-test.yml", "normalizers: {token: {pattern: 'tok'}, other: {pattern: x, enabled: yes}, durations: off}");

        var settings = Read().Oracle;

        Assert.Equal("<token> TOK", settings.Defined[0].Apply("tok TOK"));
        Assert.Equal(["token True", "other True", "durations False"], settings.Switches.Select(entry => $"{entry.Key} {entry.Value}"));
    }

    [Fact]
    public void An_empty_file_sets_nothing()
    {
        folder.Write("course/notebook-test.yml", "# Nothing yet.\n");

        Assert.Null(Read().Oracle.Mode);
    }

    [Fact]
    public void A_normalizer_of_the_authors_own_is_defined_and_may_wait_until_a_cell_asks()
    {
        folder.Write("course/notebook-test.yml", """
            normalizers:
              token: {pattern: 'tok_[0-9a-f]+'}
              ticket: {pattern: '(T)-\d+', replace: '$1-#', ignore-case: on, enabled: off}
            """);

        var settings = Read().Oracle;

        Assert.Equal("<token> t-12", settings.Defined[0].Apply("tok_1a t-12"));
        Assert.Equal("tok_1a t-#", settings.Defined[1].Apply("tok_1a t-12"));
        Assert.Equal([true, false], settings.Switches.Values);
    }

    private NotebookSettings Read(string metadata = "null", string? ofCell = null) =>
        NotebookSettings.Read(folder.File("course/lessons/lesson.ipynb"), Notebook.Parse(new JsonObject
        {
            ["cells"] = ofCell is null ? [] : new JsonArray(new TestCell("1") { Metadata = new JsonObject { ["notebook-test"] = JsonNode.Parse(ofCell) } }.ToJson(1)),
            ["metadata"] = metadata == "null" ? new JsonObject() : new JsonObject { ["notebook-test"] = JsonNode.Parse(metadata) },
            ["nbformat"] = 4,
        }.ToJsonString(), "lesson.ipynb"));
}
