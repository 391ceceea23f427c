namespace MLflowSharp.Tests.Tables;

public sealed class TableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MlflowClient _client;
    private readonly string _run;

    public TableTests()
    {
        _client = _folder.NewClient();
        _run = _client.CreateRun("0").Info.RunId;
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_table_is_written_and_appended_to_as_MLflow_3_17_2_does()
    {
        _client.LogTable(_run, new Dictionary<string, object> { ["q"] = new[] { "ä/b", "x\"y" }, ["n"] = new[] { 1, 2 }, ["f"] = new[] { 0.1, double.NaN }, ["b"] = new[] { true, false }, ["o"] = new[] { null, "z" } }, "t/table.json");
        _client.LogTable(_run, new { q = new[] { "c" }, n = new[] { 3 }, extra = new[] { 1.5 } }, "t/table.json");

        // Recorded from MLflow 3.17.2 with the same calls.
        Assert.Equal(
            """{"columns":["q","n","f","b","o","extra"],"data":[["\u00e4\/b",1,0.1,true,null,null],["x\"y",2,null,false,"z",null],["c",3,null,null,null,1.5]]}""",
            Text("t/table.json"));
    }

    [Fact]
    public void Every_way_of_giving_a_table_is_understood()
    {
        _client.LogTable(_run, new { q = "scalar" }, "s.json");
        Assert.Equal("""{"columns":["q"],"data":[["scalar"]]}""", Text("s.json"));
        _client.LogTable(_run, new[] { new { a = 1, b = "x" }, new { a = 2, b = "y" } }, "rows.json");
        Assert.Equal("""{"columns":["a","b"],"data":[[1,"x"],[2,"y"]]}""", Text("rows.json"));
        _client.LogTable(_run, new { d = new[] { new DateTime(2024, 1, 2, 3, 4, 5, 678) }, l = new object[] { new[] { 1, 2 } }, m = new object[] { new { k = 1 } }, big = new[] { 1e20 } }, "d.json");
        Assert.Equal("""{"columns":["d","l","m","big"],"data":[["2024-01-02T03:04:05.678",[1,2],{"k":1},1e+20]]}""", Text("d.json"));
        Assert.Equal(
            """[{"path": "s.json", "type": "table"}, {"path": "rows.json", "type": "table"}, {"path": "d.json", "type": "table"}]""",
            _client.GetRun(_run).Data.Tags["mlflow.loggedArtifacts"]);
    }

    [Fact]
    public void Tables_of_several_runs_are_read_as_one_with_what_is_known_of_the_run()
    {
        _client.LogTable(_run, new { a = new[] { 1 }, run_id = new[] { "own" } }, "t.json");
        var other = _client.CreateRun("0").Info.RunId;
        _client.LogTable(other, new { a = new[] { 2, 3 } }, "t.json");
        _client.LogParam(other, "lr", "0.1");

        var table = _client.LoadTable("0", "t.json", extraColumns: ["run_id", "params.lr"]);
        Assert.Equal([1L, 2L, 3L], table["a"].Order());
        Assert.Equal(["own", null, null], table.Rows.OrderBy(row => row[0]).Select(row => row[table.Columns.ToList().IndexOf("run_id")] is "own" ? "own" : null));
        Assert.Contains("run_id_", table.Columns);
        Assert.Contains("0.1", table["params.lr"]);
        Assert.Equal([1L], _client.LoadTable("0", "t.json", [_run])["a"]);
        Assert.Equal(ErrorCode.ResourceDoesNotExist, Assert.Throws<MlflowException>(() => _client.LoadTable("0", "none.json")).ErrorCode);
    }

    [Fact]
    public void Images_in_a_table_are_files_beside_it()
    {
        var image = MlflowImage.FromArray(new byte[2, 2]);
        _client.LogTable(_run, new { name = new[] { "x" }, picture = new[] { image } }, "t/pictures.json");
        Assert.Matches("""\[\["x",\{"type":"image","filepath":"table_images\\/t\\/pictures\\/[0-9a-f-]{36}\.png","compressed_filepath":"table_images\\/t\\/pictures\\/[0-9a-f-]{36}\.webp"\}\]\]""", Text("t/pictures.json"));
        Assert.Equal(2, _client.ListArtifacts(_run, "table_images/t/pictures").Count);
        Assert.Throws<MlflowException>(() => _client.LogTable(_run, new { mixed = new object[] { image, "text" } }, "m.json"));
    }

    [Fact]
    public void What_cannot_be_a_table_is_refused_before_anything_is_written()
    {
        foreach (var path in (string[])["t.txt", "a'b.json", "a:b.json", "a,b.json", "../t.json", "t"])
            Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => _client.LogTable(_run, new { a = 1 }, path)).ErrorCode);
        Assert.Equal(ErrorCode.NotImplemented, Assert.Throws<MlflowException>(() => _client.LogTable(_run, new { a = 1 }, "t.parquet")).ErrorCode);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => _client.LogTable(_run, new { a = new[] { 1, 2 }, b = new[] { 1 } }, "t.json")).ErrorCode);
        _client.LogText(_run, "no table", "t.json");
        Assert.Equal(ErrorCode.DataLoss, Assert.Throws<MlflowException>(() => _client.LogTable(_run, new { a = 1 }, "t.json")).ErrorCode);
        Assert.Equal("no table", Text("t.json"));
    }

    private string Text(string path) => File.ReadAllText(_client.DownloadArtifacts(_run, path));
}
