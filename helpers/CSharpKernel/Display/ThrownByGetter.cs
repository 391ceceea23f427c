namespace CSharpKernel.Display;

/// <summary>Stands for the value of a property that cannot be read.</summary>
internal sealed record ThrownByGetter(Exception Exception)
{
    public override string ToString() => $"⚠ {TypeNames.Of(Exception.GetType())}: {Exception.Message}";
}
