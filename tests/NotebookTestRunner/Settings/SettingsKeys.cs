using JupyterProtocol;

namespace NotebookTestRunner.Settings;

/// <summary>The keys that settings may have. Whatever reads a section of its own adds it here, so that a misspelt key is refused, not ignored.</summary>
internal static class SettingsKeys
{
    /// <summary>Keys at the top, with the keys allowed below each: none, for a plain value or a list; null where the keys are names of the author's own.</summary>
    private static readonly Dictionary<string, string[]?> Known = new()
    {
        ["root"] = [],
        ["mode"] = [],
        ["tolerance"] = ["relative", "absolute"],
        ["similarity"] = [],
        ["timeout"] = [],
        ["normalizers"] = null,
        ["lock"] = [],
        ["budget"] = null,
    };

    /// <summary>Refuses keys that nothing reads.</summary>
    /// <exception cref="NotebookRunException">A key is not known; the message names the nearest one that is.</exception>
    public static void Check(SettingsValue settings)
    {
        foreach (var (key, value) in settings.Members())
        {
            if (!Known.TryGetValue(key, out var inner)) throw Unknown(key, value, Known.Keys);
            if (inner is null || !value.IsMap) continue;
            if (inner.Length == 0) throw value.Refused("must be a single value or a list, not a map");
            foreach (var (name, member) in value.Members())
            {
                if (!inner.Contains(name)) throw Unknown(name, member, inner);
            }
        }
    }

    /// <summary>The error about a name that does not exist.</summary>
    public static NotebookRunException Unknown(string written, SettingsValue value, IEnumerable<string> known)
    {
        var names = known.ToList();
        var slip = NearestName.FindSlip(written, names) is { } meant ? $"did you mean \"{meant}\"? " : "";
        return new($"{value.Place}: there is no setting \"{value.Name}\"; {slip}Known here: {string.Join(", ", names)}.");
    }
}
