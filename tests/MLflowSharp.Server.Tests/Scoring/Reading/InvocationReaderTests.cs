using System.Text;
using MLflowSharp.Server.Scoring.Reading;

namespace MLflowSharp.Server.Tests.Scoring.Reading;

public sealed class InvocationReaderTests
{
    private static readonly FieldSpec[] Matrix = [new TensorSpec("float32", [-1, 2])];
    private static readonly FieldSpec[] Image = [new TensorSpec("float32", [-1, 1, 2, 2])];
    private static readonly FieldSpec[] Pair = [new TensorSpec("float32", [-1, 2], "a"), new TensorSpec("int64", [-1], "b")];
    private static readonly FieldSpec[] Columns = [new ColSpec("float", "width"), new ColSpec("long", "count"), new ColSpec("string", "name")];

    [Theory]
    [InlineData("""{"inputs": [[1, 2], [3, 4.5]]}""")]
    [InlineData("""{"instances": [[1, 2], [3, 4.5]]}""")]
    [InlineData("""{"dataframe_split": {"columns": ["x", "y"], "data": [[1, 2], [3, 4.5]]}}""")]
    [InlineData("""{"dataframe_split": {"data": [[1, 2], [3, 4.5]], "index": [0, 1], "columns": [0, 1]}}""")]
    [InlineData("""{"dataframe_split": {"data": [[1, 2], [3, 4.5]]}}""")]
    [InlineData("""{"dataframe_records": [{"x": 1, "y": 2}, {"y": 4.5, "x": 3}]}""")]
    [InlineData("""{ "params" : { "top": 1 } , "inputs" : [ [ 1.0 , "2" ] , [ 3e0 , 45E-1 ] ] , "other" : {"a": [null, true, "\""]} }""")]
    public void A_matrix_comes_in_every_format(string json)
    {
        var data = Read(Matrix, json).Data;

        Assert.Equal("float32 (2, 2)", data.Tensor.ToString());
        Assert.Equal([1, 2, 3, 4.5f], data.Tensor.As<float>().Values.ToArray());
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,4.5\n")]
    [InlineData("\uFEFF\"x\",\"y, too\"\r\n1,2\r\n\r\n3,\"4.5\"")]
    public void A_matrix_comes_as_CSV(string csv)
    {
        var invocation = new InvocationReader(Matrix).ReadCsv(Encoding.UTF8.GetBytes(csv));

        Assert.True(invocation.IsFrame);
        Assert.Equal([1, 2, 3, 4.5f], invocation.Data.Tensor.As<float>().Values.ToArray());
    }

    [Theory]
    [InlineData("""{"inputs": [[[[1, 2], [3, 4]]]]}""")]
    [InlineData("""{"dataframe_split": {"columns": ["image"], "data": [[[1, 2, 3, 4]]]}}""")]
    [InlineData("""{"dataframe_records": [{"image": [[[1, 2], [3, 4]]]}]}""")]
    public void An_image_comes_nested_or_in_one_column(string json) =>
        Assert.Equal("float32 (1, 1, 2, 2)", Read(Image, json).Data.Tensor.ToString());

    [Theory]
    [InlineData("""{"inputs": {"a": [[1, 2], [3, 4]], "b": [5, 6], "more": [7]}}""")]
    [InlineData("""{"instances": [{"a": [1, 2], "b": 5}, {"b": 6, "a": [3, 4]}]}""")]
    [InlineData("""{"dataframe_records": [{"a": [1, 2], "b": 5}, {"a": [3, 4], "b": 6}]}""")]
    public void Tensors_come_by_name(string json)
    {
        var data = Read(Pair, json).Data;

        Assert.Equal(["a", "b"], data.Names);
        Assert.Equal([1, 2, 3, 4f], data["a"].As<float>().Values.ToArray());
        Assert.Equal([5L, 6], data["b"].As<long>().Values.ToArray());
    }

    [Theory]
    [InlineData("""{"dataframe_split": {"columns": ["name", "more", "count", "width"], "data": [["ä", [1], 2, 1.5], ["b", {}, 9007199254740993, 3]]}}""")]
    [InlineData("""{"dataframe_records": [{"name": "\u00e4", "count": 2, "width": 1.5}, {"width": 3, "count": 9007199254740993, "name": "b"}]}""")]
    [InlineData("""{"inputs": {"name": ["ä", "b"], "count": [2, 9007199254740993], "width": [1.5, 3]}}""")]
    [InlineData("""{"inputs": [[1.5, 2, "ä"], [3, 9007199254740993, "b"]]}""")]
    public void Columns_come_in_their_types_and_others_are_left_out(string json)
    {
        var data = Read(Columns, json).Data;

        Assert.Equal([1.5f, 3], data["width"].As<float>().Values.ToArray());
        Assert.Equal([2L, 9007199254740993], data["count"].As<long>().Values.ToArray());
        Assert.Equal(["ä", "b"], data["name"].As<string>().Values.ToArray());
        Assert.Equal(3, data.Count);
    }

    [Fact]
    public void What_is_missing_is_not_a_number()
    {
        Assert.Equal([1, float.NaN, float.NaN, 4], Read(Matrix, """{"inputs": [[1, null], [NaN, 4]]}""").Data.Tensor.As<float>().Values.ToArray());
        Assert.Equal([1, float.NaN], new InvocationReader(Matrix).ReadCsv("x,y\n1,\n"u8).Data.Tensor.As<float>().Values.ToArray());
        Assert.Equal([1, float.NaN], Read([new ColSpec("float", "x")], """{"dataframe_records": [{"x": 1}, {"y": 2}]}""").Data["x"].As<float>().Values.ToArray());
    }

    [Theory]
    [InlineData(", ")]
    [InlineData(",")]
    [InlineData(" ,\n ")]
    public void Many_rows_come_with_every_value_in_its_place(string separator)
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 300 * 50).Select(_ => random.Next(4) == 0 ? random.NextSingle() : 0f).ToArray();
        foreach (var zero in new[] { "0.0", "0" })
        {
            var rows = values.Chunk(50).Select(row => $"[{string.Join(separator, row.Select(value => value == 0 ? zero : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]");

            var tensor = Read([new TensorSpec("float32", [-1, 50])], $"{{\"inputs\": [{string.Join(separator, rows)}]}}").Data.Tensor;

            Assert.Equal([300, 50], tensor.Shape);
            Assert.Equal(values, tensor.As<float>().Values.ToArray());
        }
    }

    [Fact]
    public void Half_precision_comes_rounded() =>
        Assert.Equal([(Half)0.1f, Half.PositiveInfinity, Half.NaN], Read([new TensorSpec("float16", [-1])], """{"inputs": [0.1, 1e6, null]}""").Data.Tensor.As<Half>().Values.ToArray());

    [Fact]
    public void A_value_without_a_list_has_no_dimension() => Assert.Equal("float32 ()", Read(Matrix, """{"inputs": 5}""").Data.Tensor.ToString());

    [Theory]
    [InlineData("", "Ensure that input is a valid JSON formatted string")]
    [InlineData("{", "Ensure that input is a valid JSON formatted string")]
    [InlineData("""{"inputs": [[1, 2}""", "at byte 17, ',' or ']' was expected, and '}' found")]
    [InlineData("""{"inputs": [[1, 2]]} x""", "the end was expected, and 'x' found")]
    [InlineData("""{"inputs": [[1, 02]]}""", "a number was expected, and '0' found")]
    [InlineData("[[1, 2]]", "Received a list")]
    [InlineData("{}", "exactly one of the input fields inputs, instances, dataframe_split, dataframe_records. Received dictionary with input fields: []")]
    [InlineData("""{"inputs": [[1, 2]], "instances": [[1, 2]]}""", "['inputs', 'instances']")]
    [InlineData("""{"inputs": [["a", 2]]}""", "could not convert string to float: 'a'")]
    [InlineData("""{"inputs": [[1, 2], [3]]}""", "a list has 1 items where others have 2")]
    [InlineData("""{"inputs": [[1, [2]]]}""", "lists and values are mixed")]
    [InlineData("""{"inputs": [[1, 2], 3]}""", "All rows must have the same shape")]
    [InlineData("""{"inputs": [[1, {}]]}""", "A value was expected, and an object found")]
    [InlineData("""{"inputs": {"a": [[1, 2]]}}""", "un-named model signature")]
    [InlineData("""{"instances": [{"a": [1, 2]}]}""", "un-named model signature")]
    [InlineData("""{"dataframe_split": [[1, 2]]}""", "split format must be a dictionary")]
    [InlineData("""{"dataframe_split": {"columns": ["x"]}}""", "must have 'data' field")]
    [InlineData("""{"dataframe_split": {"rows": [], "data": []}}""", "Got 'rows'")]
    [InlineData("""{"dataframe_split": {"columns": ["x"], "data": [[1, 2]]}}""", "more values than the 1 columns")]
    [InlineData("""{"dataframe_records": {"x": 1}}""", "must be a list of records")]
    [InlineData("""{"inputs": [[1, 2]], "params": 3}""", "Parameters must be a dictionary")]
    public void What_does_not_fit_is_said_in_a_line(string json, string reason)
    {
        var refusal = Assert.Throws<MlflowException>(() => Read(Matrix, json));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.InRange(refusal.Message.Length, 1, 300);
    }

    [Fact]
    public void A_wrong_picture_is_not_sent_back()
    {
        var pixels = string.Join(", ", Enumerable.Range(0, 783).Select(pixel => $"0.{pixel}"));

        var refusal = Assert.Throws<MlflowException>(() => Read([new TensorSpec("float32", [-1, 784])], "{\"dataframe_split\": {\"data\": [[" + pixels + "]]}}"));

        Assert.Contains("783 columns", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 1, 300);
    }

    [Fact]
    public void Lists_without_end_are_refused()
    {
        foreach (var key in new[] { "inputs", "other" })
            Assert.Equal(ErrorCode.BadRequest, Assert.Throws<MlflowException>(() => Read(Matrix, $$"""{"{{key}}": {{new string('[', 100_000)}}""")).ErrorCode);
    }

    [Theory]
    [InlineData("""{"inputs": [1.5]}""", "1.5 is no value of int64")]
    [InlineData("""{"inputs": [1e30]}""", "is no value of int64")]
    [InlineData("""{"inputs": [null]}""", "A value is missing")]
    public void What_a_whole_number_cannot_hold_is_refused(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<MlflowException>(() => Read([new TensorSpec("int64", [-1])], json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("x,y\n1\n", "line 2 has 1 fields where there are 2 columns")]
    [InlineData("x,y\n1,\"2\n", "a quotation mark has no end")]
    [InlineData("", "the first line must name the columns")]
    [InlineData("x,y\na,2\n", "could not convert string to float: 'a'")]
    public void CSV_that_does_not_fit_is_refused_with_the_line(string csv, string reason) =>
        Assert.Contains(reason, Assert.Throws<MlflowException>(() => new InvocationReader(Matrix).ReadCsv(Encoding.UTF8.GetBytes(csv))).Message, StringComparison.Ordinal);

    private static Invocation Read(IReadOnlyList<FieldSpec> inputs, string json) => new InvocationReader(inputs).ReadJson(Encoding.UTF8.GetBytes(json));
}
