namespace MLflowSharp;

/// <summary>One thing that a model takes or gives: a tensor (<see cref="TensorSpec"/>) or a column (<see cref="ColSpec"/>).</summary>
/// <param name="Name">Its name; null where there is only one.</param>
public abstract record FieldSpec(string? Name);
