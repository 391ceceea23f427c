using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace MLflowSharp.Journal;

/// <summary>The stores of this process that have a journal: a read through one client sees what another logged, and the end of the process waits for all.</summary>
internal static class OpenJournals
{
    private static readonly ConcurrentDictionary<JournaledTrackingStore, bool> All = new();

    static OpenJournals()
    {
        // Runs are ended first: their ends are journaled, too.
        RuntimeHelpers.RunClassConstructor(typeof(ActiveRuns).TypeHandle);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => EndAll();
    }

    public static void Add(JournaledTrackingStore store) => All[store] = true;

    public static void Remove(JournaledTrackingStore store) => All.TryRemove(store, out _);

    /// <summary>The journals of the same store in this process.</summary>
    public static IEnumerable<JournaledTrackingStore> OfStore(string folder)
    {
        foreach (var (store, _) in All)
        {
            if (store.Folder == folder)
                yield return store;
        }
    }

    private static void EndAll()
    {
        foreach (var (store, _) in All)
        {
            try
            {
                store.EndJournal();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // The process is ending: there is no caller left who could be told otherwise.
                Console.Error.WriteLine($"A journal could not be closed; what is in it is written by the next program that uses the store: {error.Message}");
            }
        }
    }
}
