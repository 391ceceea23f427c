using Microsoft.Playwright;

namespace Screenshots;

/// <summary>Draws numbered marks on a page, where its parts really are, so that no picture has to be touched by hand when the pages change.</summary>
internal static class Callouts
{
    // Okabe and Ito's vermilion, which everybody tells from MLflow's blue; white digits on it have a contrast of 4.5 : 1 in bold.
    private const string Draw = """
        boxes => JSON.parse(boxes).forEach(([x, y, width, height], index) => {
            const mark = document.createElement('div');
            mark.style.cssText = `position:fixed;z-index:2147483646;pointer-events:none;box-sizing:border-box;border:3px solid #c24a00;border-radius:8px;left:${x - 5}px;top:${y - 5}px;width:${width + 10}px;height:${height + 10}px`;
            const number = document.createElement('div');
            number.textContent = index + 1;
            number.style.cssText = `position:fixed;z-index:2147483647;pointer-events:none;left:${Math.max(2, x - 34)}px;top:${Math.max(2, y - 20)}px;width:28px;height:28px;border-radius:50%;background:#c24a00;color:#fff;font:bold 17px/28px sans-serif;text-align:center;box-shadow:0 0 0 2px #fff`;
            document.body.append(mark, number);
        })
        """;

    /// <summary>Marks parts of a page with 1, 2, 3 and so on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="parts">Its parts; each must be in sight.</param>
    public static async Task DrawAsync(IPage page, IReadOnlyList<Func<IPage, ILocator>> parts)
    {
        var (width, height) = (page.ViewportSize!.Width, page.ViewportSize.Height);
        var boxes = new List<string>();
        foreach (var part in parts)
        {
            var found = part(page).First;
            await found.WaitForAsync();
            var box = await found.BoundingBoxAsync() ?? throw new InvalidOperationException($"Mark {boxes.Count + 1} is on something that is not shown.");
            if (box.X >= width || box.Y >= height)
                throw new InvalidOperationException($"Mark {boxes.Count + 1} is on something out of sight, at {box.X}, {box.Y}.");
            // What goes beyond the window is marked up to its edge.
            boxes.Add(FormattableString.Invariant($"[{box.X}, {box.Y}, {Math.Min(box.Width, width - box.X - 8)}, {Math.Min(box.Height, height - box.Y - 8)}]"));
        }

        await page.EvaluateAsync(Draw, $"[{string.Join(", ", boxes)}]");
    }
}
