using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLflowSharp.ML.Tests.Flavor;

/// <summary>A logged pipeline scores as ML.NET does, in either of its flavors.</summary>
public sealed class MLNetModelFlavorTests : TrackedTest
{
    [Theory]
    [InlineData("mlnet", "")]
    [InlineData("onnx", ".output")]
    public void A_logged_pipeline_scores_in_its_flavors(string flavor, string suffix)
    {
        var pipeline = Context.Transforms.Conversion.MapValueToKey("Label", "Kind").Append(Context.MulticlassClassification.Trainers.SdcaMaximumEntropy())
            .Append(Context.Transforms.Conversion.MapKeyToValue("Said", "PredictedLabel"));
        var trained = pipeline.Fit(Training);
        var run = Client.CreateRun("0").Info.RunId;
        var logged = MLNetFlavor.LogModel(Client, run, Context, trained, Training.Schema);
        var scored = trained.Transform(Validation);

        using var model = Client.LoadModel(logged.ModelUri!, flavor);
        var given = model.Predict(ModelData.FromColumns(new { Features = Validation.GetColumn<float[]>("Features").ToArray() }));

        Assert.Equal(flavor, model.Flavor);
        Assert.Equal("Features float32 (-1, 3)", model.Signature!.Inputs.Single().ToString());
        Assert.Equal(scored.GetColumn<string>("Said"), given["Said" + suffix].As<string>().Values.ToArray());
        Assert.All(scored.GetColumn<float[]>("Score").SelectMany(score => score).Zip(given["Score" + suffix].As<float>().Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void A_step_of_a_package_that_the_program_does_not_have_is_named()
    {
        var trained = Context.Regression.Trainers.Gam("Weight").Fit(Training);
        var logged = MLNetFlavor.LogModel(Client, Client.CreateRun("0").Info.RunId, Context, trained, Training.Schema);
        var folder = Client.DownloadArtifacts(logged.RunId!, "model", Directory.CreateTempSubdirectory("gam-").FullName);
        try
        {
            Rename(Path.Combine(folder, "model.zip"), "Microsoft.ML.FastTree", "Microsoft.ML.FastTwig");

            var error = Assert.Throws<MlflowException>(() => LoadedModel.Load(folder));

            Assert.Equal(ErrorCode.InvalidParameterValue, error.ErrorCode);
            Assert.Contains("is of Microsoft.ML.FastTwig, which this program does not have. Add the package, in a notebook #r \"nuget: Microsoft.ML.FastTwig\"", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As if the model had been made with a package of another name of the same length.
    private static void Rename(string zip, string from, string to)
    {
        using var archive = ZipFile.Open(zip, ZipArchiveMode.Update);
        foreach (var entry in archive.Entries.ToList())
        {
            var content = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(content);
            foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
            {
                for (var at = content.AsSpan().IndexOf(encoding.GetBytes(from)); at >= 0; at = content.AsSpan().IndexOf(encoding.GetBytes(from)))
                    encoding.GetBytes(to).CopyTo(content, at);
            }

            stream.Position = 0;
            stream.Write(content);
        }
    }

    [Fact]
    public void A_pipeline_of_columns_with_one_value_takes_a_table()
    {
        var pipeline = Context.Transforms.Text.FeaturizeText("Words", "Kind").Append(Context.Regression.Trainers.Sdca("Weight", "Words"));
        var trained = pipeline.Fit(Training);
        var run = Client.CreateRun("0").Info.RunId;
        var logged = MLNetFlavor.LogModel(Client, run, Context, trained, Training.Schema);

        using var model = Client.LoadModel(logged.ModelUri!, "mlnet");
        var given = model.Predict(ModelData.FromRecords([new { Kind = "rose" }, new { Kind = "tulip" }]));

        Assert.Equal(trained.Transform(Context.Data.LoadFromEnumerable(new Sample[] { new() { Kind = "rose" }, new() { Kind = "tulip" } })).GetColumn<float>("Score"), given["Score"].As<float>().Values.ToArray());
        var error = Assert.Throws<MlflowException>(() => model.Predict(ModelData.FromColumns(new { Sort = new[] { "rose" } })));
        Assert.Contains("'Kind' is missing", error.Message, StringComparison.Ordinal);
    }
}
