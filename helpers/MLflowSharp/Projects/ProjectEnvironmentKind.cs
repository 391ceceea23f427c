namespace MLflowSharp.Projects;

/// <summary>What a project asks to be run in.</summary>
public enum ProjectEnvironmentKind
{
    /// <summary>It asks for nothing.</summary>
    None,

    /// <summary>Python packages, listed in the file that <c>python_env</c> names, or in <c>python_env.yaml</c>.</summary>
    Python,

    /// <summary>A Conda environment, described in the file that <c>conda_env</c> names, or in <c>conda.yaml</c>.</summary>
    Conda,

    /// <summary>A container, as <c>docker_env</c> says.</summary>
    Docker,

    /// <summary>A .NET program, whose project file or single source file <c>dotnet_env</c> names. MLflow for Python passes over this key.</summary>
    DotNet,
}
