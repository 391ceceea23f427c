namespace NotebookTestRunner.Mutations.Running;

/// <summary>What a test method does while no fault is on.</summary>
/// <param name="Key">A hash of what the record holds for: the code with the faults and the test's own file.</param>
/// <param name="Test">The test's name: class, method, and in parentheses its data.</param>
/// <param name="Passes">Whether it passes; one that fails without a fault notices none.</param>
/// <param name="Milliseconds">How long it takes.</param>
/// <param name="Reached">The faults whose places it reaches.</param>
/// <param name="ReachedOnce">Those of them that only decide about a value that is computed once and kept.</param>
internal sealed record TestRecord(string Key, string Test, bool Passes, double Milliseconds, HashSet<int> Reached, HashSet<int> ReachedOnce)
{
    /// <summary>What still is quick on a loaded machine: below it a test starts no process of .NET.</summary>
    private const double QuickMilliseconds = 250;

    /// <summary>Whether it is quick enough for the sample that the ordinary tests try.</summary>
    public bool IsQuick => Milliseconds < QuickMilliseconds;

    /// <summary>The class's full name.</summary>
    public string ClassName => ClassOf(Test);

    /// <summary>The full name of a test's class.</summary>
    /// <param name="test">The test's name, with its data in parentheses where it has any.</param>
    public static string ClassOf(string test)
    {
        var method = test.Split('(')[0];
        return method[..method.LastIndexOf('.')];
    }
}
