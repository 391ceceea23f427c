namespace MLflowSharp.Tests.Models.Loading;

/// <summary>What does not fit a signature is refused in one line: the column or shape, what was expected, what was found.</summary>
public sealed class SchemaEnforcementTests : IDisposable
{
    private static readonly ModelSignature Images = new([new TensorSpec("float32", [-1, 784])]);
    private static readonly ModelSignature Flowers = new(
    [
        new ColSpec("double", "height"), new ColSpec("long", "petals"), new ColSpec("string", "colour", Required: false),
    ]);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_wrong_width_names_both_shapes() =>
        Refuses(Images, new float[1, 10], "The input: expected shape (-1, 784), found (1, 10).");

    [Fact]
    public void A_single_row_gets_a_hint() =>
        Refuses(Images, new float[784], "The input: expected shape (-1, 784), found (784,). For a single row give an array of one row.");

    [Fact]
    public void One_image_of_two_dimensions_gets_a_hint() =>
        Refuses(Images, new float[28, 28], "The input: expected shape (-1, 784), found (28, 28). All of these values together are as many as one row has: put them into an array of one row.");

    [Fact]
    public void Images_of_two_dimensions_get_a_hint() =>
        Refuses(Images, new float[3, 28, 28], "The input: expected shape (-1, 784), found (3, 28, 28). The values are as many: Reshape(-1, 784) fits them in.");

    [Fact]
    public void A_model_of_fixed_size_says_how_many_rows_it_takes()
    {
        var pairs = new ModelSignature([new TensorSpec("float32", [2, 3])]);

        Refuses(pairs, new float[1, 3], "The input: expected shape (2, 3), found (1, 3). The model takes 2 rows at a time.");
        Refuses(pairs, new float[4, 1, 3], "The input: expected shape (2, 3), found (4, 1, 3).");
    }

    [Fact]
    public void A_cast_that_loses_digits_is_refused_by_name() =>
        Refuses(Images, new double[1, 784], "The input: expected float32, found float64: a cast from float64 would lose digits; cast it yourself if that is meant.");

    [Fact]
    public void A_number_with_too_many_digits_is_named() =>
        Refuses(new([new TensorSpec("float32", [-1])]), new[] { 1, 16_777_217 }, "The input: expected float32, found int32: 16777217 has too many digits for float32.");

    [Fact]
    public void Rows_of_different_lengths_are_named()
    {
        var error = Assert.Throws<MlflowException>(() => (ModelData)new float[][] { [1, 2], [1, 2, 3] });

        Assert.Equal("All rows must be alike, but row 0 is float32 (2,) and row 1 is float32 (3,).", error.Message);
    }

    [Fact]
    public void A_missing_column_is_named_with_the_nearest() =>
        Refuses(
            Flowers, ModelData.FromColumns(new { Height = new[] { 1.5 }, petals = new[] { 5 } }),
            "Column 'height' is missing: expected 3 columns (height, petals, colour), found 2 (Height, petals). Is it 'Height'?");

    [Fact]
    public void A_column_of_another_type_is_named() =>
        Refuses(Flowers, ModelData.FromColumns(new { height = new[] { "high" }, petals = new[] { 5 } }), "Column 'height': expected double, found string: str is not cast to float64.");

    [Fact]
    public void A_column_that_would_lose_its_fractions_is_named() =>
        Refuses(
            Flowers, ModelData.FromColumns(new { height = new[] { 1.5 }, petals = new[] { 5.5 } }),
            "Column 'petals': expected long, found double: a cast from float64 would lose digits; cast it yourself if that is meant.");

    [Fact]
    public void A_tensor_instead_of_columns_is_refused() =>
        Refuses(Flowers, new double[2, 3], "The input: expected 3 columns by name (height, petals, colour), found one tensor without a name, float64 (2, 3).");

    [Fact]
    public void Names_instead_of_one_tensor_are_refused() =>
        Refuses(
            new([new TensorSpec("float32", [-1, 1, 28, 28])]), ModelData.FromColumns(new { a = new float[1], b = new float[1] }),
            "The input: expected one tensor without a name, float32 (-1, 1, 28, 28), found 2 by name (a, b).");

    [Fact]
    public void No_message_shows_the_values()
    {
        var error = Assert.Throws<MlflowException>(() => Load(Images).Predict(new float[100, 783]));

        Assert.True(error.Message.Length < 100, error.Message);
    }

    [Fact]
    public void Whole_numbers_become_longer_and_floats_where_each_survives()
    {
        var given = Load(Flowers).Predict(ModelData.FromColumns(new { petals = new short[] { 5 }, height = new[] { 2 } }));

        Assert.Equal(["height", "petals"], given.Names);
        Assert.Equal([2.0], given["height"].As<double>().Values.ToArray());
        Assert.Equal([5L], given["petals"].As<long>().Values.ToArray());
    }

    [Fact]
    public void Columns_too_many_are_left_out_with_a_warning_given_once()
    {
        using var model = Load(Flowers);
        var data = ModelData.FromColumns(new { height = new[] { 1.5 }, petals = new[] { 5 }, age = new[] { 3 } });

        model.Predict(data);

        Assert.Equal(["height", "petals"], model.Predict(data).Names);
        Assert.Equal(["The model does not know these columns, which are ignored: age."], _warnings);
    }

    [Fact]
    public void A_table_becomes_a_matrix_where_the_model_takes_one()
    {
        var given = Load(new([new TensorSpec("float32", [-1, 2])])).Predict(ModelData.FromColumns(new { a = new float[] { 1, 3 }, b = new[] { 2, 4 } }));

        Assert.Equal([1, 2, 3, 4], given.Tensor.As<float>().Values.ToArray());
    }

    [Fact]
    public void Pixels_up_to_255_where_the_model_learned_from_0_to_1_give_a_warning()
    {
        using var model = EchoFlavor.Load(_folder.FullName, Images, _warnings.Add, new InputRange(0, 1));

        model.Predict(Row(index => index % 2));
        Assert.Empty(_warnings);
        model.Predict(Row(index => index % 256 / 256f));
        Assert.Empty(_warnings);
        model.Predict(Row(index => index % 256));

        Assert.Equal(["The input holds whole numbers up to 255, but the model learned from values between 0 and 1. Divide by 255 first."], _warnings);
    }

    private static ModelData Row(Func<int, float> value) => ModelTensor.Of(Enumerable.Range(0, 784).Select(value).ToArray(), 1, 784);

    private LoadedModel Load(ModelSignature signature) => EchoFlavor.Load(_folder.FullName, signature, _warnings.Add);

    private void Refuses(ModelSignature signature, ModelData data, string message)
    {
        var error = Assert.Throws<MlflowException>(() => Load(signature).Predict(data));

        Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
        Assert.Equal(message, error.Message);
    }
}
