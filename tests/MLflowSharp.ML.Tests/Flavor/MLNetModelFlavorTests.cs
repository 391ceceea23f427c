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
