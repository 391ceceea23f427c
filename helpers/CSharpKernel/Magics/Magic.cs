using System.Globalization;

namespace CSharpKernel.Magics;

/// <summary>A command of a cell, such as <c>#!time</c>.</summary>
internal abstract class Magic
{
    /// <summary>The names after <c>#!</c>; the first is the one that lists show.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>What it does, in one line.</summary>
    public abstract string Description { get; }

    /// <summary>Whether the lines below it, down to the next magic, are its text and not C#.</summary>
    public virtual bool TakesText => false;

    /// <summary>What may stand behind its name; null when it reads its line by itself.</summary>
    public virtual IReadOnlyList<MagicParameter>? Parameters => TakesText ? null : [];

    /// <summary>How it is written, in one line.</summary>
    public string Usage => string.Join(' ', (Parameters ?? []).Select(Write).Prepend("#!" + Names[0]));

    /// <summary>What <c>--help</c> shows.</summary>
    public string Help => string.Join('\n',
        (Parameters ?? []).Select(parameter => string.Create(CultureInfo.InvariantCulture, $"  {parameter.Name,-14} {parameter.Description}"))
            .Prepend($"{Description}.\nUsage: {Usage}").Concat(Names.Count > 1 ? [$"Also: {string.Join(" ", Names.Skip(1).Select(name => "#!" + name))}"] : []));

    /// <summary>Does it.</summary>
    public abstract Task RunAsync(MagicCall call);

    private static string Write(MagicParameter parameter)
    {
        var value = parameter.IsFlag ? parameter.Name
            : parameter.IsImplicit ? $"[{parameter.Name}] <{parameter.Name.TrimStart('-')}>"
            : $"{parameter.Name} <{parameter.Name.TrimStart('-')}>";
        return parameter.IsRequired ? value : $"[{value}]";
    }
}
