namespace MLflowSharp.Projects.Running;

/// <summary>What prepares the environment that a project runs in.</summary>
internal enum EnvironmentManager
{
    /// <summary>Nothing: what is on PATH is used.</summary>
    Local,

    /// <summary>The .NET program is built once.</summary>
    DotNet,

    /// <summary>A container.</summary>
    Docker,
}
