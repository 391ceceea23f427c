using System.Text.RegularExpressions;
using MLflowSharp.Context;
using MLflowSharp.Values;

namespace MLflowSharp.Validation;

/// <summary>MLflow's rules for what may be logged. What it returns is what is stored: long values may come back truncated.</summary>
internal sealed partial class EntityValidator(Action<string> warn)
{
    public const int MaxMetricsPerBatch = 1000;
    public const int MaxParamsTagsPerBatch = 100;
    public const int MaxEntitiesPerBatch = 1000;
    private const int MaxParamValueLength = 6000;
    public const int MaxTagValueLength = 8000;

    private const int MaxExperimentNameLength = 500;
    private const int MaxExperimentTagValueLength = 5000;
    private const int MaxInputTagKeyLength = 255;
    private const int MaxInputTagValueLength = 500;

    public static void CheckRunId(string? runId)
    {
        if (runId is null || !RunIdPattern().IsMatch(runId))
        {
            throw MlflowException.Invalid(
                $"Invalid value {KeyRules.Quote(runId ?? "null")} for parameter 'run_id' supplied. "
                + "A run ID is 1 to 256 letters, digits, '-' and '_', as Run.Info.RunId gives it.");
        }
    }

    public static void CheckExperimentName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw MlflowException.Invalid($"Invalid experiment name: '{name}'. Give a name of 1 to {MaxExperimentNameLength} characters.");
        CheckLength("name", MaxExperimentNameLength, name);
    }

    public static void CheckExperimentTag(string key, string value)
    {
        KeyRules.Check(key, "key");
        CheckLength("value", MaxExperimentTagValueLength, value);
    }

    public static void CheckMetric(Metric metric, string path = "")
    {
        KeyRules.Check(metric.Key, Join(path, "name"), "Metric name");
        if (metric.Timestamp < 0)
        {
            throw MlflowException.Invalid(FormattableString.Invariant(
                $"Invalid value {metric.Timestamp} for parameter '{Join(path, "timestamp")}' supplied: metric '{metric.Key}' (value={metric.Value}). Timestamp must be a nonnegative long (64-bit integer)"));
        }
    }

    public Param CheckParam(Param param, string path = "")
    {
        KeyRules.Check(param.Key, Join(path, "key"), "Param key");
        return param with { Value = Truncate("Param value", MaxParamValueLength, NotNull(param.Value, Join(path, "value"))) };
    }

    public RunTag CheckTag(RunTag tag, string path = "")
    {
        KeyRules.Check(tag.Key, Join(path, "key"));
        return tag with { Value = Truncate(Join(path, "value"), MaxTagValueLength, NotNull(tag.Value, Join(path, "value"))) };
    }

    public (List<Param> Params, List<RunTag> Tags) CheckBatch(
        IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<RunTag> tags)
    {
        for (var i = 0; i < metrics.Count; i++)
            CheckMetric(metrics[i], metrics.Count == 1 ? "" : $"metrics[{i}]");
        var checkedParams = parameters.Select((param, i) => CheckParam(param, parameters.Count == 1 ? "" : $"params[{i}]")).ToList();
        var checkedTags = tags.Select((tag, i) => CheckTag(tag, tags.Count == 1 ? "" : $"tags[{i}]")).ToList();
        CheckUnique(parameters);
        return (checkedParams, checkedTags);
    }

    /// <summary>Refuses more than one request may carry. <see cref="MlflowClient"/> splits what is given to it.</summary>
    public static void CheckBatchLimits(int metrics, int parameters, int tags)
    {
        Limit("metrics", MaxMetricsPerBatch, metrics);
        Limit("params", MaxParamsTagsPerBatch, parameters);
        Limit("tags", MaxParamsTagsPerBatch, tags);
        Limit("metrics, params, and tags", MaxEntitiesPerBatch, metrics + parameters + tags);

        static void Limit(string what, int limit, int count)
        {
            if (count > limit)
            {
                throw MlflowException.Invalid(
                    $"A batch logging request can contain at most {limit} {what}. Got {count} {what}. Please split up {what} across multiple requests and try again.");
            }
        }
    }

    public static void CheckUnique(IReadOnlyList<Param> parameters)
    {
        var duplicates = parameters.GroupBy(param => param.Key).Where(group => group.Count() > 1).Select(group => $"'{group.Key}'").ToList();
        if (duplicates.Count > 0)
        {
            throw MlflowException.Invalid(
                $"Duplicate parameter keys have been submitted: [{string.Join(", ", duplicates)}]. Please ensure the request contains only one param value per param key.");
        }
    }

    /// <summary>What is said of parameters that have another value already: of each, what was to be logged and what is there.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="changed">At least one.</param>
    /// <param name="isBatch">Whether more than the parameter was to be logged.</param>
    public static MlflowException ParamsChanged(string runId, IReadOnlyList<(Param Param, string? Logged)> changed, bool isBatch)
    {
        var what = isBatch
            ? $"Params were already logged='{PythonText.Of(changed.Select(change => new OrderedDictionary<string, string?> { ["key"] = change.Param.Key, ["old_value"] = change.Logged, ["new_value"] = change.Param.Value }))}' for run ID='{runId}'."
            : $"Param with key='{changed[0].Param.Key}' was already logged with value='{changed[0].Logged}' for run ID='{runId}'. Attempted logging new value '{changed[0].Param.Value}'.";
        return MlflowException.Invalid($"Changing param values is not allowed. {what} Log it under another name, or start a new (or nested) run.");
    }

    public static void CheckDatasetInput(DatasetInput input)
    {
        var dataset = input.Dataset;
        CheckLength("name", 500, NotNull(dataset.Name, "name"));
        CheckLength("digest", 36, NotNull(dataset.Digest, "digest"));
        CheckLength("source_type", 36, NotNull(dataset.SourceType, "source_type"));
        CheckLength("source", 65535, NotNull(dataset.Source, "source"));
        CheckLength("schema", 1048575, dataset.Schema ?? "");
        CheckLength("profile", 16777215, dataset.Profile ?? "");
        foreach (var tag in input.Tags)
        {
            CheckLength("key", MaxInputTagKeyLength, NotNull(tag.Key, "key"));
            CheckLength("value", MaxInputTagValueLength, NotNull(tag.Value, "value"));
        }
    }

    /// <summary>Refuses a dataset that does not say what it is. MLflow's server takes one; those who log from C# are told.</summary>
    public static void RequireDataset(DatasetInput input)
    {
        Require("name", input.Dataset.Name);
        Require("digest", input.Dataset.Digest);
        Require("source_type", input.Dataset.SourceType);
        Require("source", input.Dataset.Source);
        foreach (var tag in input.Tags)
            Require("key", tag.Key);

        static void Require(string field, string? value)
        {
            if (string.IsNullOrEmpty(value))
                throw MlflowException.Invalid($"Missing value for required parameter '{field}' of the dataset.");
        }
    }

    /// <summary>Refuses a list with an improper identifier of a run.</summary>
    public static void CheckRunIds(IReadOnlyList<string> runIds)
    {
        foreach (var runId in runIds)
            CheckRunId(runId);
    }

    /// <summary>Refuses an improper size of a page; null for no pages is proper.</summary>
    public static void CheckMaxResults(int? maxResults)
    {
        if (maxResults < 1)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be a positive integer");
        if (maxResults > 50000)
            throw MlflowException.Invalid($"Invalid value {maxResults} for parameter 'max_results' supplied. It must be at most 50000");
    }

    private static string NotNull(string? value, string path) =>
        Characters.Check(value ?? throw MlflowException.Invalid($"Missing value for required parameter '{path}'."));

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void CheckLength(string path, int limit, string value)
    {
        if (TextLimit.Exceeds(value, limit))
            throw MlflowException.Invalid($"'{path}' exceeds the maximum length of {limit} characters: it has {TextLimit.Length(value)}.");
    }

    private string Truncate(string path, int limit, string value)
    {
        if (!TextLimit.Exceeds(value, limit))
            return value;
        // https://mlflow.org/docs/latest/api_reference/python_api/mlflow.environment_variables.html: on unless switched off.
        if (Environment.GetEnvironmentVariable("MLFLOW_TRUNCATE_LONG_VALUES")?.ToUpperInvariant() is "FALSE" or "0")
            CheckLength(path, limit, value);
        warn($"{path} '{TextLimit.Take(value, 100)}...' ({TextLimit.Length(value)} characters) is truncated to {limit} characters to meet the length limit.");
        return TextLimit.Take(value, limit);
    }

    [GeneratedRegex(@"^[a-zA-Z0-9][\w\-]{0,255}\z")]
    private static partial Regex RunIdPattern();

    /// <summary>Names a new run, in its tag as well: as the caller or the tag says, else by a generated name.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the two say different names, or for a tag that is refused.</exception>
    public (string Name, IReadOnlyList<RunTag> Tags) CheckNewRun(IReadOnlyDictionary<string, string>? tags, string? runName, Func<string> generate)
    {
        var all = (tags ?? new Dictionary<string, string>()).ToDictionary();
        var named = all.GetValueOrDefault(SystemTags.RunName);
        if (!string.IsNullOrEmpty(runName) && !string.IsNullOrEmpty(named) && runName != named)
        {
            throw MlflowException.Invalid(
                $"Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='{runName}', mlflow.runName='{named}'). Give one of them.");
        }

        var name = string.IsNullOrEmpty(runName) ? named : runName;
        if (string.IsNullOrEmpty(name))
            name = generate();
        all[SystemTags.RunName] = name;
        return (name, CheckBatch([], [], [.. all.Select(tag => new RunTag(tag.Key, tag.Value))]).Tags);
    }
}
