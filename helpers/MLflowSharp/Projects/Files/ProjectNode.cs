using System.Globalization;
using MLflowSharp.Registry;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MLflowSharp.Projects.Files;

/// <summary>A piece of an MLproject file, which knows where it stands.</summary>
/// <param name="yaml">What is written there.</param>
/// <param name="path">The file.</param>
internal sealed class ProjectNode(YamlNode yaml, string path)
{
    /// <summary>Where it stands, such as <c>/home/me/project/MLproject, line 3, column 5</c>.</summary>
    public string Place => PlaceOf(path, yaml.Start);

    public bool IsMapping => yaml is YamlMappingNode;

    public bool IsList => yaml is YamlSequenceNode;

    /// <summary>The value as the text Python makes of it; null for none.</summary>
    public string? Value => YamlValue.Text(yaml);

    /// <summary>Whether it counts as not there, as Python's "falsy" values do.</summary>
    public bool IsEmpty => yaml switch
    {
        YamlMappingNode map => map.Children.Count == 0,
        YamlSequenceNode list => list.Children.Count == 0,
        _ => Value is null or "" or "False" or "0",
    };

    /// <summary>The text, where a list, a map, a number or nothing is refused.</summary>
    public string Text(string what, string example) =>
        yaml is YamlScalarNode scalar && Value == scalar.Value && Value is { Length: > 0 } text ? text : throw Refuse($"{what} is to be a text", $"Write for instance `{example}`.");

    /// <summary>The items of a list.</summary>
    public IEnumerable<ProjectNode> Items(string what, string example) => yaml is YamlSequenceNode list
        ? list.Children.Select(Child)
        : throw Refuse($"{what} is to be a list", $"Write for instance `{example}`.");

    /// <summary>The members of a map, in their order; a merged one (<c>&lt;&lt;</c>) gives what is not said here.</summary>
    public IReadOnlyList<(string Name, ProjectNode Key, ProjectNode Value)> Members(string what, string example)
    {
        if (yaml is not YamlMappingNode map)
        {
            throw Value is null && yaml is YamlScalarNode
                ? Refuse($"there is nothing in {what}", $"Indent what belongs to it by more spaces than its own line, such as `{example}`, or take the line out.")
                : Refuse($"{what} is to hold entries of the form `name: value`", $"Write for instance `{example}`.");
        }

        var members = new List<(string Name, ProjectNode Key, ProjectNode Value)>();
        foreach (var (key, value) in map.Children.Where(child => !IsMerge(child.Key)))
            members.Add((YamlValue.Text(key) ?? "", Child(key), Child(value)));
        foreach (var merged in map.Children.Where(child => IsMerge(child.Key)).SelectMany(child => Child(child.Value).Members(what, example)))
        {
            if (members.All(member => member.Name != merged.Name))
                members.Add(merged);
        }

        return members;
    }

    /// <summary>The members of a map in which certain names may stand; others are refused.</summary>
    public IReadOnlyDictionary<string, ProjectNode> Members(string what, string example, IReadOnlyList<string> known)
    {
        var members = new Dictionary<string, ProjectNode>();
        foreach (var (name, key, value) in Members(what, example))
        {
            if (!known.Contains(name))
                throw key.Refuse($"'{name}' is not known in {what}", $"Did you mean '{NearestNames.Find(name, known, 1)[0]}'? There are {string.Join(", ", known)}.");
            members[name] = value;
        }

        return members;
    }

    /// <summary>The error for what is not understood here.</summary>
    public MlflowException Refuse(string what, string next) => MlflowException.Invalid($"{Place}: {what}. {next}");

    public static string PlaceOf(string path, Mark mark) => string.Create(CultureInfo.InvariantCulture, $"{path}, line {mark.Line}, column {mark.Column}");

    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

    private ProjectNode Child(YamlNode node) => new(node, path);
}
