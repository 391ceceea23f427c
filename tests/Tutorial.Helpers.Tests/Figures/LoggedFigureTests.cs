using System.Text;
using MLflowSharp;

namespace Tutorial.Helpers.Tests;

[Collection(nameof(OneAfterAnother))]
public sealed class LoggedFigureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("figures-").FullName;

    public LoggedFigureTests() => Mlflow.SetTrackingUri(
        $"sqlite:///{Path.Combine(_folder, "mlflow.db")}", new MlflowClientOptions { DefaultArtifactRoot = Path.Combine(_folder, "mlruns") });

    public void Dispose()
    {
        Mlflow.SetTrackingUri("");
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("lines", "charts/loss.svg", "<svg ")]
    [InlineData("lines", "charts/loss.json", "{\"data\":")]
    [InlineData("digits", "digits.PNG", "\u0089PNG")]
    [InlineData("network", "network.html", "<!DOCTYPE html>")]
    public void A_figure_becomes_an_artifact_in_the_form_its_name_asks_for(string name, string file, string start)
    {
        using var run = Mlflow.StartRun();

        Mlflow.LogFigure(Samples.Figure(name), file);

        Assert.StartsWith(start, File.ReadAllText(run.Client.DownloadArtifacts(run.RunId, file), Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_the_figure_has_not_is_refused_with_those_it_has()
    {
        using var run = Mlflow.StartRun();

        var error = Assert.Throws<MlflowException>(() => Mlflow.LogFigure(Samples.Figure("digits"), "digits.gif"));

        Assert.Contains(".html, .png, .svg", error.Message, StringComparison.Ordinal);
    }
}
