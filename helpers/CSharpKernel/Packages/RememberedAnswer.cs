namespace CSharpKernel.Packages;

/// <summary>An answer in the cache.</summary>
/// <param name="Question">The whole question: the file's name is only its hash.</param>
/// <param name="Found">When it was found.</param>
/// <param name="Answer">The answer.</param>
internal sealed record RememberedAnswer(string Question, DateTimeOffset Found, PackageSet Answer);
