using System.Text.Json.Nodes;
using CliWrap;

namespace Interop.Services;

/// <summary>Debian's boto3 for the Python that holds MLflow, whose environment has none: links to it in a folder that is put on the path.</summary>
internal static class Boto
{
    private const string Debian = "/usr/lib/python3/dist-packages";

    // Its urllib3 as well: this boto3 wants an older one than the environment has.
    private static readonly string[] Packages = ["boto3", "botocore", "s3transfer", "jmespath", "urllib3"];

    private static readonly Lazy<string> Folder = new(() =>
    {
        if (Packages.FirstOrDefault(name => !Directory.Exists(Path.Combine(Debian, name))) is { } missing)
            PythonEnvironment.Missing($"No {missing} in {Debian}: apt-get install python3-boto3.");
        var folder = Directory.CreateTempSubdirectory("tutorial-boto-").FullName;
        foreach (var name in Packages)
            Directory.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(Debian, name));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>A command that finds boto3, the gateway and its keys.</summary>
    public static Command WithS3(this Command command, CephGateway ceph)
    {
        var variables = command.EnvironmentVariables.ToDictionary();
        foreach (var (name, value) in ceph.Environment)
            variables[name] = value;
        variables["PYTHONPATH"] = string.Join(':', new[] { Folder.Value, variables.GetValueOrDefault("PYTHONPATH") }.Where(path => path is not null));
        return command.WithEnvironmentVariables(variables);
    }

    /// <summary>Reads or writes one object with boto3.</summary>
    public static Task<JsonNode> RunS3Async(this PythonEnvironment python, CephGateway ceph, params string[] arguments) => python.RunS3ScriptAsync("s3_object", ceph, new Dictionary<string, string?>(), arguments);

    /// <summary>Runs one of the scripts in <c>Python/</c> that use boto3.</summary>
    public static Task<JsonNode> RunS3ScriptAsync(this PythonEnvironment python, string script, CephGateway ceph, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var command = python.Command(PythonEnvironment.NewestMlflow, [PythonEnvironment.Script(script), .. arguments]).WithS3(ceph);
        var all = command.EnvironmentVariables.ToDictionary();
        foreach (var (name, value) in variables)
            all[name] = value;
        return PythonEnvironment.RunAsync(script, PythonEnvironment.NewestMlflow, command.WithEnvironmentVariables(all));
    }
}
