using System.Xml.Linq;
using Microsoft.ML;

namespace MLflowSharp.ML.Tests.Evaluation;

public sealed class FeatureImportanceTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Features_have_the_names_of_the_columns_they_come_from_and_those_that_tell_more_count_more()
    {
        var data = _context.Data.LoadFromEnumerable(Sample.Create(300).Select(sample => new Measured(sample.Features[0], sample.Features[1], sample.Features[2], sample.Weight)));
        var model = _context.Transforms.Concatenate("All", "Height", "Width", "Noise").Append(_context.Regression.Trainers.LightGbm("Weight", "All", numberOfIterations: 10)).Fit(data);

        var importance = FeatureImportance.Of(model, data.Schema)!;

        Assert.Equal(["Height", "Width", "Noise"], importance.Split.Keys);
        Assert.True(importance.Gain["Height"] > importance.Gain["Width"]);
        Assert.True(importance.Gain["Width"] > importance.Gain["Noise"]);
        Assert.Equal(importance.Split.Values.Sum(), model.LastTransformer.Model.TrainedTreeEnsemble.Trees.Sum(tree => tree.NumberOfNodes));
        Assert.Equal(importance.Gain.Values.Sum(), model.LastTransformer.Model.TrainedTreeEnsemble.Trees.Sum(tree => tree.SplitGains.Sum()), 1e-9);
    }

    [Fact]
    public void Features_of_the_same_name_are_told_apart()
    {
        var data = _context.Data.LoadFromEnumerable(Sample.Create(300));
        var model = _context.Transforms.Concatenate("Twice", "Features", "Features").Append(_context.Regression.Trainers.FastTree("Weight", "Twice", numberOfTrees: 3)).Fit(data);

        Assert.Equal(6, FeatureImportance.Of(model, data.Schema)!.Gain.Keys.Distinct().Count());
    }

    [Fact]
    public void A_model_without_trees_has_none()
    {
        var data = _context.Data.LoadFromEnumerable(Sample.Create(300));
        Assert.Null(FeatureImportance.Of(_context.Regression.Trainers.Sdca("Weight").Fit(data), data.Schema));
        Assert.Null(FeatureImportance.Of(_context.Transforms.CopyColumns("Copy", "Weight").Fit(data), data.Schema));
    }

    [Fact]
    public void The_chart_shows_any_name_and_the_fifty_that_count_most()
    {
        string[] odd = ["a<b & \"c\"", "control\u0001", "half \uD83D", "😀 ünï", new('x', 300), ""];
        var values = odd.Index().ToDictionary(name => name.Item, name => 1000.5 - name.Index);
        foreach (var number in Enumerable.Range(0, 80))
            values[$"feature {number}"] = number == 0 ? double.NaN : -number;

        var chart = XDocument.Parse(ImportanceChart.Draw("gain", values));

        var texts = chart.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();
        Assert.Equal("Feature importance (gain), the first 50 of 86", texts[0]);
        Assert.Equal(1 + (2 * 50), texts.Count);
        Assert.Equal(["a<b & \"c\"", "1000.5", "control\uFFFD", "999.5", "half \uFFFD", "998.5", "😀 ünï"], texts.Skip(1).Take(7));
        Assert.DoesNotContain("NaN", chart.Descendants().Select(element => (string?)element.Attribute("width")));
        XDocument.Parse(ImportanceChart.Draw("split", new Dictionary<string, double>()));
    }

    private sealed record Measured(float Height, float Width, float Noise, float Weight);
}
