namespace NotebookTestRunner.Caching;

/// <summary>What the cache knows of a notebook before it is run.</summary>
/// <param name="File">The file of its entry.</param>
/// <param name="NotebookHash">A hash of the notebook's file.</param>
/// <param name="Key">What an entry must have as its key.</param>
/// <param name="FindInputs">Finds the files it depends on.</param>
/// <param name="States">Those there are now, and their states.</param>
/// <param name="Hit">The result, where it need not be run again; otherwise null.</param>
internal sealed record CacheLookup(string File, string NotebookHash, string Key, Func<IReadOnlySet<string>> FindInputs, IReadOnlyDictionary<string, string> States, NotebookResult? Hit);
