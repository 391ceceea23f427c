namespace Tutorial.Helpers.Tests.Sketching;

public sealed class DigitDrawingTests
{
    [Fact]
    public void A_drawing_is_read_as_it_was_written()
    {
        var drawing = new DigitDrawing([[new(1, 2), new(3.5, 4)], [new(5, 6)]], 100, 50, 7);

        var again = DigitDrawing.Parse(drawing.ToJson());

        Assert.Equal((100, 50, 7), (again.Width, again.Height, again.Brush));
        Assert.Equal(drawing.Strokes.SelectMany(stroke => stroke), again.Strokes.SelectMany(stroke => stroke));
        Assert.Equal(2, DigitDrawing.Parse("[[[1, 2], [3, 4]], [[5, 6]]]").Strokes.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"strokes": []}""")]
    [InlineData("""{"strokes": [[]]}""")]
    public void A_drawing_without_ink_is_empty_and_black(string json)
    {
        var drawing = DigitDrawing.Parse(json);

        Assert.True(drawing.IsEmpty);
        Assert.All(Enum.GetValues<DigitFit>(), fit => Assert.DoesNotContain(drawing.ToImage(fit).Pixels.ToArray(), pixel => pixel > 0));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("3")]
    [InlineData("""{"strokes": 3}""")]
    [InlineData("""{"strokes": [[[1]]]}""")]
    [InlineData("""{"strokes": [[["a", 2]]]}""")]
    [InlineData("""{"strokes": [[null]]}""")]
    [InlineData("""{"strokes": [[[1, 2]]], "brush": 0}""")]
    public void What_is_no_drawing_is_refused(string json) =>
        Assert.Contains("\"strokes\"", Assert.Throws<FormatException>(() => DigitDrawing.Parse(json)).Message, StringComparison.Ordinal);
}
