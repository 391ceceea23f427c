using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MLflowSharp.Registry;

namespace MLflowSharp.Projects.Slurm;

/// <summary>
/// What is asked of a Slurm cluster, under sbatch's own names (https://slurm.schedmd.com/sbatch.html). As a back end's configuration it is a JSON
/// object, such as <c>{"account": "project_2001234", "partition": "small", "time": "00:15:00", "mem": "4G", "cpus_per_task": 4}</c>.
/// </summary>
public sealed partial record SlurmOptions
{
    private static readonly string[] TextKeys = ["account", "partition", "time", "mem", "mem_per_cpu", "gres", "constraint", "reservation", "qos", "dependency", "cpus_per_task", "nodes", "ntasks", "gpus_per_node"];
    private static readonly string[] OtherKeys = ["exclusive", "modules", "environment", "setup", "signal_before", "resubmissions", "packed", "max_parallel", "poll_interval", "job_folder"];

    /// <summary>Options of sbatch and their values, such as <c>partition</c> and <c>small</c>: account, partition, time, mem, mem-per-cpu, cpus-per-task, nodes, ntasks, gpus-per-node, gres, constraint, reservation, qos, dependency.</summary>
    public IReadOnlyDictionary<string, string> Requests { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the nodes are not shared with other jobs.</summary>
    public bool Exclusive { get; init; }

    /// <summary>Modules to load, such as <c>python-data</c>.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Environment variables to set. No secrets: they stand in the job script.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Lines of bash to run before the program.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>How long before the time limit the program is told to stop (SIGTERM), so that it can save where it is; from 1 second on. Null: 60 seconds, or a quarter of the time that was asked for if that is less.</summary>
    public TimeSpan? SignalBefore { get; init; }

    /// <summary>How many times a job is put back into the queue when it reached its time limit, to go on from its last checkpoint. Default: 0.</summary>
    public int Resubmissions { get; init; }

    /// <summary>Whether several runs share one job, side by side, instead of being the tasks of an array of jobs.</summary>
    public bool Packed { get; init; }

    /// <summary>How many of several runs may run at the same time; null for no limit in an array, and for the job's tasks or CPUs when packed.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>How often the queue is asked. Default: 2 seconds.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Folder for job scripts and logs, which the nodes must see. Default: <c>slurm-jobs</c> in the current folder.</summary>
    public string JobFolder { get; init; } = "slurm-jobs";

    /// <summary>Runs of the back end slurm whose jobs must have ended well before this one starts.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Reads a back end's configuration.</summary>
    /// <param name="text">The path of a file that ends in <c>.json</c>, or the JSON itself.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when it is not understood.</exception>
    public static SlurmOptions Parse(string text)
    {
        var isFile = text.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (isFile && !File.Exists(text))
            throw MlflowException.Missing($"There is no file {text} with the back end's configuration. Correct the path, or give the JSON itself.");
        var where = isFile ? text : "the back end's configuration";
        try
        {
            using var document = JsonDocument.Parse(isFile ? File.ReadAllText(text) : text);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().Aggregate(new SlurmOptions(), (options, member) => options.With(member.Name.Replace('-', '_'), member.Value, where))
                : throw Refuse(where, "it is no JSON object", "Write for instance {\"partition\": \"small\", \"time\": \"00:15:00\"}.");
        }
        catch (JsonException error)
        {
            throw new MlflowException($"{where} is not JSON: {error.Message} Write for instance {{\"partition\": \"small\", \"time\": \"00:15:00\"}}.", ErrorCode.InvalidParameterValue, error);
        }
    }

    /// <summary>Whole seconds from the signal to the time limit.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when the signal would come before the job has begun.</exception>
    internal int SecondsBeforeLimit()
    {
        var limit = Requests.TryGetValue("time", out var time) ? SlurmTime.Read(time) : null;
        if (SignalBefore is { } chosen && limit is { } most && chosen >= most)
            throw MlflowException.Invalid(string.Create(CultureInfo.InvariantCulture, $"signal_before is {chosen.TotalSeconds:0} seconds, and the job may take only {time}. Make it less, or ask for more time."));
        return (int)Math.Max(1, (SignalBefore ?? TimeSpan.FromSeconds(Math.Min(60, limit?.TotalSeconds / 4 ?? 60))).TotalSeconds);
    }

    private SlurmOptions With(string key, JsonElement value, string where)
    {
        return key switch
        {
            _ when TextKeys.Contains(key) => this with { Requests = new Dictionary<string, string>(Requests) { [key.Replace('_', '-')] = Word(value) } },
            "exclusive" => this with { Exclusive = Flag() },
            "modules" => this with { Modules = [.. List().Select(Word)] },
            "setup" => this with { Setup = [.. List().Select(Text)] },
            "environment" => this with { Environment = Variables() },
            "signal_before" => this with { SignalBefore = TimeSpan.FromSeconds(Number(1, 65535)) },
            "resubmissions" => this with { Resubmissions = Number(0, 1000) },
            "packed" => this with { Packed = Flag() },
            "max_parallel" => this with { MaxParallel = Number(1, 100_000) },
            "poll_interval" => this with { PollInterval = TimeSpan.FromSeconds(Number(1, 3600)) },
            "job_folder" => this with { JobFolder = Text(value) },
            _ => throw Refuse(where, $"'{key}' is not known", $"Did you mean '{NearestNames.Find(key, TextKeys.Concat(OtherKeys), 1)[0]}'? There are {string.Join(", ", TextKeys.Concat(OtherKeys))}."),
        };

        string Text(JsonElement element) => element.ValueKind is JsonValueKind.String or JsonValueKind.Number ? element.ToString() : throw Refuse(where, $"'{key}' is to be a text", "Put it in quotation marks.");

        // It stands in a line of the script that Slurm reads.
        string Word(JsonElement element) => Text(element) is var word && WordPattern().IsMatch(word) ? word : throw Refuse(where, $"'{key}' is '{Text(element)}', which has signs that sbatch takes in no value of it", "Give one word.");

        bool Flag() => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Refuse(where, $"'{key}' is to be true or false", "Write it without quotation marks.");

        int Number(int least, int most) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Refuse(where, string.Create(CultureInfo.InvariantCulture, $"'{key}' is to be a whole number from {least} to {most}"), "Write it without quotation marks.");

        IEnumerable<JsonElement> List() => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Refuse(where, $"'{key}' is to be a list", $"Write {{\"{key}\": [\"…\"]}}.");

        Dictionary<string, string> Variables() => value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(member => VariablePattern().IsMatch(member.Name) ? member.Name : throw Refuse(where, $"'{member.Name}' is no name of an environment variable", "Use letters, digits and _."), member => Text(member.Value))
            : throw Refuse(where, "'environment' is to be an object", "Write {\"environment\": {\"OMP_NUM_THREADS\": \"4\"}}.");
    }

    private static MlflowException Refuse(string where, string what, string next) => MlflowException.Invalid($"{where}: {what}. {next}");

    [GeneratedRegex(@"^[\w.:,+%&|*/@?=\[\]-]+\z")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex VariablePattern();
}
