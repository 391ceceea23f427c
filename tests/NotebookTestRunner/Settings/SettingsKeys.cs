using JupyterProtocol;

namespace NotebookTestRunner.Settings;

/// <summary>The keys that settings may have. Whatever reads a section of its own adds it here, so that a misspelt key is refused, not ignored.</summary>
internal static class SettingsKeys
{
    /// <summary>Keys at the top, with the keys allowed below each: none, for a plain value or a list; null where whoever reads the section refuses what it does not know.</summary>
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
        CheckMembers(settings, Known.Keys);
        foreach (var (key, value) in settings.Members())
        {
            if (Known[key] is not { } inner || !value.IsMap) continue;
            if (inner.Length == 0) throw value.Refused("must be a single value or a list, not a map");
            CheckMembers(value, inner);
        }
    }

    /// <summary>Refuses members of a map that are none of these.</summary>
    /// <exception cref="NotebookRunException">A member is none of them, or the value is no map.</exception>
    public static void CheckMembers(SettingsValue map, IReadOnlyCollection<string> known)
    {
        foreach (var (name, member) in map.Members())
        {
            if (!known.Contains(name)) throw Unknown(name, member, known);
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
