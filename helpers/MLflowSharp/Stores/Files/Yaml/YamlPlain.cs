namespace MLflowSharp.Stores.Files.Yaml;

/// <summary>An unquoted value that is neither text nor a decimal number nor null, kept as it was written: a truth value, a fraction, a date.</summary>
/// <param name="Text">As written.</param>
internal sealed record YamlPlain(string Text)
{
    public override string ToString() => Text;
}
