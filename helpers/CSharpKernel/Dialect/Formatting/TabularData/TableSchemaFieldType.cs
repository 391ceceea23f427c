using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>The kinds of values of a column (Frictionless Data, "Table Schema").</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The names are the schema's.")]
public enum TableSchemaFieldType
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>Objects.</summary>
    Object,

    /// <summary>Nothing but null.</summary>
    Null,

    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Text.</summary>
    String,

    /// <summary>Lists.</summary>
    Array,

    /// <summary>Points in time.</summary>
    DateTime,

    /// <summary>Points on the earth.</summary>
    GeoPoint,

    /// <summary>Shapes on the earth.</summary>
    GeoJson,
}
