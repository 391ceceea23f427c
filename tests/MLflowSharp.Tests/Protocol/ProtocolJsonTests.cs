using System.Text;
using System.Text.Json;
using MLflowSharp.Protocol;

namespace MLflowSharp.Tests.Protocol;

public sealed class ProtocolJsonTests
{
    [Theory]
    [InlineData("""{"metrics":[{"key":"NaN and \"-Infinity\"","value":NaN},{"key":"a","value": -Infinity},{"key":"b","value":Infinity}]}""")]
    [InlineData("""{"metrics":[{"key":"NaN and \"-Infinity\"","value":"NaN"},{"key":"a","value":"-Infinity"},{"key":"b","value":"Infinity"}]}""")]
    public void NaN_and_infinities_are_read_bare_and_as_texts_and_written_as_texts(string json)
    {
        var answer = Read<MetricHistoryResponse>(json);

        Assert.Equal("NaN and \"-Infinity\"", answer.Metrics![0].Key);
        Assert.Equal([double.NaN, double.NegativeInfinity, double.PositiveInfinity], answer.Metrics.Select(metric => metric.Value!.Value));
        Assert.Contains("\"value\":\"NaN\"", Encoding.UTF8.GetString(ProtocolJson.Write(answer)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("{}")]
    [InlineData("null")]
    public void An_answer_without_content_is_an_empty_message(string json) => Assert.Null(Read<RunResponse>(json).Run);

    [Theory]
    [InlineData("{nope")]
    [InlineData("[]")]
    [InlineData("200 OK")]
    [InlineData("{\"run\":NaN}")]
    [InlineData("{\"run\":{\"info\":{\"start_time\":99999999999999999999}}}")]
    public void What_is_no_such_message_is_refused(string json) => Assert.Throws<JsonException>(() => Read<RunResponse>(json));

    [Theory]
    [InlineData("9223372036854775807", 253402300799999)]
    [InlineData("-9223372036854775808", -62135596800000)]
    public void Times_that_no_clock_shows_become_the_nearest_that_one_can_show(string milliseconds, long expected) =>
        Assert.Equal(expected, Read<RunResponse>("""{"run":{"info":{"start_time":TIME}}}""".Replace("TIME", milliseconds, StringComparison.Ordinal)).Run!.ToEntity().Info.StartTime!.Value.ToUnixTimeMilliseconds());

    [Fact]
    public void Enumerations_are_written_by_MLflows_names()
    {
        Assert.Equal("""{"status":"LOGGED_MODEL_UPLOAD_FAILED"}""", Write(new FinalizeLoggedModelRequest { Status = LoggedModelStatus.UploadFailed }));
        Assert.Equal("""{"status":"LOGGED_MODEL_STATUS_UNSPECIFIED"}""", Write(new FinalizeLoggedModelRequest { Status = LoggedModelStatus.Unspecified }));
        Assert.Equal("""{"status":"FINISHED"}""", Write(new UpdateRunRequest { Status = RunStatus.Finished }));
        Assert.Equal("""{"view_type":"DELETED_ONLY"}""", Write(new SearchExperimentsRequest { ViewType = ViewType.DeletedOnly }));
        Assert.Equal("""{"status":"PENDING_REGISTRATION"}""", Write(new ModelVersionMessage { Status = ModelVersionStatus.PendingRegistration }));
    }

    [Fact]
    public void Enumerations_are_read_by_name_and_number_and_are_not_set_when_unknown()
    {
        Assert.Equal(RunStatus.Killed, Read<UpdateRunRequest>("""{"status":"KILLED"}""").Status);
        Assert.Equal(RunStatus.Killed, Read<UpdateRunRequest>("""{"status":5}""").Status);
        Assert.Null(Read<UpdateRunRequest>("""{"status":"DONE"}""").Status);
        Assert.Null(Read<UpdateRunRequest>("""{"status":77}""").Status);
        Assert.Throws<JsonException>(() => Read<UpdateRunRequest>("""{"status":[]}"""));
    }

    [Fact]
    public void A_query_repeats_lists_and_escapes_what_has_a_meaning()
    {
        var request = new GetMetricHistoryIntervalRequest { RunIds = ["a", "b&c"], MetricKey = "ä = 1", MaxResults = 3 };

        var query = ProtocolQuery.Write(request);

        Assert.Equal("?run_ids=a&run_ids=b%26c&metric_key=%C3%A4%20%3D%201&max_results=3", query);
    }

    [Fact]
    public void A_query_is_read_into_lists_numbers_and_truth_values()
    {
        var request = ProtocolQuery.Read<TransitionStageRequest>([new("name", "m"), new("archive_existing_versions", "true"), new("unknown", "x")]);
        var history = ProtocolQuery.Read<GetMetricHistoryBulkRequest>([new("run_id", "a"), new("run_id", "b"), new("max_results", "7")]);

        Assert.True(request.ArchiveExistingVersions);
        Assert.Equal(["a", "b"], history.RunId!);
        Assert.Equal(7, history.MaxResults);
        Assert.Throws<JsonException>(() => ProtocolQuery.Read<GetMetricHistoryBulkRequest>([new("max_results", "many")]));
    }

    [Fact]
    public void A_route_takes_its_values_escaped() =>
        Assert.Equal("api/2.0/mlflow/logged-models/m-1/tags/a%2Fb%3F", Endpoints.DeleteLoggedModelTag.RouteOf("m-1", "a/b?"));

    private static T Read<T>(string json)
        where T : class, new() => ProtocolJson.Read<T>(Encoding.UTF8.GetBytes(json));

    private static string Write<T>(T message)
        where T : class => Encoding.UTF8.GetString(ProtocolJson.Write(message));
}
