namespace MLflowSharp.Server.LightPages.Registry;

/// <summary>What finds the versions of a model.</summary>
internal static class VersionFilter
{
    /// <summary>A name stands in whichever quotes it has not in itself; one with both kinds cannot be asked for.</summary>
    public static string Of(string name) => name.Contains('\'', StringComparison.Ordinal) ? $"name = \"{name}\"" : $"name = '{name}'";
}
