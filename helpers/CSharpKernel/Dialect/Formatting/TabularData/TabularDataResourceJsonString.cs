namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>The JSON of a table.</summary>
/// <param name="json">The JSON.</param>
public class TabularDataResourceJsonString(string json) : JsonString(json);
