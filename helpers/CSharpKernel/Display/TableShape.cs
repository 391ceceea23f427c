namespace CSharpKernel.Display;

/// <summary>Rows of the same kind, to be shown with one column per property.</summary>
internal sealed class TableShape
{
    private readonly IReadOnlyList<(string Name, Func<object, object?> Read)> _members;

    private TableShape(IReadOnlyList<(string Name, Func<object, object?> Read)> members) => _members = members;

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns => [.. _members.Select(member => member.Name)];

    /// <summary>Finds the columns when every item is an object of one type with members to show.</summary>
    public static TableShape? TryCreate(IReadOnlyList<object?> items)
    {
        if (items.Count == 0 || items[0] is not { } first || ScalarText.Is(first) || first is System.Collections.IEnumerable)
            return null;
        var type = first.GetType();
        if (items.Any(item => item?.GetType() != type) || SelfDescribing.TryRead(first) is not null)
            return null;
        var members = ObjectShape.Of(type).Members;
        return members.Count == 0 ? null : new TableShape(members);
    }

    /// <summary>The cells of a row.</summary>
    public IEnumerable<object?> Read(object? row) => _members.Select(member => member.Read(row!));
}
