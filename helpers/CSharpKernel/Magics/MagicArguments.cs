using JupyterProtocol;

namespace CSharpKernel.Magics;

/// <summary>What stands behind a magic's name, read by the magic's parameters.</summary>
internal sealed class MagicArguments
{
    private readonly Dictionary<string, MagicToken> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a line.</summary>
    /// <exception cref="MagicException">A parameter is unknown, missing, given twice, or without its value.</exception>
    public static MagicArguments Parse(Magic magic, string line)
    {
        var parameters = magic.Parameters ?? [];
        var read = new MagicArguments();
        var tokens = new Queue<MagicToken>(MagicToken.Split(line));
        while (tokens.TryDequeue(out var token))
        {
            if (token.IsQuoted || !token.Text.StartsWith("--", StringComparison.Ordinal))
            {
                var free = parameters.FirstOrDefault(parameter => parameter.IsImplicit && !read._values.ContainsKey(parameter.Name))
                    ?? throw Wrong(magic, $"'{token.Text}' is too much behind #!{magic.Names[0]}.");
                read._values[free.Name] = token;
                continue;
            }

            var known = parameters.FirstOrDefault(parameter => parameter.Name == token.Text)
                ?? throw Wrong(magic, $"Unknown parameter '{token.Text}' of #!{magic.Names[0]}.{Suggestion(token.Text, parameters)}");
            if (read._values.ContainsKey(known.Name))
                throw Wrong(magic, $"The parameter {known.Name} of #!{magic.Names[0]} is given twice.");
            if (known.IsFlag)
                read._values[known.Name] = token;
            else if (tokens.TryPeek(out var value) && (value.IsQuoted || !parameters.Any(parameter => parameter.Name == value.Text)))
                read._values[known.Name] = tokens.Dequeue();
            else
                throw Wrong(magic, $"The parameter {known.Name} of #!{magic.Names[0]} needs a value.");
        }

        if (parameters.FirstOrDefault(parameter => parameter.IsRequired && !read._values.ContainsKey(parameter.Name)) is { } missing)
            throw Wrong(magic, $"#!{magic.Names[0]} needs the parameter {missing.Name}.");
        return read;
    }

    /// <summary>Whether a parameter was given.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>What was written for a parameter; null when it was not given.</summary>
    public MagicToken? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>The text of a parameter's value, with <c>@input</c> asked for and <c>@kernel:name</c> looked up; null when it was not given.</summary>
    public async Task<string?> ReadTextAsync(string name, MagicCall call) =>
        Find(name) is { } token ? (await MagicValue.ReadAsync(token, name.TrimStart('-'), call))?.ToString() : null;

    private static MagicException Wrong(Magic magic, string what) => new($"{what} Usage: {magic.Usage}");

    private static string Suggestion(string written, IReadOnlyList<MagicParameter> parameters) =>
        NearestName.FindSlip(written, parameters.Select(parameter => parameter.Name)) is { } near ? $" Did you mean {near}?" : "";
}
