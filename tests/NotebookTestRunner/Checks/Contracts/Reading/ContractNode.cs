using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace NotebookTestRunner.Checks.Contracts.Reading;

/// <summary>A piece of a contract, which knows where it stands.</summary>
/// <param name="yaml">What is written there.</param>
/// <param name="locate">Says where a line of the YAML text stands.</param>
internal sealed class ContractNode(YamlNode yaml, Func<long, string> locate)
{
    /// <summary>Where it stands, such as <c>lesson.contract.yml, line 3</c>.</summary>
    public string Place => locate(yaml.Start.Line);

    public bool IsList => yaml is YamlSequenceNode;

    public bool IsMapping => yaml is YamlMappingNode;

    /// <summary>The text when it is a single value, or null.</summary>
    public string? Scalar => yaml is YamlScalarNode scalar ? scalar.Value ?? "" : null;

    /// <summary>The text of a single value.</summary>
    public string Text(string what) => Scalar ?? throw Refuse($"{what} is to be a single value");

    /// <summary>The items of a list; a single value or mapping counts as a list of one.</summary>
    public IEnumerable<ContractNode> Items => yaml is YamlSequenceNode items ? items.Children.Select(Child) : [this];

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<string> Texts(string what) => [.. Items.Select(item => item.Text(what))];

    /// <summary>The members of a mapping in which any name may stand.</summary>
    public IEnumerable<(string Key, ContractNode Value)> Members(string what) =>
        yaml is YamlMappingNode mapping
            ? mapping.Children.Select(member => (member.Key is YamlScalarNode key ? key.Value ?? "" : throw new ContractNode(member.Key, locate).Refuse("a name is to be a single value"), Child(member.Value)))
            : throw Refuse($"{what} is to be a mapping (name: value)");

    /// <summary>The members of a mapping in which certain names may stand.</summary>
    public IReadOnlyDictionary<string, ContractNode> Members(string what, params string[] known)
    {
        Dictionary<string, ContractNode> members = [];
        foreach (var (key, value) in Members(what))
        {
            if (!known.Contains(key))
                throw value.Refuse($"\"{key}\" is not known in {what}: did you mean \"{Nearest.To(key, known)}\"? There are {string.Join(", ", known)}");
            members[key] = value;
        }
        return members;
    }

    /// <summary>An amount such as <c>exactly 2</c>.</summary>
    public Amount Amount(string what) =>
        Contracts.Amount.Read(Text(what).Trim()) ?? throw Refuse($"{what} is \"{Scalar}\", which is no amount: write 2, exactly 2, at least 1, at most 3, 1 to 3, none, some or any");

    /// <summary>What a value is to be.</summary>
    public Expectation Expectation()
    {
        if (Scalar is { } text) return Contracts.Expectation.Read(text.Trim());
        if (IsList) return new Expectation.Either([.. Items.Select(item => item.Expectation())]);
        var members = Members("an expected value", "equals", "one-of", "from", "to", "within", "matches", "contains");
        return members.Keys.Order(StringComparer.Ordinal).ToArray() switch
        {
            ["equals"] => new Expectation.Same(members["equals"].Text("equals")),
            ["equals", "within"] => Near(),
            ["one-of"] => new Expectation.Either([.. members["one-of"].Items.Select(item => item.Expectation())]),
            ["from"] => new Expectation.Within(members["from"].Number("from"), null),
            ["to"] => new Expectation.Within(null, members["to"].Number("to")),
            ["from", "to"] => new Expectation.Within(members["from"].Number("from"), members["to"].Number("to")),
            ["matches"] => new Expectation.Like(members["matches"].Pattern()),
            ["contains"] => new Expectation.Containing(members["contains"].Text("contains")),
            _ => throw Refuse("an expected value has equals (with within, if you like), or one-of, or from and to, or matches, or contains"),
        };

        Expectation Near()
        {
            var share = members["within"].Text("within").Trim();
            return share.EndsWith('%')
                ? new Expectation.Near(members["equals"].Number("equals"), Parse(share[..^1]) / 100, IsShare: true)
                : new Expectation.Near(members["equals"].Number("equals"), Parse(share), IsShare: false);
        }

        double Parse(string number) => Contracts.Expectation.Number(number) ?? throw members["within"].Refuse("within is to be a number, or a number and %");
    }

    /// <summary>A regular expression.</summary>
    public Regex Pattern()
    {
        try
        {
            return new Regex(Text("a pattern"), RegexOptions.CultureInvariant | RegexOptions.Multiline, TimeSpan.FromSeconds(2));
        }
        catch (ArgumentException error)
        {
            throw Refuse($"\"{Scalar}\" is no regular expression: {error.Message}");
        }
    }

    public double Number(string what) =>
        Contracts.Expectation.Number(Text(what)) ?? throw Refuse($"{what} is \"{Scalar}\", which is no number");

    public long Integer(string what) =>
        long.TryParse(Text(what), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : throw Refuse($"{what} is \"{Scalar}\", which is no whole number");

    public bool Boolean(string what) => Text(what) switch
    {
        "true" or "yes" => true,
        "false" or "no" => false,
        var other => throw Refuse($"{what} is \"{other}\": write true or false"),
    };

    /// <summary>The error for what is not understood here.</summary>
    public NotebookRunException Refuse(string why) => new($"The contract is not understood ({Place}): {why}.");

    private ContractNode Child(YamlNode node) => new(node, locate);
}
