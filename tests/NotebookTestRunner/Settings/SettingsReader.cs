using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Settings;

/// <summary>Reads settings from YAML files and from the metadata of notebooks.</summary>
internal static class SettingsReader
{
    private const int MostValues = 10_000;
    private const int MostDepth = 20;

    /// <summary>The settings in a YAML file.</summary>
    /// <exception cref="NotebookRunException">The file cannot be read, is not YAML, or is no map.</exception>
    public static SettingsValue ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookRunException($"The settings {path} cannot be read ({error.Message}): check the permissions of the file.", error);
        }
    }

    /// <summary>The settings in YAML text; an empty text holds none.</summary>
    public static SettingsValue Parse(string text, string path)
    {
        var yaml = new YamlStream();
        try
        {
            yaml.Load(new StringReader(text));
        }
        catch (YamlException error)
        {
            throw new NotebookRunException($"{path}, line {error.Start.Line}: the settings are not YAML ({error.Message.TrimEnd('.')}): mend the line.", error);
        }
        if (yaml.Documents.Count > 1) throw new NotebookRunException($"{path}: the settings must be one YAML document, and there are {yaml.Documents.Count}: take the lines \"---\" out.");
        return yaml.Documents is [{ RootNode: { } root }] && !(root is YamlScalarNode { Value: null or "" })
            ? CheckMap(new YamlTree(path).Convert(root, "", 0))
            : SettingsValue.OfMembers("", path, new Dictionary<string, SettingsValue>());
    }

    /// <summary>The settings in a notebook's metadata.</summary>
    public static SettingsValue FromMetadata(JsonNode metadata, string place) => CheckMap(Convert(metadata, "", place));

    /// <summary>The settings in a cell's metadata: what a cell can say by a mark is not among them.</summary>
    public static SettingsValue FromCell(JsonNode metadata, string place)
    {
        var settings = Convert(metadata, "", place);
        SettingsKeys.CheckMembers(settings, ["budget"]);
        return settings;
    }

    private static SettingsValue CheckMap(SettingsValue settings)
    {
        SettingsKeys.Check(settings);
        return settings;
    }

    private static SettingsValue Convert(JsonNode? node, string name, string place) => node switch
    {
        JsonObject members => SettingsValue.OfMembers(name, place, members.ToDictionary(member => member.Key, member => Convert(member.Value, Join(name, member.Key), place))),
        JsonArray items => SettingsValue.OfItems(name, place, [.. items.Select(item => Convert(item, name, place))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => SettingsValue.OfScalar(name, place, value.GetValue<string>()),
        _ => SettingsValue.OfScalar(name, place, node?.ToJsonString() ?? ""),
    };

    private static string Join(string name, string key) => name.Length == 0 ? key : $"{name}.{key}";

    /// <summary>Turns YAML's nodes into values. Aliases may multiply what a small file says, so there is a limit.</summary>
    private sealed class YamlTree(string path)
    {
        private int values;

        public SettingsValue Convert(YamlNode node, string name, int depth)
        {
            var place = $"{path}, line {node.Start.Line}";
            if (++values > MostValues || depth > MostDepth)
                throw new NotebookRunException($"{place}: the settings hold more than {MostValues} values or are nested more than {MostDepth} deep: make them smaller.");
            return node switch
            {
                YamlMappingNode map => SettingsValue.OfMembers(name, place, map.Children.ToDictionary(
                    child => Key(child.Key),
                    // A value is where its key is: the reader looks for the key.
                    child => Convert(child.Value, Join(name, Key(child.Key)), depth + 1).At($"{path}, line {child.Key.Start.Line}"))),
                YamlSequenceNode list => SettingsValue.OfItems(name, place, [.. list.Children.Select(child => Convert(child, name, depth + 1))]),
                YamlScalarNode scalar => SettingsValue.OfScalar(name, place, scalar.Value ?? ""),
                _ => throw new NotebookRunException($"{place}: this is neither a value, a list nor a map."),
            };
        }

        private string Key(YamlNode key) => key is YamlScalarNode { Value: { Length: > 0 } text }
            ? text
            : throw new NotebookRunException($"{path}, line {key.Start.Line}: a key must be a word.");
    }
}
