using System.Collections;
using MLflowSharp.Values;

namespace MLflowSharp;

/// <summary>
/// What a model takes or gives: one tensor, or several tensors or columns by name. Arrays become it by themselves, so that
/// <c>model.Predict(rows)</c> takes a <c>float[][]</c>.
/// </summary>
public sealed class ModelData : IReadOnlyList<KeyValuePair<string, ModelTensor>>
{
    private readonly KeyValuePair<string, ModelTensor>[] _tensors;

    private ModelData(bool isNamed, KeyValuePair<string, ModelTensor>[] tensors) => (IsNamed, _tensors) = (isNamed, tensors);

    /// <summary>Whether the tensors have names; otherwise there is one only.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether these are columns: named, with one value a row each.</summary>
    public bool IsTable => IsNamed && Array.TrueForAll(_tensors, tensor => tensor.Value.Shape.Count == 1);

    /// <summary>The names in their order; none for a tensor without a name.</summary>
    public IReadOnlyList<string> Names => IsNamed ? [.. _tensors.Select(tensor => tensor.Key)] : [];

    /// <summary>The number of tensors or columns.</summary>
    public int Count => _tensors.Length;

    /// <summary>The number of rows, the first dimension.</summary>
    public int RowCount => _tensors is [var first, ..] && first.Value.Shape.Count > 0 ? (int)first.Value.Shape[0] : 0;

    /// <summary>The only tensor.</summary>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when there are several, which the message names.</exception>
    public ModelTensor Tensor => _tensors is [var only] ? only.Value : throw MlflowException.Invalid($"There are {Count} tensors; ask for one by its name: {string.Join(", ", Names)}.");

    /// <summary>A tensor or column with its name, which is empty for one that has none.</summary>
    /// <param name="index">Its place.</param>
    public KeyValuePair<string, ModelTensor> this[int index] => _tensors[index];

    /// <summary>A tensor or column by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="MlflowException">RESOURCE_DOES_NOT_EXIST when there is none of that name; the message says which there are.</exception>
    public ModelTensor this[string name] => Find(name)
        ?? throw MlflowException.Missing(IsNamed ? $"There is nothing named '{name}', only: {string.Join(", ", Names)}." : $"There is one tensor, and it has no name; use {nameof(Tensor)} instead of ['{name}'].");

    /// <summary>One tensor without a name.</summary>
    /// <param name="tensor">The tensor.</param>
    public static ModelData Of(ModelTensor tensor) => new(isNamed: false, [new("", tensor)]);

    /// <summary>Tensors or columns by name, all with the same number of rows.</summary>
    /// <param name="tensors">The names, each once, with their tensors.</param>
    /// <exception cref="MlflowException">INVALID_PARAMETER_VALUE when they differ in the number of rows, or a name comes twice.</exception>
    public static ModelData Of(IEnumerable<KeyValuePair<string, ModelTensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = tensors.ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in named)
        {
            if (!names.Add(name))
                throw MlflowException.Invalid($"The name '{name}' is there twice. Names are used once.");
            if (tensor.Shape.Count > 0 && named[0].Value.Shape.Count > 0 && tensor.Shape[0] != named[0].Value.Shape[0])
                throw MlflowException.Invalid($"All must have the same number of rows, but '{named[0].Key}' has {named[0].Value.Shape[0]} and '{name}' has {tensor.Shape[0]}.");
        }

        return new(isNamed: true, named);
    }

    /// <summary>What a model gives by name; a sum over all rows has none of its own.</summary>
    internal static ModelData OfOutputs(IEnumerable<KeyValuePair<string, ModelTensor>> outputs) => new(isNamed: true, [.. outputs]);

    /// <summary>Columns by name.</summary>
    /// <param name="columns">A dictionary or an object of arrays or lists, such as <c>new { height = heights, width = widths }</c>.</param>
    public static ModelData FromColumns(object columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Of(ObjectTree.Members(columns).Select(column => KeyValuePair.Create(column.Key, ToTensor(column.Key, column.Value))));
    }

    /// <summary>Columns of records.</summary>
    /// <param name="records">Objects or dictionaries with the same names, one a row, such as <c>new { height = 1.5, width = 2.0 }</c>; a name that some lack is missing there.</param>
    public static ModelData FromRecords(IEnumerable<object> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var rows = records.Select(ObjectTree.Members).ToList();
        return Of(rows.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal)
            .Select(name => KeyValuePair.Create(name, ToTensor(name, rows.Select(row => row.GetValueOrDefault(name)).ToList()))));
    }

    /// <summary>The columns of a table.</summary>
    /// <param name="table">The table.</param>
    public static ModelData FromTable(ArtifactTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Of(table.Columns.Select(column => KeyValuePair.Create(column, ToTensor(column, table[column]))));
    }

    /// <summary>A tensor.</summary>
    public static implicit operator ModelData(ModelTensor tensor) => Of(tensor);

    /// <summary>An array of one or several dimensions, or of rows of one length.</summary>
    public static implicit operator ModelData(Array array) => Of(ModelTensor.OfArray(array));

    /// <summary>Tensors or columns by name.</summary>
    public static implicit operator ModelData(Dictionary<string, ModelTensor> tensors) => Of(tensors);

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Their numbers from 0, in the order wanted.</param>
    public ModelData Rows(params ReadOnlySpan<int> rows)
    {
        var taken = new KeyValuePair<string, ModelTensor>[_tensors.Length];
        for (var index = 0; index < taken.Length; index++)
            taken[index] = new(_tensors[index].Key, _tensors[index].Value.Rows(rows));
        return new(IsNamed, taken);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ModelTensor>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, ModelTensor>>)_tensors).GetEnumerator();

    /// <summary>Types, shapes and names; the values are not shown.</summary>
    public override string ToString() => IsNamed ? string.Join(", ", _tensors.Select(tensor => $"{tensor.Key}: {tensor.Value}")) : _tensors[0].Value.ToString();

    /// <summary>How a notebook shows the data: as their text.</summary>
    public IReadOnlyDictionary<string, object> ToDisplayBundle() => new Dictionary<string, object> { ["text/plain"] = ToString() };

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ModelData Head(int rows) => rows >= RowCount ? this : Rows([.. Enumerable.Range(0, rows)]);

    internal ModelTensor? Find(string name) => IsNamed ? Array.Find(_tensors, tensor => tensor.Key == name).Value : null;

    private static ModelTensor ToTensor(string name, object? values)
    {
        try
        {
            return values switch
            {
                ModelTensor tensor => tensor,
                Array array => ModelTensor.OfArray(array),
                IEnumerable list and not string => ArrayTensors.OfList(list),
                _ => throw MlflowException.Invalid("it must be an array or a list, one value a row."),
            };
        }
        catch (MlflowException refusal)
        {
            throw MlflowException.Invalid($"Column '{name}': {refusal.Message}");
        }
    }
}
