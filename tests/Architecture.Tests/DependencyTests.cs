using System.Reflection;

namespace Architecture.Tests;

public sealed class DependencyTests
{
    private static readonly string[] OurAssemblies =
    [
        "JupyterProtocol", "CSharpKernel", "MLflowSharp", "MLflowSharp.Onnx", "MLflowSharp.TorchSharp", "MLflowSharp.ML", "MLflowSharp.Server", "MLflowSharp.Serving", "MLflowSharp.Testing",
        "NotebookTestRunner", "Tutorial.Helpers", "Tutorial.Cli",
    ];

    [Theory]
    [InlineData("JupyterProtocol", "")]
    [InlineData("CSharpKernel", "JupyterProtocol")]
    [InlineData("NotebookTestRunner", "JupyterProtocol MLflowSharp")]
    [InlineData("MLflowSharp", "")]
    [InlineData("MLflowSharp.Onnx", "MLflowSharp")]
    [InlineData("MLflowSharp.TorchSharp", "MLflowSharp MLflowSharp.Onnx")]
    [InlineData("MLflowSharp.ML", "MLflowSharp MLflowSharp.Onnx")]
    [InlineData("MLflowSharp.Server", "MLflowSharp")]
    [InlineData("MLflowSharp.Serving", "MLflowSharp MLflowSharp.Onnx MLflowSharp.Server")]
    [InlineData("MLflowSharp.Testing", "MLflowSharp MLflowSharp.Server")]
    [InlineData("Tutorial.Helpers", "MLflowSharp MLflowSharp.Onnx MLflowSharp.TorchSharp")]
    [InlineData("Tutorial.Cli", "NotebookTestRunner JupyterProtocol CSharpKernel Tutorial.Helpers MLflowSharp MLflowSharp.Serving")]
    public void A_project_knows_only_the_projects_below_it(string project, string allowed)
    {
        var references = Assembly.Load(project).GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(OurAssemblies.Contains);

        Assert.Empty(references.Except(allowed.Split(' ')));
    }
}
