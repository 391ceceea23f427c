// Trains the course's small network on MNIST and logs what happens. The file MLproject beside it says how it is run.
#:project ../../helpers/Tutorial.Helpers/Tutorial.Helpers.csproj
#:property PublishAot=false

using System.Globalization;
using MLflowSharp;
using MLflowSharp.TorchSharp;
using Tutorial.Helpers;

var settings = new Dictionary<string, string> { ["optimizer"] = "adam", ["lr"] = "0.001", ["epochs"] = "2", ["images"] = "12000", ["seed"] = "1" };
for (var i = 0; i + 1 < args.Length; i += 2)
{
    var name = args[i].TrimStart('-');
    if (!settings.ContainsKey(name))
        return Refuse($"There is no --{name}; there are {string.Join(", ", settings.Keys.Select(key => $"--{key}"))}.");
    settings[name] = args[i + 1];
}

double Number(string name) => double.Parse(settings[name], CultureInfo.InvariantCulture);
var rate = Number("lr");
Optimizer? optimizer = settings["optimizer"] switch
{
    "adam" => new Adam { LearningRate = rate },
    "adagrad" => new Adagrad { LearningRate = rate },
    _ => null,
};
if (optimizer is null)
    return Refuse($"There is no optimizer {settings["optimizer"]}; there are adam and adagrad.");

// Where a project runs, MLFLOW_RUN_ID names a run that is there already, with these parameters; StartRun takes it. Else it makes a new one.
var mnist = Mnist.Load();
var network = MultilayerPerceptron.Create(784, [128, 64], 10, seed: (int)Number("seed"));
var trainer = new Trainer(network, optimizer);
using (Mlflow.StartRun())
{
    var history = trainer.Fit(
        mnist.Train.ToLabeledData().Take((int)Number("images")),
        new FitOptions { Epochs = (int)Number("epochs"), ValidationSplit = 0.1, Progress = null });
    foreach (var epoch in history.Epochs)
    {
        Mlflow.LogMetric("loss", epoch.Loss, step: epoch.Epoch);
        Mlflow.LogMetric("val_accuracy", epoch.ValidationAccuracy!.Value, step: epoch.Epoch);
        Console.WriteLine(FormattableString.Invariant($"epoch {epoch.Epoch}: loss {epoch.Loss:F3}, {epoch.ValidationAccuracy:P1} of the validation images"));
    }

    var test = trainer.Evaluate(mnist.Test.ToLabeledData());
    Mlflow.LogMetric("test_accuracy", test.Accuracy);
    Console.WriteLine(FormattableString.Invariant($"{test.Accuracy:P1} of images that it has never seen"));
}

return 0;

static int Refuse(string sentence)
{
    Console.Error.WriteLine(sentence);
    return 2;
}
