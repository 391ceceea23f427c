using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MLflowSharp.ML.Tests.Autologging;

/// <summary>One of ML.NET's trainers, and what is to be logged of it.</summary>
/// <param name="Trainer">Makes it.</param>
/// <param name="Metric">One metric of its task.</param>
/// <param name="Options">What it was told; null for a trainer that takes no such object.</param>
/// <param name="Iteration">A metric that it tells of each iteration; null when it tells none.</param>
/// <param name="Parameters">More parameters that are to be logged.</param>
/// <param name="HasTrees">Whether its model is made of trees.</param>
/// <param name="IsOnnx">Whether ML.NET can write its model as ONNX.</param>
internal sealed record TrainerCase(
    Func<MLContext, IEstimator<ITransformer>> Trainer,
    string Metric,
    object? Options = null,
    string? Iteration = null,
    IReadOnlyDictionary<string, string>? Parameters = null,
    bool HasTrees = false,
    bool IsOnnx = true)
{
    public static IReadOnlyDictionary<string, TrainerCase> All { get; } = Binary().Concat(Multiclass()).Concat(Regression()).Concat(Others()).ToDictionary();

    private static IEnumerable<KeyValuePair<string, TrainerCase>> Binary()
    {
        const string Calibrated = "area_under_precision_recall_curve";
        var lbfgs = new LbfgsLogisticRegressionBinaryTrainer.Options { LabelColumnName = "IsTall", L1Regularization = 0.25f, NumberOfThreads = 1 };
        yield return new("LbfgsLogisticRegression", new(c => c.BinaryClassification.Trainers.LbfgsLogisticRegression(lbfgs), Calibrated, lbfgs, "training_loss"));
        var sdca = new SdcaLogisticRegressionBinaryTrainer.Options { LabelColumnName = "IsTall", L2Regularization = 0.001f, NumberOfThreads = 1 };
        yield return new("SdcaLogisticRegression", new(c => c.BinaryClassification.Trainers.SdcaLogisticRegression(sdca), Calibrated, sdca, "training_duality_gap"));
        var sgd = new SgdCalibratedTrainer.Options { LabelColumnName = "IsTall", NumberOfIterations = 3 };
        yield return new("SgdCalibrated", new(c => c.BinaryClassification.Trainers.SgdCalibrated(sgd), Calibrated, sgd, "training_improvement"));
        var perceptron = new AveragedPerceptronTrainer.Options { LabelColumnName = "IsTall", NumberOfIterations = 4, LossFunction = new ExpLoss(0.5f) };
        yield return new("AveragedPerceptron", new(
            c => c.BinaryClassification.Trainers.AveragedPerceptron(perceptron), "accuracy", perceptron, Parameters: new Dictionary<string, string> { ["LossFunction"] = "ExpLoss" }));
        var svm = new LinearSvmTrainer.Options { LabelColumnName = "IsTall", NumberOfIterations = 2, Lambda = 0.5f };
        yield return new("LinearSvm", new(c => c.BinaryClassification.Trainers.LinearSvm(svm), "f1_score", svm));
        var deep = new LdSvmTrainer.Options { LabelColumnName = "IsTall", NumberOfIterations = 50, TreeDepth = 2 };
        yield return new("LdSvm", new(c => c.BinaryClassification.Trainers.LdSvm(deep), "f1_score", deep, IsOnnx: false));
        yield return new("Prior", new(c => c.BinaryClassification.Trainers.Prior("IsTall"), Calibrated, Parameters: new Dictionary<string, string> { ["LabelColumnName"] = "IsTall" }));
        var factors = new FieldAwareFactorizationMachineTrainer.Options { LabelColumnName = "IsTall", FeatureColumnName = "Features", NumberOfIterations = 3, LatentDimension = 4, LambdaLatent = 0.001f };
        yield return new("FieldAwareFactorizationMachine", new(c => c.BinaryClassification.Trainers.FieldAwareFactorizationMachine(factors), Calibrated, factors, "training_loss", IsOnnx: false));
        var trees = new FastTreeBinaryTrainer.Options { LabelColumnName = "IsTall", NumberOfTrees = 6, NumberOfLeaves = 5, LearningRate = 0.3 };
        yield return new("FastTree", new(c => c.BinaryClassification.Trainers.FastTree(trees), Calibrated, trees, HasTrees: true));
        var forest = new FastForestBinaryTrainer.Options { LabelColumnName = "IsTall", NumberOfTrees = 6 };
        yield return new("FastForest", new(c => c.BinaryClassification.Trainers.FastForest(forest), "accuracy", forest, HasTrees: true));
        var gam = new GamBinaryTrainer.Options { LabelColumnName = "IsTall", NumberOfIterations = 5 };
        yield return new("Gam", new(c => c.BinaryClassification.Trainers.Gam(gam), Calibrated, gam, IsOnnx: false));
        var light = new LightGbmBinaryTrainer.Options
        {
            LabelColumnName = "IsTall", NumberOfIterations = 120, NumberOfLeaves = 7, MinimumExampleCountPerLeaf = 5, LearningRate = 0.1, Verbose = true, NumberOfThreads = 1,
            EvaluationMetric = LightGbmBinaryTrainer.Options.EvaluateMetricType.Logloss,
            Booster = new DartBooster.Options { TreeDropFraction = 0.2, MaximumTreeDepth = 3 },
        };
        yield return new("LightGbm", new(
            c => c.BinaryClassification.Trainers.LightGbm(light), Calibrated, light, "training_binary_logloss",
            new Dictionary<string, string> { ["Booster"] = "DartBooster", ["Booster.TreeDropFraction"] = "0.2", ["Booster.MaximumTreeDepth"] = "3" }, HasTrees: true));
    }

    private static IEnumerable<KeyValuePair<string, TrainerCase>> Multiclass()
    {
        const string Metric = "log_loss";
        var sdca = new SdcaMaximumEntropyMulticlassTrainer.Options { MaximumNumberOfIterations = 4, ConvergenceTolerance = 1e-9f };
        yield return new("SdcaMaximumEntropy", new(c => c.MulticlassClassification.Trainers.SdcaMaximumEntropy(sdca), Metric, sdca, "training_loss"));
        var lbfgs = new LbfgsMaximumEntropyMulticlassTrainer.Options { HistorySize = 10 };
        yield return new("LbfgsMaximumEntropy", new(c => c.MulticlassClassification.Trainers.LbfgsMaximumEntropy(lbfgs), Metric, lbfgs, "training_loss"));
        yield return new("NaiveBayes", new(
            c => c.MulticlassClassification.Trainers.NaiveBayes(), "micro_accuracy", Parameters: new Dictionary<string, string> { ["LabelColumnName"] = "Label", ["FeatureColumnName"] = "Features" }));
        yield return new("OneVersusAll of AveragedPerceptron", new(
            c => c.MulticlassClassification.Trainers.OneVersusAll(c.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 3)), Metric,
            Parameters: new Dictionary<string, string> { ["Trainer"] = "AveragedPerceptronTrainer", ["AveragedPerceptronTrainer.NumberOfIterations"] = "3", ["LabelColumnName"] = "Label", ["UseProbabilities"] = "True" }));
        yield return new("OneVersusAll of Sdca", new(
            c => c.MulticlassClassification.Trainers.OneVersusAll(c.BinaryClassification.Trainers.SdcaLogisticRegression(maximumNumberOfIterations: 5)), Metric, Iteration: "training_loss_3",
            Parameters: new Dictionary<string, string> { ["SdcaLogisticRegressionBinaryTrainer.MaximumNumberOfIterations"] = "5" }));
        yield return new("PairwiseCoupling of FastForest", new(
            c => c.MulticlassClassification.Trainers.PairwiseCoupling(c.BinaryClassification.Trainers.FastForest(numberOfTrees: 3)), "micro_accuracy",
            Parameters: new Dictionary<string, string> { ["FastForestBinaryTrainer.NumberOfTrees"] = "3" }, HasTrees: true, IsOnnx: false));
        var light = new LightGbmMulticlassTrainer.Options { NumberOfIterations = 60, UseSoftmax = true, Verbose = true, MinimumExampleCountPerLeaf = 5, NumberOfThreads = 1 };
        yield return new("LightGbm, several classes", new(
            c => c.MulticlassClassification.Trainers.LightGbm(light), Metric, light, "training_multi_error", new Dictionary<string, string> { ["Booster"] = "GradientBooster" }, HasTrees: true));
    }

    private static IEnumerable<KeyValuePair<string, TrainerCase>> Regression()
    {
        const string Metric = "r_squared";
        var sdca = new SdcaRegressionTrainer.Options { LabelColumnName = "Weight", MaximumNumberOfIterations = 4 };
        yield return new("Sdca", new(c => c.Regression.Trainers.Sdca(sdca), Metric, sdca, "training_loss", new Dictionary<string, string> { ["LossFunction"] = "SquaredLoss" }));
        var online = new OnlineGradientDescentTrainer.Options { LabelColumnName = "Weight", LearningRate = 0.05f };
        yield return new("OnlineGradientDescent", new(c => c.Regression.Trainers.OnlineGradientDescent(online), Metric, online));
        var poisson = new LbfgsPoissonRegressionTrainer.Options { LabelColumnName = "Weight", OptimizationTolerance = 1e-5f };
        yield return new("LbfgsPoissonRegression", new(c => c.Regression.Trainers.LbfgsPoissonRegression(poisson), Metric, poisson, "training_loss"));
        var trees = new FastTreeRegressionTrainer.Options { LabelColumnName = "Weight", NumberOfTrees = 5 };
        yield return new("FastTree, regression", new(c => c.Regression.Trainers.FastTree(trees), Metric, trees, HasTrees: true));
        var tweedie = new FastTreeTweedieTrainer.Options { LabelColumnName = "Weight", NumberOfTrees = 5, Index = 1.25 };
        yield return new("FastTreeTweedie", new(c => c.Regression.Trainers.FastTreeTweedie(tweedie), Metric, tweedie, HasTrees: true));
        var forest = new FastForestRegressionTrainer.Options { LabelColumnName = "Weight", NumberOfTrees = 5 };
        yield return new("FastForest, regression", new(c => c.Regression.Trainers.FastForest(forest), Metric, forest, HasTrees: true));
        var gam = new GamRegressionTrainer.Options { LabelColumnName = "Weight", NumberOfIterations = 5 };
        yield return new("Gam, regression", new(c => c.Regression.Trainers.Gam(gam), Metric, gam, IsOnnx: false));
        var light = new LightGbmRegressionTrainer.Options { LabelColumnName = "Weight", NumberOfIterations = 10, NumberOfThreads = 1 };
        yield return new("LightGbm, regression", new(c => c.Regression.Trainers.LightGbm(light), Metric, light, HasTrees: true));
    }

    private static IEnumerable<KeyValuePair<string, TrainerCase>> Others()
    {
        var means = new KMeansTrainer.Options { NumberOfClusters = 3, MaximumNumberOfIterations = 9, OptimizationTolerance = 1e-5f, InitializationAlgorithm = KMeansTrainer.InitializationAlgorithm.Random, NumberOfThreads = 1 };
        yield return new("KMeans", new(c => c.Clustering.Trainers.KMeans(means), "davies_bouldin_index", means, "training_average_score"));
        var components = new RandomizedPcaTrainer.Options { Rank = 2, Oversampling = 5, Seed = 7 };
        // Flowers have nothing that says which are odd, so nothing to measure.
        yield return new("RandomizedPca", new(c => c.AnomalyDetection.Trainers.RandomizedPca(components), "", components, IsOnnx: false));
        var light = new LightGbmRankingTrainer.Options { NumberOfIterations = 5, RowGroupColumnName = "Group", MinimumExampleCountPerLeaf = 2, NumberOfThreads = 1 };
        yield return new("LightGbm, ranking", new(c => c.Ranking.Trainers.LightGbm(light), "normalized_discounted_cumulative_gains_3", light, HasTrees: true));
        var trees = new FastTreeRankingTrainer.Options { NumberOfTrees = 5, RowGroupColumnName = "Group" };
        yield return new("FastTree, ranking", new(c => c.Ranking.Trainers.FastTree(trees), "discounted_cumulative_gains_1", trees, HasTrees: true));
    }
}
