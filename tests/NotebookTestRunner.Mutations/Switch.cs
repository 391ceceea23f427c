namespace NotebookTestRunner.Mutations;

/// <summary>The switch of the faults, as code that is compiled into the assembly that has them.</summary>
internal static class Switch
{
    /// <summary>Names the one fault that is on; with none, no fault is.</summary>
    public const string FaultVariable = "NOTEBOOKTESTRUNNER_FAULT";

    /// <summary>Names a file that gets the numbers of all faults whose places are reached.</summary>
    public const string ReachedVariable = "NOTEBOOKTESTRUNNER_FAULTS_REACHED";

    /// <summary>The code.</summary>
    public const string Source = $$"""
        namespace NotebookTestRunner.Mutations
        {
            internal static class Switch
            {
                private static readonly int active = int.TryParse(System.Environment.GetEnvironmentVariable("{{FaultVariable}}"), out var number) ? number : -1;
                private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, bool> reached = Record();

                public static bool On(int fault)
                {
                    reached?.TryAdd(fault, true);
                    return fault == active;
                }

                private static System.Collections.Concurrent.ConcurrentDictionary<int, bool> Record()
                {
                    if (System.Environment.GetEnvironmentVariable("{{ReachedVariable}}") is not { Length: > 0 } file) return null!;
                    var all = new System.Collections.Concurrent.ConcurrentDictionary<int, bool>();
                    System.AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.AppendAllText(file, string.Join(' ', all.Keys) + " ");
                    return all;
                }
            }
        }
        """;
}
