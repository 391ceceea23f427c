using Microsoft.Playwright;

namespace Screenshots;

/// <summary>A picture of a page, with marks numbered from 1.</summary>
/// <param name="Name">Name of the file, without its ending.</param>
/// <param name="Page">The page's address after <c>#</c>.</param>
/// <param name="Text">What is to be read there when the page is whole.</param>
/// <param name="Marks">What is marked, in the order of its numbers. Each must be there.</param>
internal sealed record Picture(string Name, string Page, string Text, params IReadOnlyList<Func<IPage, ILocator>> Marks)
{
    /// <summary>What a reader does before the picture is taken.</summary>
    public Func<IPage, Task>? Before { get; init; }

    /// <summary>Height of the window.</summary>
    public int Height { get; init; } = 700;
}
