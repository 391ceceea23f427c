namespace MLflowSharp.Projects.Running;

/// <summary>Scripts can be run by their names, without being entry points.</summary>
internal static class ScriptEntryPoint
{
    /// <summary>How a script is run; null for a name that is none's.</summary>
    public static EntryPoint? Find(string name)
    {
        var quoted = ShellText.Quote(name);
        var command = Path.GetExtension(name) switch
        {
            ".py" => $"python {quoted}",
            ".sh" => $"{(Environment.GetEnvironmentVariable("SHELL") is { Length: > 0 } shell ? shell : "bash")} {quoted}",
            ".R" => $"Rscript -e \"mlflow::mlflow_source('{quoted}')\" --args",
            ".cs" => $"dotnet run --file {quoted} --",
            _ => null,
        };
        // The name may hold braces.
        return command is null ? null : new EntryPoint(name, command.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), []);
    }
}
