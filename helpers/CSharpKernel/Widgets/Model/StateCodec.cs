using System.Text.Json.Nodes;

namespace CSharpKernel.Widgets.Model;

/// <summary>How one kind of value stands in a widget's state.</summary>
/// <param name="Write">Writes a value.</param>
/// <param name="TryRead">Reads what the front end sent; false when it is no such value.</param>
/// <param name="AreEqual">Whether two values are the same to the front end.</param>
internal sealed record StateCodec<T>(Func<T, JsonNode?> Write, StateReader<T> TryRead, Func<T, T, bool> AreEqual);

/// <summary>Reads a value from the state that the front end sent.</summary>
internal delegate bool StateReader<T>(JsonNode? json, out T value);
