using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

public sealed class PublicMethodsTests
{
    [Fact]
    public void Public_methods_that_somebody_wrote_are_read_from_an_assembly()
    {
        var methods = PublicMethods.Read(typeof(NotebookRunner).Assembly.Location);

        Assert.Contains(new MethodName("NotebookTestRunner.NotebookRunner", "RunAsync"), methods);
        Assert.Contains(new MethodName("NotebookTestRunner.NotebookRunner", ".ctor"), methods);
        Assert.DoesNotContain(methods, method => method.Name.StartsWith("get_CellTimeout", StringComparison.Ordinal) || method.Name.Contains('<', StringComparison.Ordinal));
        Assert.DoesNotContain(methods, method => method.Type.EndsWith("CellJudge", StringComparison.Ordinal));
    }
}
