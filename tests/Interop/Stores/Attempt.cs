using System.Globalization;
using MLflowSharp;

namespace Interop.Stores;

/// <summary>One call with values at or over a limit; <c>Python/refusals.py</c> makes the same call.</summary>
/// <param name="Kind">What is logged or read.</param>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record Attempt(string Kind, string Key, string Value = "1")
{
    /// <summary>Makes the call.</summary>
    /// <returns><c>ok</c> and what was stored, or the error code and the message.</returns>
    public (string Outcome, string Detail) Make(MlflowClient client, string experiment)
    {
        try
        {
            return ("ok", MakeIt(client, experiment));
        }
        catch (MlflowException error)
        {
            return (string.Concat(error.ErrorCode.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")), error.Message);
        }
    }

    private string MakeIt(MlflowClient client, string experiment)
    {
        var run = client.CreateRun(experiment).Info.RunId;
        RunData Data() => client.GetRun(run).Data;
        int Count() => int.Parse(Value, CultureInfo.InvariantCulture);
        switch (Kind)
        {
            case "metric":
                client.LogBatch(run, [new(Key, 1.0, Count())]);
                return StoreJson.Number(Data().Metrics[Key]);
            case "param":
                client.LogParam(run, Key, Value);
                return Data().Params[Key];
            case "tag":
                client.SetTag(run, Key, Value);
                return Data().Tags[Key];
            case "experiment":
                return client.GetExperiment(client.CreateExperiment(Key)).Name;
            case "experiment_tag":
                client.SetExperimentTag(experiment, Key, Value);
                return client.GetExperiment(experiment).Tags[Key];
            case "run":
                return client.GetRun(Key).Info.RunId;
            case "run_name":
                return client.CreateRun(experiment, runName: Key).Info.RunName;
            case "same_param":
                client.LogParam(run, Key, "1");
                client.LogParam(run, Key, Value);
                return Data().Params[Key];
            case "same_params":
                client.LogBatch(run, parameters: [new(Key, "1"), new(Key, Value)]);
                return Data().Params[Key];
            case "metrics":
                client.LogBatch(run, [.. Enumerable.Range(0, Count()).Select(i => new Metric($"{Key}{i}", 1.0, 0))]);
                return $"{Data().Metrics.Count}";
            case "tags":
                client.LogBatch(run, tags: [.. Enumerable.Range(0, Count()).Select(i => new RunTag($"{Key}{i}", "x"))]);
                return $"{Data().Tags.Count}";
            case "dataset":
                client.LogInputs(run, [new(new(Key, Value, "local", "{}"), [new("mlflow.data.context", "train")])]);
                return client.GetRun(run).Inputs.DatasetInputs[0].Dataset.Name;
            case "input_tag":
                client.LogInputs(run, [new(new("d", "1", "local", "{}"), [new(Key, Value)])]);
                return client.GetRun(run).Inputs.DatasetInputs[0].Tags[0].Value;
            case "delete_tag":
                client.DeleteTag(run, Key);
                return "";
            case "history":
                return $"{client.GetMetricHistory(run, Key).Count}";
            default:
                throw new NotSupportedException(Kind);
        }
    }
}
