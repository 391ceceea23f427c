using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML.Tests.Autologging;

public sealed class DataDescriptionTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Any_change_of_a_value_a_name_or_an_order_changes_the_fingerprint()
    {
        string[] digests =
        [
            Of([new() { Text = "ab", More = "c" }]), Of([new() { Text = "a", More = "bc" }]), Of([new() { Text = "AB", More = "c" }]),
            Of([new() { Number = -0.0f }]), Of([new() { Number = 0.0f }]), Of([new() { Number = float.NaN }]), Of([new() { Time = new(2026, 1, 1) }]),
            Of([new() { Words = ["a", "b"] }]), Of([new() { Words = ["ab"] }]), Of([new() { Yes = true }]), Of([]), Of([new(), new()]), Of([new() { Text = "ünï 😀" }]),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
        Assert.Equal(Of([new() { Text = "ünï 😀", Words = ["x"] }]), Of([new() { Text = "ünï 😀", Words = ["x"] }]));
    }

    [Fact]
    public void Rows_that_store_their_zeros_and_rows_that_do_not_are_the_same()
    {
        var sparse = _context.Data.LoadFromEnumerable([new Bag { Values = new VBuffer<float>(4, 1, [7f], [2]) }]);
        var dense = _context.Data.LoadFromEnumerable([new Bag { Values = new VBuffer<float>(4, [0f, 0f, 7f, 0f]) }]);
        Assert.Equal(DataDescription.Of(sparse, NoTags).Digest, DataDescription.Of(dense, NoTags).Digest);
    }

    [Fact]
    public void Keys_and_what_ML_NET_makes_itself_are_taken_too()
    {
        var data = _context.Data.LoadFromEnumerable(Sample.Create(10));
        var made = _context.Transforms.Conversion.MapValueToKey("Key", "Kind").Append(_context.Transforms.Categorical.OneHotEncoding("Hot", "Kind"))
            .Append(_context.Transforms.Text.TokenizeIntoCharactersAsKeys("Letters", "Kind")).Fit(data).Transform(data);
        var dataset = DataDescription.Of(made, NoTags);
        Assert.NotEqual(DataDescription.Of(data, NoTags).Digest, dataset.Digest);
        Assert.Contains("\"name\":\"Hot\"", dataset.Schema, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> NoTags => [];

    private string Of(IEnumerable<Row> rows) => DataDescription.Of(_context.Data.LoadFromEnumerable(rows), NoTags).Digest;

    private sealed class Row
    {
        public string Text { get; set; } = "";

        public string More { get; set; } = "";

        public float Number { get; set; } = 1;

        public bool Yes { get; set; }

        public DateTime Time { get; set; }

        public string[] Words { get; set; } = [];
    }

    private sealed class Bag
    {
        [VectorType(4)]
        public VBuffer<float> Values { get; set; }
    }
}
