namespace MLflowSharp.TorchSharp.Tests.Training;

public sealed class LabeledDataTests
{
    [Fact]
    public void Inputs_that_do_not_divide_into_rows_are_refused()
    {
        var error = Assert.Throws<ArgumentException>("inputs", () => new LabeledData(new float[10], new long[3]));

        Assert.Contains("10 input values do not divide into 3 rows", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_rows_is_refused() =>
        Assert.Throws<ArgumentException>("labels", () => new LabeledData(new float[10], Array.Empty<long>()));

    [Fact]
    public void A_negative_label_is_refused_with_its_place()
    {
        long[] labels = [0, 4, -2];

        var error = Assert.Throws<ArgumentException>("labels", () => new LabeledData(new float[3], labels));

        Assert.Contains("Label 2 is -2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_may_be_bytes()
    {
        byte[] labels = [7, 0];

        var data = new LabeledData(new float[6], labels);

        Assert.Equal([7L, 0L], data.Labels.ToArray());
        Assert.Equal(3, data.Width);
    }

    [Fact]
    public void Some_of_the_rows_keep_their_labels_name_and_source()
    {
        var data = new LabeledData(new float[] { 1, 2, 3, 4, 5, 6 }, new long[] { 7, 8, 9 }) { Name = "digits", Source = "a/file" };

        var some = data.Take(2);

        Assert.Equal([1, 2, 3, 4], some.Inputs.ToArray());
        Assert.Equal([7, 8], some.Labels.ToArray());
        Assert.Equal(("digits", "a/file"), (some.Name, some.Source));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void More_rows_than_there_are_or_none_cannot_be_taken(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabeledData(new float[3], new long[3]).Take(count));

    [Fact]
    public void The_record_of_data_tells_its_name_source_and_shapes_and_knows_other_values()
    {
        var data = new LabeledData(new float[] { 1, 2, 3, 4 }, new long[] { 7, 8 }) { Name = "digits", Source = "a/file" };

        var dataset = data.ToDataset();

        Assert.Equal(("digits", "local", """{"uri":"a/file"}"""), (dataset.Name, dataset.SourceType, dataset.Source));
        Assert.Contains("\"features_shape\":[2,2]", dataset.Profile, StringComparison.Ordinal);
        Assert.NotEqual(new LabeledData(new float[] { 1, 2, 3, 5 }, new long[] { 7, 8 }).ToDataset().Digest, dataset.Digest);
    }
}
