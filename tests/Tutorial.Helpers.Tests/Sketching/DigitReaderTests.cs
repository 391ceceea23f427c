using MLflowSharp;
using MLflowSharp.Onnx;
using Tutorial.Helpers.Tests.Pictures;

namespace Tutorial.Helpers.Tests.Sketching;

/// <summary>What is drawn, read by a network that has learned MNIST.</summary>
public sealed class DigitReaderTests(TrainedNetwork trained) : IClassFixture<TrainedNetwork>
{
    [Fact]
    public void Nine_of_ten_drawings_are_read_rightly_with_the_centring_and_fewer_without()
    {
        var reader = new DigitReader(("champion", trained.Model));
        var right = Enum.GetValues<DigitFit>().ToDictionary(fit => fit, fit => Share(reader, fit));

        Assert.True(SampleDrawings.All.Count >= 50);
        Assert.True(right[DigitFit.CentreOfMass] >= 0.9, string.Join(", ", right));
        Assert.True(right[DigitFit.CentreOfMass] > right[DigitFit.WholeCanvas] + 0.1, string.Join(", ", right));
    }

    [Fact]
    public void Pictures_of_paper_are_read_as_well()
    {
        var pictures = DigitPictures.Load(SamplePicturesTests.Folder);

        Assert.Equal(Enumerable.Range(0, 10).SelectMany(digit => new[] { digit, digit }), pictures.ToLabels());
        var answers = trained.Model.Predict(pictures.ToRows()).Single().Value.AsType<double>().ToRows();
        Assert.True(answers.Zip(pictures).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second.Label) >= 18);
    }

    [Fact]
    public void A_drawing_is_shown_with_bars_for_each_model()
    {
        var reader = new DigitReader(("champion", trained.Model), ("a < b", trained.Model));
        var seven = SampleDrawings.All.First(sample => sample is { Digit: 7, Manner: "plain" }).Drawing;

        Assert.Equal([7, 7], reader.Read(seven).Select(answer => answer.Digit));
        var html = reader.ToHtml(seven.ToJson());
        Assert.Contains("<b>champion</b>", html, StringComparison.Ordinal);
        Assert.Contains("<b>a &lt; b</b>", html, StringComparison.Ordinal);
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.Empty(reader.Read(DigitDrawing.Parse("")));
        Assert.Contains("<b>champion</b>", reader.ToHtml(""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_holds_the_weights_and_nothing_from_elsewhere()
    {
        var file = Path.Combine(trained.Folder, "digits.html");
        DigitPage.Write(file, ("champion </script>", trained.Model));

        var page = File.ReadAllText(file);

        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("champion </script>", page, StringComparison.Ordinal);
        Assert.InRange(page.Length, 550_000, 700_000);
    }

    [Fact]
    public void A_network_that_a_page_cannot_compute_is_refused_by_its_operator()
    {
        var other = new OnnxGraphBuilder("other").Input("x", 784).Node("Sigmoid", "y", ["x"]).Output("y", 784).Build();

        Assert.Contains("operator Sigmoid", Assert.Throws<NotSupportedException>(() => DigitPage.WithNetworks(("other", other))).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => DigitPage.WithNetworks(("nothing", [1, 2, 3])));
        Assert.Throws<ArgumentException>(() => DigitPage.WithNetworks());
    }

    [Fact]
    public void Feedback_is_kept_with_its_label_and_logged()
    {
        using var client = new MlflowClient($"sqlite:///{Path.Combine(trained.Folder, "mlflow.db")}");
        var run = client.CreateRun(client.CreateExperiment("feedback")).Info.RunId;
        var feedback = new DigitFeedback(client, run);

        feedback.Keep(SampleDrawings.All[0].Drawing.ToJson(), 0);
        feedback.Keep(SampleDrawings.All[3].Drawing.ToJson(), 1);

        var logged = DigitFeedback.Read(File.ReadAllText(client.DownloadArtifacts(run, DigitFeedback.ArtifactFile)));
        Assert.Equal([0, 1], logged.Select(sample => sample.Digit));
        Assert.Equal(SampleDrawings.All[3].Drawing.ToImage().Pixels.ToArray(), logged[1].Drawing.ToImage().Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => feedback.Keep("", 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => feedback.Keep(SampleDrawings.All[0].Drawing.ToJson(), 10));
        Assert.Equal(2, feedback.Kept.Count);
        Assert.Throws<FormatException>(() => DigitFeedback.Read("{}"));
    }

    private static double Share(DigitReader reader, DigitFit fit) =>
        SampleDrawings.All.Average(sample => reader.Read(sample.Drawing, fit)[0].Digit == sample.Digit ? 1.0 : 0);
}
