namespace CSharpKernel.Widgets;

/// <summary>A bar that shows how far a measure has come.</summary>
public sealed class FloatProgress() : Progress<double>("FloatProgress");
