using System.Text.Json.Nodes;

namespace NotebookTestRunner.Tests.Checks.Contracts.Reading;

public sealed class ContractReaderTests : ContractTest
{
    [Theory]
    [InlineData("1")]
    [InlineData("cell-1")]
    [InlineData("mine")]
    [InlineData("print one two")]
    [InlineData("print one")]
    public async Task A_cell_is_named_by_number_id_tag_or_first_line(string name)
    {
        var result = await RunAsync($"cells:\n  \"{name}\":\n    files: {{created: out.csv}}", () => { }, new TestCell("print one two") { Tags = ["mine"] }, "print two");

        Assert.Equal([Verdict.Failed, Verdict.Passed], Verdicts(result));
    }

    [Theory]
    [InlineData("# contract: files: {created: out.csv}\nprint one")]
    [InlineData("# contract: files:\n# contract:   created: out.csv\nprint one")]
    [InlineData("# test: timeout 100\n\n# contract: files:\n#contract:  created:\n# contract:   - out.csv\nprint one")]
    public async Task A_cell_can_say_it_in_its_first_lines(string source)
    {
        var result = await RunAsync("notebook:\n  runs: none", () => { }, source, "print two");

        var finding = Assert.Single(result.Cells[0].Findings);
        Assert.Equal((Verdict.Failed, "contracts", 1), (result.Cells[0].Verdict, finding.Check, finding.CellNumber));
        Assert.Contains("out.csv", finding.Message);
        Assert.Matches("cell 1 of .*lesson.ipynb, line \\d", finding.Message);
        Assert.Equal("print one", result.Cells[0].FirstLine);
    }

    [Fact]
    public async Task A_comment_further_down_is_no_promise() =>
        Assert.Equal([Verdict.Passed], Verdicts(await RunAsync(Checked, "print one\n# contract: files: {created: out.csv}")));

    [Fact]
    public async Task A_cell_can_say_it_in_its_metadata()
    {
        var metadata = new JsonObject { ["contract"] = new JsonObject { ["files"] = new JsonObject { ["created"] = "out.csv" } } };

        Assert.Contains("the metadata of cell 1", Assert.Single(Messages(await RunAsync(Checked, new TestCell("print one") { Metadata = metadata }))));
    }

    [Fact]
    public async Task A_cell_can_say_it_in_its_metadata_as_a_text() =>
        Assert.Contains("out.csv", Assert.Single(Messages(await RunAsync(Checked, new TestCell("print one") { Metadata = new JsonObject { ["contract"] = "files: {created: out.csv}" } }))));

    [Fact]
    public async Task A_notebook_can_say_it_in_its_metadata()
    {
        var notebook = JsonNode.Parse(TestNotebook.Json(ScriptedKernel.ScriptedKernelSpec.Name, "print one"))!;
        notebook["metadata"]!["contract"] = new JsonObject { ["notebook"] = new JsonObject { ["files"] = new JsonObject { ["created"] = "out.csv" } } };
        var result = await RunAsync(Checked, Folder.Write("lesson.ipynb", notebook.ToJsonString()), Token);

        Assert.Matches("out.csv .*the metadata of .*lesson.ipynb", Assert.Single(result.Findings).Message);
    }

    [Fact]
    public async Task Promises_of_all_places_count_together()
    {
        var messages = Messages(await RunAsync("cells:\n  1:\n    files: {created: a.csv}\nnotebook:\n  files: {created: c.csv}", () => { }, "# contract: files: {created: b.csv}\nprint one"));

        Assert.Equal(["a.csv", "b.csv", "c.csv"], messages.Select(message => message.Split(' ')[1]));
    }

    [Theory]
    [InlineData("cell:\n  1:\n    files: none", "line 2\\): \"cell\" is not known in a contract: did you mean \"cells\"")]
    [InlineData("cells:\n  1:\n    file: none", "line 3\\): \"file\" .* did you mean \"files\"")]
    [InlineData("cells:\n  1:\n    files:\n      creates: x", "line 4\\): \"creates\" .* did you mean \"created\"")]
    [InlineData("cells:\n  1:\n    runs:\n      named:\n        r:\n          metric: {a: 1}", "line 6\\): \"metric\" .* did you mean \"metrics\"")]
    [InlineData("cells:\n  1:\n    registered-models:\n      named:\n        m:\n          alias: {a: 1}", "line 6\\): \"alias\" .* did you mean \"aliases\"")]
    [InlineData("cells:\n  2:\n    files: none", "line 3 names the cell \"2\", which is not there")]
    [InlineData("cells:\n  prin:\n    files: only\n  cell-9:\n    files: only", "line 5 names the cell \"cell-9\", which is not there: there is cell-1")]
    [InlineData("cells:\n  1:\n    files: nothing", "line 3\\): files is \"nothing\"")]
    [InlineData("cells:\n  1:\n    runs: two", "line 3\\): runs is \"two\", which is no amount")]
    [InlineData("cells:\n  1: {}", "line 2\\): .* is empty")]
    [InlineData("cells:\n  1:\n    ports: open", "line 3\\): ports is \"open\": write closed")]
    [InlineData("cells:\n  1:\n    ports: {open: 99999}", "line 3\\): 99999 is no port")]
    [InlineData("cells:\n  1:\n    files:\n      created:\n        - a: {json: {x: {from: a}}}", "line 5\\): from is \"a\", which is no number")]
    [InlineData("cells:\n  1:\n    files:\n      created:\n        - a: {matches: \"(\"}", "line 5\\): \"\\(\" is no regular expression")]
    [InlineData("cells:\n  1:\n    runs:\n      named:\n        r: {nothing-else: [metric]}", "line 5\\): \"metric\" .*did you mean \"metrics\"")]
    [InlineData("cells:\n  1:\n    runs:\n      named:\n        r: {parameters: {a: {equals: 1, from: 2}}}", "line 5\\): an expected value has")]
    [InlineData("cells:\n  1:\n   files: none\n  runs: x", "line 4")]
    [InlineData("cells: [", "not YAML .*line")]
    [InlineData("notebook: {}\n---\nnotebook: {}", "two documents")]
    [InlineData("- a", "mapping")]
    public async Task What_is_not_understood_is_refused_with_its_place(string contract, string why)
    {
        var error = await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(contract, () => { }, "print one"));

        Assert.Matches($"(?s)lesson.contract.yml.*{why}|{why}", error.Message);
        Assert.Contains("lesson.contract.yml", error.Message);
    }

    [Fact]
    public async Task A_contract_is_read_also_when_nothing_is_executed()
    {
        Folder.Write("lesson.contract.yml", "cel: 1");
        var path = Save("print one");

        await Assert.ThrowsAsync<NotebookRunException>(() => new NotebookRunner(Checked).InspectAsync(path, Token));
    }

    [Fact]
    public async Task A_promise_in_text_is_refused()
    {
        var path = Folder.Write("lesson.ipynb", TestNotebook.Json(ScriptedKernel.ScriptedKernelSpec.Name, "print one", TestCell.Markdown("# contract: files: none")));

        Assert.Contains("only code cells", (await Assert.ThrowsAsync<NotebookRunException>(() => RunAsync(Checked, path, Token))).Message);
    }

    [Fact]
    public async Task A_notebook_without_a_contract_is_not_looked_at() => Assert.Equal([Verdict.Passed], Verdicts(await RunAsync(Checked, "print one")));

    [Fact]
    public async Task An_empty_contract_promises_nothing() => Assert.Equal([Verdict.Passed], Verdicts(await RunAsync("# later\n", () => { }, "print one")));
}
