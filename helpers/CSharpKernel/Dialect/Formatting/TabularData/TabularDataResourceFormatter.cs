using System.Collections;
using CSharpKernel.Display;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>Makes tables of sequences.</summary>
public static class TabularDataResourceFormatter
{
    /// <summary>The MIME type, <c>application/table-schema+json</c>.</summary>
    public const string MimeType = "application/table-schema+json";

    /// <summary>Makes a table with one column per property, key or position of a sequence's items.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="source">The items.</param>
    /// <exception cref="ArgumentException">The items are single values.</exception>
    public static TabularDataResource ToTabularDataResource<T>(this IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return TabularRows.Create(source);
    }

    /// <summary>The kind of a type's values.</summary>
    /// <param name="type">The type.</param>
    public static TableSchemaFieldType ToTableSchemaFieldType(this Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var known = Nullable.GetUnderlyingType(type) ?? type;
        return Type.GetTypeCode(known) switch
        {
            _ when known.IsEnum => TableSchemaFieldType.String,
            TypeCode.Boolean => TableSchemaFieldType.Boolean,
            TypeCode.String or TypeCode.Char => TableSchemaFieldType.String,
            TypeCode.DateTime => TableSchemaFieldType.DateTime,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => TableSchemaFieldType.Number,
            >= TypeCode.SByte and <= TypeCode.UInt64 => TableSchemaFieldType.Integer,
            _ when known == typeof(DateTimeOffset) || known == typeof(DateOnly) => TableSchemaFieldType.DateTime,
            _ when known == typeof(Guid) || known == typeof(TimeSpan) || known == typeof(Uri) => TableSchemaFieldType.String,
            _ when typeof(IDictionary).IsAssignableFrom(known) => TableSchemaFieldType.Object,
            _ when typeof(IEnumerable).IsAssignableFrom(known) => TableSchemaFieldType.Array,
            _ => known == typeof(object) ? TableSchemaFieldType.Any : TableSchemaFieldType.Object,
        };
    }
}
