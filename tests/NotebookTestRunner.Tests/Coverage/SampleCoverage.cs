using NotebookTestRunner.Coverage;

namespace NotebookTestRunner.Tests.Coverage;

/// <summary>A library of two files, of which one notebook runs a line and a half, another a line, and a third nothing.</summary>
internal static class SampleCoverage
{
    public static NotebookCoverage Of(string root)
    {
        var (sums, series) = (Path.Combine(root, "Sums.cs"), Path.Combine(root, "deep", "Series.cs"));
        var add = new MethodName("Some.Sums", "Add");
        var library = new CountedAssembly("Some", new HashSet<MethodName> { add, new("Some.Outer+Inner", "Take"), new("Some.Outer+Inner", "Skip") },
        [
            new(add, sums, 3), new(add, sums, 4), new(add, sums, 4), new(add, sums, 6), new(new("Some.Sums", "<Add>b__0"), null, 0),
            new(new("Some.Outer+Inner", "Take"), series, 2), new(new("Some.Outer+Inner", "Take"), series, 3), new(new("Some.Outer+Inner", "Take"), series, 7),
        ]);
        var coverage = new NotebookCoverage();
        coverage.Add(library);
        coverage.Add(Path.Combine(root, "b.ipynb"), new Dictionary<CountedAssembly, IReadOnlyList<bool>> { [library] = [true, true, false, false, true] });
        coverage.Add(Path.Combine(root, "a.ipynb"), new Dictionary<CountedAssembly, IReadOnlyList<bool>> { [library] = [true, false, false, false, false, false, false, false] });
        coverage.Add(Path.Combine(root, "c.ipynb"), new Dictionary<CountedAssembly, IReadOnlyList<bool>>());
        return coverage;
    }
}
