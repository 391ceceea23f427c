namespace Interop.LightPages;

/// <summary>What a page may have wrong for people who see, read or point otherwise than its maker.</summary>
internal static class PageAudit
{
    /// <summary>A script that gives the complaints about the page: fields without labels, headings without scope, too little contrast, too wide.</summary>
    public const string Script = """
        () => {
            const wrong = [];
            for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
                if (!(field.labels && field.labels.length) && !field.getAttribute('aria-label')) wrong.push('no label: ' + field.outerHTML);
            const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
            for (const id of ids.filter((id, i) => ids.indexOf(id) !== i)) wrong.push('twice: #' + id);
            for (const head of document.querySelectorAll('th')) if (!head.getAttribute('scope')) wrong.push('no scope: ' + head.outerHTML);
            for (const image of document.querySelectorAll('img')) if (!image.alt) wrong.push('no alt: ' + image.outerHTML);
            for (const button of document.querySelectorAll('button, a')) if (!button.textContent.trim() && !button.getAttribute('aria-label')) wrong.push('no name: ' + button.outerHTML);
            if (document.documentElement.scrollWidth > document.documentElement.clientWidth) wrong.push('wider than the window');
            const parts = colour => colour.match(/[\d.]+/g).map(Number);
            const light = ([r, g, b]) => { const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
            const ground = one => { for (let at = one; at; at = at.parentElement) { const c = parts(getComputedStyle(at).backgroundColor); if (c.length < 4 || c[3] > 0.99) return c; } return [255, 255, 255]; };
            const seen = new Set();
            for (const one of document.querySelectorAll('body *')) {
                if (![...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()) || !one.getClientRects().length) continue;
                const style = getComputedStyle(one), isSvg = one.namespaceURI.endsWith('svg');
                const [a, b] = [light(parts(isSvg ? style.fill : style.color)), light(ground(one))].sort((x, y) => y - x), ratio = (a + 0.05) / (b + 0.05);
                const key = one.tagName + one.className + ratio;
                if (ratio < 4.5 && !seen.has(key)) { seen.add(key); wrong.push(`contrast ${ratio.toFixed(2)}: ${one.outerHTML.slice(0, 120)}`); }
            }
            return wrong;
        }
        """;
}
