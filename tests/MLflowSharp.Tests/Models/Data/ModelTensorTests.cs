namespace MLflowSharp.Tests.Models.Data;

public sealed class ModelTensorTests
{
    [Fact]
    public void Of_each_row_it_is_told_where_the_highest_value_stands() =>
        Assert.Equal([1, 0, 2], ModelTensor.OfArray(new[] { new[] { 0.1f, 0.7f, 0.7f }, [0.5f, 0.3f, 0.2f], [-3f, -2f, -1f] }).ArgMax());

    [Fact]
    public void What_has_no_rows_of_numbers_is_refused()
    {
        Assert.Contains("float32 (3,)", Assert.Throws<MlflowException>(() => ModelTensor.OfArray(new[] { 1f, 2f, 3f }).ArgMax()).Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.InvalidParameterValue, Assert.Throws<MlflowException>(() => ModelTensor.OfArray(new[,] { { "a", "b" } }).ArgMax()).ErrorCode);
    }
}
