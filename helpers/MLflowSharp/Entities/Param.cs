namespace MLflowSharp;

/// <summary>A parameter of a run. Once logged, its value cannot be changed.</summary>
/// <param name="Key">Name, up to 250 characters: letters, digits, <c>_ - . / :</c> and spaces.</param>
/// <param name="Value">Value as text, up to 6000 characters.</param>
public sealed record Param(string Key, string Value);
