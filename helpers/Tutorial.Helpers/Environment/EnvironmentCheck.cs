using System.Reflection;
using System.Runtime.InteropServices;
using MLflowSharp;
using MLflowSharp.TorchSharp;
using TorchSharp;

namespace Tutorial.Helpers;

/// <summary>Checks that this machine has what the course needs, and says what to do where it has not.</summary>
public static class EnvironmentCheck
{
    private const int LeastDotNet = 10;

    /// <summary>
    /// Looks at .NET, the kernel, the MNIST files, the place where MLflow keeps its records, and the native libraries. It never throws: what
    /// fails becomes a line of the report. It leaves no file behind.
    /// </summary>
    public static EnvironmentReport Run() => new(
    [
        Check(".NET", DotNet),
        Check("Kernel", Kernel),
        Check("MNIST", () => Mnist.Load().ToString()),
        Check("MLflow store", () => Store(Mlflow.GetTrackingUri())),
        Check("TorchSharp", Torch),
        Check("Pictures", Pictures),
    ]);

    /// <summary>One line: what <paramref name="look"/> says, or the message and remedy of the exception it throws.</summary>
    internal static EnvironmentItem Check(string name, Func<string> look)
    {
        try
        {
            return new EnvironmentItem(name, true, look());
        }
        catch (Exception exception)
        {
            // Whatever is wrong with a machine is this check's finding, not its failure.
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            return new EnvironmentItem(name, false, cause.Message);
        }
    }

    /// <summary>Says where MLflow would write, after trying whether it can.</summary>
    /// <param name="trackingUri">As <see cref="Mlflow.GetTrackingUri"/> gives it.</param>
    internal static string Store(string trackingUri)
    {
        const string Scheme = "sqlite:///";
        if (!trackingUri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            using var client = new MlflowClient(trackingUri);
            return $"{client.TrackingUri}, which is tried when the first run is logged";
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(trackingUri[Scheme.Length..]))!;
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".mlflow-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"MLflow cannot write its database in '{folder}': {exception.Message} Open the notebook in a folder of your own, "
                + "or set MLFLOW_TRACKING_URI to sqlite:/// and a path where you may write.", exception);
        }

        return $"{Path.GetFileName(trackingUri)} can be written";
    }

    private static string DotNet() => Environment.Version.Major >= LeastDotNet
        ? RuntimeInformation.FrameworkDescription
        : throw new PlatformNotSupportedException(
            $"This is {RuntimeInformation.FrameworkDescription}, but the course needs .NET {LeastDotNet}. Install its SDK as environment/laptop/README.md says.");

    private static string Kernel() => Assembly.GetEntryAssembly()?.GetName().Name switch
    {
        "CSharpKernel" => "the course's own C# kernel",
        "Microsoft.DotNet.Interactive.App" => ".NET Interactive, which is no longer maintained; `dotnet tutorial.cs kernel install --user` installs its successor",
        var program => $"none, as this is {program ?? "an unnamed program"} and not a notebook",
    };

    private static string Torch()
    {
        TorchRuntime.Initialize();
        using var scope = torch.NewDisposeScope();
        var sum = torch.ones(2, 3).sum().item<float>();
        return sum == 6f
            ? "the native libraries of PyTorch load and compute"
            : throw new InvalidOperationException($"PyTorch's native libraries load but compute 1+1+1+1+1+1 = {sum}. Restore the packages again: dotnet build --no-incremental helpers/Tutorial.Helpers.");
    }

    private static string Pictures()
    {
        _ = Drawing.PngRenderer.Encode(new byte[1], 1, 1);
        return "SkiaSharp's native library loads";
    }
}
