using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLflowSharp.Context;

namespace MLflowSharp.ML;

/// <summary>What MLflow records of the data a pipeline learned from: columns, number of rows, and a fingerprint.</summary>
internal static class DataDescription
{
    private const int DigestRows = 1000;

    /// <summary>Describes data.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="runTags">The run's tags; they tell the source.</param>
    public static Dataset Of(IDataView data, IReadOnlyDictionary<string, string> runTags)
    {
        var source = DatasetSource.Of(null, runTags);
        var schema = new JsonObject { ["mlflow_colspec"] = Columns(data.Schema) }.ToJsonString();
        return new Dataset("dataset", Digest(data, schema), source.Type, source.Json, schema, Profile(data));
    }

    /// <summary>Columns as MLflow's column specifications, the hidden ones left out.</summary>
    private static JsonArray Columns(DataViewSchema schema) => new(
        [.. schema.Where(column => !column.IsHidden).Select(column =>
        {
            var specification = column.Type is VectorDataViewType vector
                ? new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = TypeOf(vector.ItemType) } }
                : new JsonObject { ["type"] = TypeOf(column.Type) };
            specification["name"] = column.Name;
            specification["required"] = true;
            return (JsonNode)specification;
        })]);

    private static string TypeOf(DataViewType type) => Type.GetTypeCode(type.RawType) switch
    {
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Boolean => "boolean",
        TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => "integer",
        TypeCode.UInt32 or TypeCode.Int64 or TypeCode.UInt64 => "long",
        TypeCode.DateTime => "datetime",
        _ => "string",
    };

    private static string Profile(IDataView data)
    {
        var profile = new JsonObject();
        // Data that are read while they are used do not know their number.
        if (data.GetRowCount() is { } rows)
        {
            profile["num_rows"] = rows;
            profile["num_elements"] = rows * data.Schema.Count(column => !column.IsHidden);
        }

        return profile.ToJsonString();
    }

    private static string Digest(IDataView data, string schema)
    {
        using var hash = new RowHash();
        hash.Append(schema);
        var columns = data.Schema.Where(column => !column.IsHidden).ToList();
        using var cursor = data.GetRowCursor(columns);
        var append = columns.ConvertAll(column => hash.Appender(cursor, column));
        for (var row = 0; row < DigestRows && cursor.MoveNext(); row++)
            append.ForEach(value => value());
        return hash.Finish();
    }
}
