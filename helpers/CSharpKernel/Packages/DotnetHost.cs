using JupyterProtocol;

namespace CSharpKernel.Packages;

/// <summary>Finds the <c>dotnet</c> command: the one that runs the kernel, else the one on the path.</summary>
internal static class DotnetHost
{
    /// <summary>The command's full path, or its bare name.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        var file = Platform.Current.Program("dotnet");
        if (Environment.ProcessPath is { } process && System.IO.Path.GetFileName(process).Equals(file, StringComparison.OrdinalIgnoreCase))
            return process;
        var runtime = System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var beside = System.IO.Path.GetFullPath(System.IO.Path.Combine(runtime, "..", "..", "..", file));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
