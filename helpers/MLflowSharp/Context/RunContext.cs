using System.Text.Json;

namespace MLflowSharp.Context;

/// <summary>The tags a run gets from where it is started, as MLflow's default, git and system-environment contexts give them.</summary>
internal static class RunContext
{
    /// <summary>Who is logged in, found as Python's <c>getpass.getuser</c> does.</summary>
    public static string User =>
        ((string[])["LOGNAME", "USER", "LNAME", "USERNAME"]).Select(Environment.GetEnvironmentVariable).FirstOrDefault(name => !string.IsNullOrEmpty(name))
        ?? Environment.UserName;

    /// <summary>The context's tags overlaid by the caller's.</summary>
    public static Dictionary<string, string> Resolve(IReadOnlyDictionary<string, string> tags)
    {
        // Jupyter's server tells the kernel which notebook it belongs to.
        var notebook = Environment.GetEnvironmentVariable("JPY_SESSION_NAME");
        var all = new Dictionary<string, string>
        {
            [SystemTags.User] = User,
            [SystemTags.SourceName] = string.IsNullOrEmpty(notebook) ? Environment.GetCommandLineArgs()[0] : notebook,
            [SystemTags.SourceType] = string.IsNullOrEmpty(notebook) ? "LOCAL" : "NOTEBOOK",
        };
        if (FindCommit() is { } commit)
            all[SystemTags.GitCommit] = commit;
        foreach (var (key, value) in FromEnvironment())
            all[key] = value;
        foreach (var (key, value) in tags)
            all[key] = value;
        return all;
    }

    private static string? FindCommit()
    {
        try
        {
            return GitCommit.Find(Directory.GetCurrentDirectory());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An unreadable repository must not keep anyone from training: the tag is left out, as MLflow does.
            return null;
        }
    }

    private static Dictionary<string, string> FromEnvironment()
    {
        var json = Environment.GetEnvironmentVariable("MLFLOW_RUN_CONTEXT");
        if (string.IsNullOrEmpty(json))
            return [];
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.ToString());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new MlflowException(
                "The environment variable MLFLOW_RUN_CONTEXT is not a JSON object of tags, such as {\"team\": \"vision\"}. Correct or unset it.",
                ErrorCode.InvalidParameterValue, error);
        }
    }
}
