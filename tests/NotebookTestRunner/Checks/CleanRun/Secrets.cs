using System.Text.RegularExpressions;

namespace NotebookTestRunner.Checks.CleanRun;

/// <summary>Finds what looks like a password, key or token. Never repeats it whole.</summary>
internal static partial class Secrets
{
    private static readonly (string Name, Regex Pattern)[] Kinds =
    [
        ("a private key", PrivateKey()),
        ("an AWS access key", AwsKey()),
        ("a GitHub token", GitHubToken()),
        ("a GitLab token", GitLabToken()),
        ("a Slack token", SlackToken()),
        ("a Hugging Face token", HuggingFaceToken()),
        ("an API key", ApiKey()),
        ("a Google API key", GoogleKey()),
        ("a Databricks token", DatabricksToken()),
        ("a JSON Web Token", JsonWebToken()),
        ("a link with a Jupyter token", JupyterToken()),
        ("a password in an address", AddressPassword()),
        ("a password or token", Assignment()),
    ];

    /// <summary>What the first secret in a text looks like, with its first letters; null when there is none.</summary>
    public static string? Find(string text)
    {
        foreach (var (name, pattern) in Kinds)
        {
            foreach (Match match in pattern.Matches(text))
            {
                var secret = match.Groups["secret"] is { Success: true } group ? group.Value : match.Value;
                if (!Placeholder().IsMatch(secret)) return $"{name} ({secret[..Math.Min(4, secret.Length / 2)]}…)";
            }
        }
        return null;
    }

    [GeneratedRegex("-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\bglpat-[\w-]{20,}")]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"\bxox[abeprs]-[\w-]{10,}")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"\bhf_[A-Za-z0-9]{30,}\b")]
    private static partial Regex HuggingFaceToken();

    [GeneratedRegex(@"\bsk-[\w-]{20,}")]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"\bAIza[\w-]{35}")]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"\bdapi[0-9a-f]{32}\b")]
    private static partial Regex DatabricksToken();

    [GeneratedRegex(@"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}")]
    private static partial Regex JsonWebToken();

    [GeneratedRegex("[?&]token=(?<secret>[0-9a-f]{32,})")]
    private static partial Regex JupyterToken();

    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]*://[^\s/:@""'<>{}]+:(?<secret>[^\s/@""'<>{}]{3,})@")]
    private static partial Regex AddressPassword();

    [GeneratedRegex(@"(?:password|passwd|secret|token|api[_-]?key|access[_-]?key)\w*[""']?\s*[\])]*\s*(?:[:=]|,)\s*[""'](?<secret>[^""'\s<>{}]{8,})[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    // What is meant to be replaced, or to be read from elsewhere.
    [GeneratedRegex(@"^(?:.*(?:example|placeholder|changeme|change-me|your|dummy|secret-?here|\.\.\.|…|\*\*\*|x{4,}|\$\{|%\w+%).*|pass-?word|secret|token|password123|(.)\1+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
