using System.Buffers;
using System.Text;
using MLflowSharp.Server.Scoring;

namespace MLflowSharp.Server.Tests.Scoring;

public sealed class PredictionWriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_sum_over_all_rows_is_no_row(bool asRecords) =>
        Assert.Equal("""{"predictions":{"y":[1,2],"sum":3}}""", Written(ModelData.OfOutputs([new("y", ModelTensor.Of([1f, 2])), new("sum", ModelTensor.Of([3f]).Reshape())]), asRecords));

    [Fact]
    public void Half_precision_is_written_as_numbers() =>
        Assert.Equal("""{"predictions":[0.5,NaN,-2]}""", Written(ModelData.Of(ModelTensor.Of([(Half)0.5f, Half.NaN, (Half)(-2)])), false));

    [Fact]
    public void A_table_is_answered_row_by_row() =>
        Assert.Equal("""{"predictions":[{"y":1,"p":[0.5,0.5]},{"y":2,"p":[NaN,Infinity]}]}""", Written(ModelData.Of([new("y", ModelTensor.Of([1L, 2])), new("p", ModelTensor.Of([0.5f, 0.5f, float.NaN, float.PositiveInfinity], 2, 2))]), true));

    private static string Written(ModelData predictions, bool asRecords)
    {
        var json = new ArrayBufferWriter<byte>();
        PredictionWriter.Write(json, predictions, asRecords);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }
}
