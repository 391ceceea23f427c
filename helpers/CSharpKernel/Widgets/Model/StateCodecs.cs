using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets.Model;

/// <summary>The kinds of values that the state of widgets is made of.</summary>
internal static class StateCodecs
{
    /// <summary>True or false.</summary>
    public static readonly StateCodec<bool> Boolean = Scalar<bool>(value => JsonValue.Create(value));

    /// <summary>Text.</summary>
    public static readonly StateCodec<string> Text = Scalar<string>(value => JsonValue.Create(value));

    /// <summary>Text, or none.</summary>
    public static readonly StateCodec<string?> OptionalText = Optional(Text);

    /// <summary>Several texts.</summary>
    public static readonly StateCodec<IReadOnlyList<string>> Texts = List(Text);

    /// <summary>A position in a list, or none.</summary>
    public static readonly StateCodec<int?> Index = new(
        value => value is { } index ? JsonValue.Create(index) : null,
        (json, out value) =>
        {
            var isIndex = TryReadNumber<int>(json, out var index);
            value = isIndex ? index : null;
            return isIndex || json is null;
        },
        (one, other) => one == other);

    /// <summary>Positions in a list.</summary>
    public static readonly StateCodec<IReadOnlyList<int>> Indices = List(Number<int>());

    /// <summary>A day, or none; JavaScript counts months from zero.</summary>
    public static readonly StateCodec<DateOnly?> Date = new(
        value => value is { } day ? new JsonObject { ["year"] = day.Year, ["month"] = day.Month - 1, ["date"] = day.Day } : null,
        TryReadDate,
        (one, other) => one == other);

    /// <summary>Bytes, which travel behind the message.</summary>
    public static readonly StateCodec<byte[]> Bytes = new(
        value => JsonValue.Create(value),
        (json, out value) => (json is JsonValue node && node.TryGetValue(out value!)) || (value = []) is null,
        ReferenceEquals);

    /// <summary>Numbers; an int, or a double that is finite.</summary>
    public static StateCodec<T> Number<T>() where T : struct, INumber<T> =>
        new(value => JsonValue.Create(value), TryReadNumber, (one, other) => one == other);

    /// <summary>Two numbers of which the first is not the larger.</summary>
    public static StateCodec<(T Lower, T Upper)> Pair<T>() where T : struct, INumber<T> => new(
        value => new JsonArray(JsonValue.Create(value.Lower), JsonValue.Create(value.Upper)),
        (json, out value) =>
        {
            value = default;
            return json is JsonArray { Count: 2 } pair && TryReadNumber(pair[0], out value.Lower) && TryReadNumber(pair[1], out value.Upper) && value.Lower <= value.Upper;
        },
        (one, other) => one == other);

    /// <summary>A choice, by its name in small letters; the choice "none" is empty text.</summary>
    public static StateCodec<T> Choice<T>() where T : struct, Enum => new(
        value => JsonValue.Create(NameOf(value)),
        (json, out value) =>
        {
            value = default;
            if (json is not JsonValue node || !node.TryGetValue<string>(out var name))
                return false;
            foreach (var candidate in Enum.GetValues<T>().Where(candidate => NameOf(candidate) == name))
            {
                value = candidate;
                return true;
            }

            return false;
        },
        EqualityComparer<T>.Default.Equals);

    /// <summary>Other widgets, by their ids. Which ones stand in a box is for the notebook's code alone to say.</summary>
    public static StateCodec<IReadOnlyList<Widget>> Widgets { get; } = new(
        value => new JsonArray([.. value.Where(widget => !widget.IsClosed).Select(widget => JsonValue.Create(widget.Reference))]),
        (_, out value) => (value = []) is null,
        ReferenceEquals);

    /// <summary>Another widget, or none, by its id.</summary>
    public static StateCodec<T?> Widget<T>() where T : Widget => new(
        value => value is null ? null : JsonValue.Create(value.Reference),
        (_, out value) => (value = null) is not null,
        ReferenceEquals);

    /// <summary>JSON as it is, which only the notebook's code writes.</summary>
    public static StateCodec<JsonArray> Json { get; } = new(value => value.DeepClone(), (_, out value) => (value = []) is null, ReferenceEquals);

    /// <summary>A list that the page may set, whatever is in it.</summary>
    public static StateCodec<JsonArray> JsonOfPage { get; } = new(value => value.DeepClone(), (json, out value) => (value = (json as JsonArray)?.DeepClone().AsArray() ?? []) is not null && json is JsonArray, ReferenceEquals);

    private static string NameOf<T>(T value) where T : struct, Enum
    {
        var name = value.ToString();
        return name == "None" ? "" : name.ToLowerInvariant();
    }

    private static StateCodec<T> Scalar<T>(Func<T, JsonNode?> write) => new(
        write,
        (json, out value) =>
        {
            value = default!;
            return json is JsonValue node && node.TryGetValue(out value!);
        },
        EqualityComparer<T>.Default.Equals);

    private static StateCodec<T?> Optional<T>(StateCodec<T> codec) where T : class => new(
        value => value is null ? null : codec.Write(value),
        (json, out value) =>
        {
            value = null;
            return json is null || codec.TryRead(json, out value!);
        },
        (one, other) => one is null ? other is null : other is not null && codec.AreEqual(one, other));

    private static StateCodec<IReadOnlyList<T>> List<T>(StateCodec<T> codec) => new(
        value => new JsonArray([.. value.Select(codec.Write)]),
        (json, out value) =>
        {
            var items = new List<T>();
            value = items;
            foreach (var each in json as JsonArray ?? [null])
            {
                if (!codec.TryRead(each, out var item))
                    return false;
                items.Add(item);
            }

            return true;
        },
        (one, other) => one.SequenceEqual(other));

    private static bool TryReadNumber<T>(JsonNode? json, out T value) where T : struct, INumber<T>
    {
        value = default;
        if (json is not JsonValue node || !TryReadDouble(node, out var number) || !double.IsFinite(number))
            return false;
        if (typeof(T) == typeof(int) && (number != Math.Truncate(number) || number is < int.MinValue or > int.MaxValue))
            return false;
        value = T.CreateChecked(number);
        return true;
    }

    // Text is refused, although .NET would read a number from it; what was written on this side is of its own type.
    private static bool TryReadDouble(JsonValue node, out double number) =>
        node.TryGetValue(out number) || (node.TryGetValue<int>(out var whole) && double.IsFinite(number = whole));

    private static bool TryReadDate(JsonNode? json, out DateOnly? value)
    {
        value = null;
        if (json is null)
            return true;
        if (json is not JsonObject parts || !TryReadNumber<int>(parts["year"], out var year) || !TryReadNumber<int>(parts["month"], out var month) || !TryReadNumber<int>(parts["date"], out var day))
            return false;
        var isDate = DateOnly.TryParseExact(
            string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month + 1L:00}-{day:00}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        value = isDate ? date : null;
        return isDate;
    }
}
