namespace MLflowSharp.Stores.Rest;

/// <summary>
/// MLflow's file of credentials, <c>~/.mlflow/credentials</c> (https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/): a section
/// <c>[mlflow]</c> with <c>mlflow_tracking_username</c> and <c>mlflow_tracking_password</c>, in the syntax of Python's configparser.
/// </summary>
internal static class CredentialsFile
{
    public static (string? Username, string? Password) Read(string homeFolder)
    {
        var path = Path.Combine(homeFolder, ".mlflow", "credentials");
        if (!File.Exists(path))
            return (null, null);
        try
        {
            return Parse(File.ReadLines(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MlflowException(
                $"The credentials file '{path}' cannot be read ({error.Message}). Make it readable for yourself, or set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.",
                ErrorCode.PermissionDenied, error);
        }
    }

    internal static (string? Username, string? Password) Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var inSection = false;
        foreach (var line in lines)
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            if (text[0] == '[' && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
                inSection = text[1..end] == "mlflow";
            else if (inSection && text.IndexOfAny(['=', ':']) is > 0 and var separator)
                // configparser reads %% as a percent sign; a single one it refuses, and nobody's password should be refused.
                values[text[..separator].TrimEnd()] = text[(separator + 1)..].TrimStart().Replace("%%", "%", StringComparison.Ordinal);
        }

        return (values.GetValueOrDefault("mlflow_tracking_username"), values.GetValueOrDefault("mlflow_tracking_password"));
    }
}
