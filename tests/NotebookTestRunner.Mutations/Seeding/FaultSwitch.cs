namespace NotebookTestRunner.Mutations.Seeding;

/// <summary>The switch of the faults, as code that is compiled into the assembly that has them.</summary>
internal static class FaultSwitch
{
    /// <summary>The full name of the type in the assembly with the faults.</summary>
    public const string TypeName = "NotebookTestRunner.Mutations.Switch";

    /// <summary>The field with the number of the one fault that is on; none is at -1.</summary>
    public const string ActiveField = "Active";

    /// <summary>The field with the places that are reached: by number, whether by other code than what computes a value once and keeps it. Null where nothing is recorded.</summary>
    public const string ReachedField = "Reached";

    /// <summary>Names the fault that is on from the start; for processes that a test starts.</summary>
    public const string FaultVariable = "NOTEBOOKTESTRUNNER_FAULT";

    /// <summary>Names a file that gets the numbers of all reached faults when the process ends; for processes that a test starts.</summary>
    public const string ReachedVariable = "NOTEBOOKTESTRUNNER_FAULTS_REACHED";

    /// <summary>The code.</summary>
    public const string Source = $$"""
        namespace NotebookTestRunner.Mutations
        {
            using System;
            using System.Collections.Concurrent;
            using System.Diagnostics;

            internal static class Switch
            {
                public static volatile int {{ActiveField}} = int.TryParse(Environment.GetEnvironmentVariable("{{FaultVariable}}"), out var number) ? number : -1;
                public static volatile ConcurrentDictionary<int, bool> {{ReachedField}} = Record()!;

                public static bool On(int fault)
                {
                    if ({{ReachedField}} is { } all && !(all.TryGetValue(fault, out var often) && often)) all[fault] = !IsComputedOnce();
                    return fault == {{ActiveField}};
                }

                // A value that is kept does not change when the fault is switched on later.
                private static bool IsComputedOnce()
                {
                    foreach (var frame in new StackTrace(1, false).GetFrames())
                        if (frame.GetMethod()?.Name is ".cctor" or "GetOrAdd" or "CreateValue") return true;
                    return false;
                }

                private static ConcurrentDictionary<int, bool>? Record()
                {
                    if (Environment.GetEnvironmentVariable("{{ReachedVariable}}") is not { Length: > 0 } file) return null;
                    var all = new ConcurrentDictionary<int, bool>();
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.AppendAllText(file, string.Join(' ', all.Keys) + " ");
                    return all;
                }
            }
        }
        """;
}
