using System.Text;
using MLflowSharp.Protocol;
using MLflowSharp.Server.Messages;

namespace MLflowSharp.Server.Tests.Messages;

public sealed class MessageReaderTests
{
    private static readonly string[] Required = ["run_id", "key"];

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{nope")]
    [InlineData("[1, 2]")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"{nope\"")]
    public void What_is_no_object_counts_as_nothing(string body) => Assert.Equal(new LogMetricRequest(), Read(body));

    [Fact]
    public void A_text_that_holds_the_message_is_read_again() =>
        Assert.Equal("loss", Read(""" "{\"run_id\": \"r\", \"key\": \"loss\"}" """).Key);

    [Fact]
    public void A_message_ends_where_a_value_does_not_fit()
    {
        var request = Read("""{"run_id": "r", "key": "k", "timestamp": 1.5, "step": 3}""");

        Assert.Equal(("r", "k", null, null), (request.RunId, request.Key, request.Timestamp, request.Step));
    }

    [Theory]
    [InlineData("""{"run_id": 5, "key": "k"}""", "Invalid value 5 for parameter 'run_id' supplied:  Hint: Value was of type 'int'.")]
    [InlineData("""{"run_id": "r", "key": ["k"]}""", "Invalid value [\"k\"] for parameter 'key' supplied:  Hint: Value was of type 'list'.")]
    [InlineData("""{"run_id": "r", "key": "k", "step": "many"}""", "Invalid value \"many\" for parameter 'step' supplied:  Hint: Value was of type 'str'.")]
    [InlineData("""{"run_id": "r", "key": "k", "step": {}}""", "Invalid value {} for parameter 'step' supplied:  Hint: Value was of type 'dict'.")]
    [InlineData("""{"key": "k", "step": 1e400}""", "Missing value for required parameter 'run_id'.")]
    public void A_value_that_cannot_be_meant_is_refused(string body, string message) =>
        Assert.StartsWith(message, Assert.Throws<MlflowException>(() => Read(body)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_value_is_not_sent_back_whole()
    {
        var error = Assert.Throws<MlflowException>(() => Read($$"""{"run_id": ["{{new string('x', 5000)}}"], "key": "k"}"""));

        Assert.InRange(error.Message.Length, 200, 500);
    }

    [Fact]
    public void A_list_with_something_wrong_inside_is_refused_whole()
    {
        var body = """{"run_id": "r", "metrics": [{"key": "a", "value": 1, "timestamp": 1}, {"key": "b", "value": "high", "timestamp": 1}]}""";

        var error = Assert.Throws<MlflowException>(() => MessageReader<LogBatchRequest>.FromBody(Encoding.UTF8.GetBytes(body), ["run_id"]));

        Assert.StartsWith("Invalid value for parameter 'metrics' supplied, at $.metrics[1].value", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_is_read_as_forgivingly()
    {
        var request = MessageReader<GetMetricHistoryRequest>.FromQuery([new("run_id", "r"), new("max_results", "99999999999999999999"), new("unknown", "x")], []);
        Assert.Equal(("r", null), (request.RunId, request.MaxResults));

        Assert.StartsWith("Invalid value \"few\"", Assert.Throws<MlflowException>(
            () => MessageReader<GetMetricHistoryRequest>.FromQuery([new("max_results", "few")], [])).Message, StringComparison.Ordinal);
    }

    private static LogMetricRequest Read(string body) => MessageReader<LogMetricRequest>.FromBody(Encoding.UTF8.GetBytes(body), body.Contains("key", StringComparison.Ordinal) ? Required : []);
}
