using MLflowSharp.Registry;

namespace MLflowSharp.Projects.Files;

/// <summary>Makes a project of its file. MLflow passes over what it does not know; here it is refused, because it is a misspelling nearly always.</summary>
internal static class ProjectFileReader
{
    private const string EntryPointExample = "main: {command: \"python train.py\"}";
    private const string ParameterExample = "lr: {type: float, default: 0.1}";

    /// <summary>Keys that describe for people may stand anywhere.</summary>
    private const string Description = "description";

    private static readonly string[] Environments = ["python_env", "conda_env", "docker_env", "dotnet_env"];

    private static readonly string[] ProjectKeys = ["name", .. Environments, "entry_points", Description];

    private static readonly Dictionary<string, ProjectParameterType> Types = new()
    {
        ["string"] = ProjectParameterType.Text, ["float"] = ProjectParameterType.Float, ["path"] = ProjectParameterType.Path, ["uri"] = ProjectParameterType.Uri,
    };

    /// <summary>Words that many files have for a type. To MLflow each is a text.</summary>
    private static readonly string[] OtherTypes = ["str", "int", "integer", "number", "bool", "boolean"];

    public static Project WithoutFile(string folder) => new(folder, null, DefaultEnvironment(folder), []);

    public static Project Read(string text, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var root = ProjectYaml.Read(text, Shown(path));
        var names = root.Members("the file", "name: mnist");
        if (names.FirstOrDefault(member => member.Name == "databricks_spark_job") is { Key: { } job })
            throw job.Refuse("databricks_spark_job runs on Databricks only", "Use entry_points with a command.");
        var members = root.Members("the file", "name: mnist", ProjectKeys);
        var environments = Environments.Where(key => members.ContainsKey(key)).ToList();
        if (environments.Count > 1)
            throw members[environments[1]].Refuse($"Project cannot contain multiple environment fields: {string.Join(", ", environments)}", "Keep one of them.");
        return new Project(
            folder,
            members.TryGetValue("name", out var name) ? name.Value : null,
            environments.Count == 1 && !members[environments[0]].IsEmpty ? ReadEnvironment(environments[0], members[environments[0]], folder) : DefaultEnvironment(folder),
            members.TryGetValue("entry_points", out var entries) ? [.. entries.Members("entry_points", EntryPointExample).Select(entry => ReadEntryPoint(entry.Name, entry.Value))] : []);
    }

    // As a person in the current folder would name it.
    private static string Shown(string path) => Path.GetRelativePath(Environment.CurrentDirectory, path) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : path;

    private static ProjectEnvironment DefaultEnvironment(string folder)
    {
        foreach (var (file, kind) in new[] { ("python_env.yaml", ProjectEnvironmentKind.Python), ("conda.yaml", ProjectEnvironmentKind.Conda) })
        {
            if (Path.Combine(folder, file) is var path && File.Exists(path))
                return new ProjectEnvironment(kind, path);
        }

        return new ProjectEnvironment(ProjectEnvironmentKind.None);
    }

    private static ProjectEnvironment ReadEnvironment(string key, ProjectNode value, string folder)
    {
        if (key == "docker_env")
            return new ProjectEnvironment(ProjectEnvironmentKind.Docker, Docker: ReadDocker(value));
        var (kind, example) = key switch
        {
            "python_env" => (ProjectEnvironmentKind.Python, "python_env.yaml"),
            "conda_env" => (ProjectEnvironmentKind.Conda, "conda.yaml"),
            _ => (ProjectEnvironmentKind.DotNet, "train.cs"),
        };
        var path = Path.GetFullPath(value.Text(key, $"{key}: {example}"), folder);
        if (!File.Exists(path))
            throw value.Refuse($"Project specified {key} file {path}, but no such file was found", "Correct the name, which is taken from the project's folder.");
        if (kind == ProjectEnvironmentKind.DotNet && Path.GetExtension(path) is not (".cs" or ".csproj" or ".fsproj" or ".vbproj"))
            throw value.Refuse($"dotnet_env names {Path.GetFileName(path)}, which is no .NET program", "Name a single source file (.cs) or a project file (.csproj).");
        return new ProjectEnvironment(kind, path);
    }

    private static DockerEnvironment ReadDocker(ProjectNode node)
    {
        const string example = "docker_env: {image: my-image}";
        var members = node.Members("docker_env", example, ["image", "volumes", "environment", Description]);
        if (!members.TryGetValue("image", out var image) || image.IsEmpty)
            throw node.Refuse("Docker environment specified but no image attribute found", $"Write `{example}`.");
        const string volumesExample = "volumes: [\"/data:/data\"]";
        const string environmentExample = "environment: [[\"NEW_VAR\", \"new_value\"], \"VAR_TO_COPY_FROM_HOST\"]";
        return new DockerEnvironment(
            image.Text("image", "image: my-image"),
            members.TryGetValue("volumes", out var volumes) && !volumes.IsEmpty ? [.. volumes.Items("volumes", volumesExample).Select(item => item.Text("a volume", volumesExample))] : [],
            members.TryGetValue("environment", out var variables) && !variables.IsEmpty ? [.. variables.Items("environment", environmentExample).Select(item => ReadVariable(item, environmentExample))] : []);
    }

    private static KeyValuePair<string, string?> ReadVariable(ProjectNode item, string example)
    {
        if (!item.IsList)
            return KeyValuePair.Create<string, string?>(item.Text("a variable", example), null);
        return item.Items("a variable", example).ToList() is [var name, { IsMapping: false, IsList: false } value]
            ? KeyValuePair.Create(name.Text("a variable's name", example), (string?)(value.Value ?? ""))
            : throw item.Refuse("a new variable is to be a pair of name and value", $"Write for instance `{example}`.");
    }

    private static EntryPoint ReadEntryPoint(string name, ProjectNode node)
    {
        var members = node.Members($"entry point '{name}'", "command: \"python train.py\"", ["parameters", "command", Description]);
        if (!members.TryGetValue("command", out var command))
            throw node.Refuse($"entry point '{name}' has no command", "Add one, such as `command: \"python train.py\"`, indented as its parameters.");
        var parameters = members.TryGetValue("parameters", out var declared)
            ? declared.Members("parameters", ParameterExample).Select(parameter => ReadParameter(parameter.Name, parameter.Key, parameter.Value)).ToList()
            : [];
        return new EntryPoint(name, command.Text("command", "command: \"python train.py\""), parameters, command.Place);
    }

    private static ProjectParameter ReadParameter(string name, ProjectNode key, ProjectNode value)
    {
        if (!value.IsMapping)
            return new ProjectParameter(name, ReadType(value)) { Place = key.Place };
        var members = value.Members($"parameter '{name}'", ParameterExample, ["type", "default", Description]);
        return new ProjectParameter(
            name,
            members.TryGetValue("type", out var type) ? ReadType(type) : ProjectParameterType.Text,
            members.GetValueOrDefault("default")?.Value) { Place = key.Place };
    }

    private static ProjectParameterType ReadType(ProjectNode node)
    {
        var type = node.Text("a parameter's type", $"{ParameterExample}`, or `lr: float");
        if (Types.TryGetValue(type, out var known))
            return known;
        return OtherTypes.Contains(type)
            ? ProjectParameterType.Text
            : throw node.Refuse($"there is no parameter type '{type}'", $"Did you mean '{NearestNames.Find(type, Types.Keys, 1)[0]}'? There are {string.Join(", ", Types.Keys)}.");
    }
}
