using Microsoft.Playwright;

namespace Interop.LightPages;

/// <summary>A reader who has no mouse.</summary>
/// <param name="page">What is in front of them.</param>
internal sealed class Keyboard(IPage page)
{
    private const int MostSteps = 120;

    /// <summary>Presses the tabulator until something is in focus, and that can be seen.</summary>
    /// <param name="name">Its text, label or value.</param>
    /// <param name="kind">Its tag.</param>
    public async Task ToAsync(string name, string kind = "A")
    {
        for (var step = 0; step < MostSteps; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            var found = await page.EvaluateAsync<string>("""
                () => { const at = document.activeElement;
                    const name = at.getAttribute('aria-label') || (at.labels && at.labels.length ? at.labels[0].textContent : '') || at.textContent;
                    return at.tagName + '|' + name.trim() + '|' + getComputedStyle(at).outlineStyle; }
                """);
            if (found.Split('|') is [var tag, var text, var outline] && tag == kind && text.StartsWith(name, StringComparison.Ordinal))
            {
                Assert.NotEqual("none", outline);
                return;
            }
        }

        Assert.Fail($"{MostSteps} presses of the tabulator did not reach the {kind} '{name}' on {page.Url}.");
    }

    /// <summary>Follows a link or presses a button, and waits for the next page.</summary>
    /// <param name="name">Its text or label.</param>
    /// <param name="kind">Its tag.</param>
    public async Task FollowAsync(string name, string kind = "A")
    {
        await ToAsync(name, kind);
        var before = page.Url;
        await page.Keyboard.PressAsync("Enter");
        // Looked for again and again: an event would be missed if it came before anybody waited for it.
        await Assertions.Expect(page).Not.ToHaveURLAsync(before, new() { Timeout = 30_000 });
        await page.WaitForLoadStateAsync();
    }

    /// <summary>Goes to a field and types.</summary>
    /// <param name="label">Its label.</param>
    /// <param name="text">What is typed.</param>
    public async Task TypeAsync(string label, string text)
    {
        await ToAsync(label, "INPUT");
        await page.Keyboard.TypeAsync(text);
    }
}
