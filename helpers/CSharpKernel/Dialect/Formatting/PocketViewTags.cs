using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// The elements of HTML and SVG, for <c>using static</c>. Each use makes a new element; names that are missing here because they
/// are words of C# or common names of variables are made from <see cref="_"/>: <c>_.article("text")</c>.
/// </summary>
[SuppressMessage("Naming", "CA1708", Justification = "The names are HTML's.")]
[SuppressMessage("Style", "IDE1006", Justification = "The names are HTML's.")]
public static class PocketViewTags
{
    /// <summary>Makes an element of any name: <c>_.article("text")</c>.</summary>
    public static dynamic _ => new PocketView();

    /// <summary>The element <c>a</c>.</summary>
    public static dynamic a => new PocketView(nameof(a));

    /// <summary>The element <c>area</c>.</summary>
    public static dynamic area => new PocketView(nameof(area));

    /// <summary>The element <c>aside</c>.</summary>
    public static dynamic aside => new PocketView(nameof(aside));

    /// <summary>The element <c>b</c>.</summary>
    public static dynamic b => new PocketView(nameof(b));

    /// <summary>The element <c>body</c>.</summary>
    public static dynamic body => new PocketView(nameof(body));

    /// <summary>The element <c>br</c>.</summary>
    public static dynamic br => SelfClosing(nameof(br));

    /// <summary>The element <c>button</c>.</summary>
    public static dynamic button => new PocketView(nameof(button));

    /// <summary>The element <c>caption</c>.</summary>
    public static dynamic caption => new PocketView(nameof(caption));

    /// <summary>The element <c>center</c>.</summary>
    public static dynamic center => new PocketView(nameof(center));

    /// <summary>The element <c>circle</c>.</summary>
    public static dynamic circle => new PocketView(nameof(circle));

    /// <summary>The element <c>code</c>.</summary>
    public static dynamic code => new PocketView(nameof(code));

    /// <summary>The element <c>colgroup</c>.</summary>
    public static dynamic colgroup => new PocketView(nameof(colgroup));

    /// <summary>The element <c>dd</c>.</summary>
    public static dynamic dd => new PocketView(nameof(dd));

    /// <summary>The element <c>details</c>.</summary>
    public static dynamic details => new PocketView(nameof(details));

    /// <summary>The element <c>div</c>.</summary>
    public static dynamic div => new PocketView(nameof(div));

    /// <summary>The element <c>dl</c>.</summary>
    public static dynamic dl => new PocketView(nameof(dl));

    /// <summary>The element <c>dt</c>.</summary>
    public static dynamic dt => new PocketView(nameof(dt));

    /// <summary>The element <c>em</c>.</summary>
    public static dynamic em => new PocketView(nameof(em));

    /// <summary>The element <c>figure</c>.</summary>
    public static dynamic figure => new PocketView(nameof(figure));

    /// <summary>The element <c>font</c>.</summary>
    public static dynamic font => new PocketView(nameof(font));

    /// <summary>The element <c>form</c>.</summary>
    public static dynamic form => new PocketView(nameof(form));

    /// <summary>The element <c>g</c>.</summary>
    public static dynamic g => new PocketView(nameof(g));

    /// <summary>The element <c>h1</c>.</summary>
    public static dynamic h1 => new PocketView(nameof(h1));

    /// <summary>The element <c>h2</c>.</summary>
    public static dynamic h2 => new PocketView(nameof(h2));

    /// <summary>The element <c>h3</c>.</summary>
    public static dynamic h3 => new PocketView(nameof(h3));

    /// <summary>The element <c>h4</c>.</summary>
    public static dynamic h4 => new PocketView(nameof(h4));

    /// <summary>The element <c>h5</c>.</summary>
    public static dynamic h5 => new PocketView(nameof(h5));

    /// <summary>The element <c>h6</c>.</summary>
    public static dynamic h6 => new PocketView(nameof(h6));

    /// <summary>The element <c>head</c>.</summary>
    public static dynamic head => new PocketView(nameof(head));

    /// <summary>The element <c>header</c>.</summary>
    public static dynamic header => new PocketView(nameof(header));

    /// <summary>The element <c>hgroup</c>.</summary>
    public static dynamic hgroup => new PocketView(nameof(hgroup));

    /// <summary>The element <c>hr</c>.</summary>
    public static dynamic hr => new PocketView(nameof(hr));

    /// <summary>The element <c>html</c>.</summary>
    public static dynamic html => new PocketView(nameof(html));

    /// <summary>The element <c>i</c>.</summary>
    public static dynamic i => new PocketView(nameof(i));

    /// <summary>The element <c>iframe</c>.</summary>
    public static dynamic iframe => new PocketView(nameof(iframe));

    /// <summary>The element <c>img</c>.</summary>
    public static dynamic img => new PocketView(nameof(img));

    /// <summary>The element <c>input</c>.</summary>
    public static dynamic input => new PocketView(nameof(input));

    /// <summary>The element <c>label</c>.</summary>
    public static dynamic label => new PocketView(nameof(label));

    /// <summary>The element <c>li</c>.</summary>
    public static dynamic li => new PocketView(nameof(li));

    /// <summary>The element <c>line</c>.</summary>
    public static dynamic line => new PocketView(nameof(line));

    /// <summary>The element <c>link</c>.</summary>
    public static dynamic link => new PocketView(nameof(link));

    /// <summary>The element <c>main</c>.</summary>
    public static dynamic main => new PocketView(nameof(main));

    /// <summary>The element <c>menu</c>.</summary>
    public static dynamic menu => new PocketView(nameof(menu));

    /// <summary>The element <c>menuitem</c>.</summary>
    public static dynamic menuitem => new PocketView(nameof(menuitem));

    /// <summary>The element <c>meta</c>.</summary>
    public static dynamic meta => new PocketView(nameof(meta));

    /// <summary>The element <c>meter</c>.</summary>
    public static dynamic meter => new PocketView(nameof(meter));

    /// <summary>The element <c>nav</c>.</summary>
    public static dynamic nav => new PocketView(nameof(nav));

    /// <summary>The element <c>ol</c>.</summary>
    public static dynamic ol => new PocketView(nameof(ol));

    /// <summary>The element <c>optgroup</c>.</summary>
    public static dynamic optgroup => new PocketView(nameof(optgroup));

    /// <summary>The element <c>option</c>.</summary>
    public static dynamic option => new PocketView(nameof(option));

    /// <summary>The element <c>p</c>.</summary>
    public static dynamic p => new PocketView(nameof(p));

    /// <summary>The element <c>pre</c>.</summary>
    public static dynamic pre => new PocketView(nameof(pre));

    /// <summary>The element <c>progress</c>.</summary>
    public static dynamic progress => new PocketView(nameof(progress));

    /// <summary>The element <c>q</c>.</summary>
    public static dynamic q => new PocketView(nameof(q));

    /// <summary>The element <c>script</c>.</summary>
    public static dynamic script => new PocketView(nameof(script));

    /// <summary>The element <c>section</c>.</summary>
    public static dynamic section => new PocketView(nameof(section));

    /// <summary>The element <c>select</c>.</summary>
    public static dynamic select => new PocketView(nameof(select));

    /// <summary>The element <c>small</c>.</summary>
    public static dynamic small => new PocketView(nameof(small));

    /// <summary>The element <c>source</c>.</summary>
    public static dynamic source => new PocketView(nameof(source));

    /// <summary>The element <c>span</c>.</summary>
    public static dynamic span => new PocketView(nameof(span));

    /// <summary>The element <c>strike</c>.</summary>
    public static dynamic strike => new PocketView(nameof(strike));

    /// <summary>The element <c>style</c>.</summary>
    public static dynamic style => new PocketView(nameof(style));

    /// <summary>The element <c>strong</c>.</summary>
    public static dynamic strong => new PocketView(nameof(strong));

    /// <summary>The element <c>sub</c>.</summary>
    public static dynamic sub => new PocketView(nameof(sub));

    /// <summary>The element <c>summary</c>.</summary>
    public static dynamic summary => new PocketView(nameof(summary));

    /// <summary>The element <c>sup</c>.</summary>
    public static dynamic sup => new PocketView(nameof(sup));

    /// <summary>The element <c>svg</c>.</summary>
    public static dynamic svg => new PocketView(nameof(svg));

    /// <summary>The element <c>table</c>.</summary>
    public static dynamic table => new PocketView(nameof(table));

    /// <summary>The element <c>tbody</c>.</summary>
    public static dynamic tbody => new PocketView(nameof(tbody));

    /// <summary>The element <c>td</c>.</summary>
    public static dynamic td => new PocketView(nameof(td));

    /// <summary>The element <c>text</c>.</summary>
    public static dynamic text => new PocketView(nameof(text));

    /// <summary>The element <c>textarea</c>.</summary>
    public static dynamic textarea => new PocketView(nameof(textarea));

    /// <summary>The element <c>tfoot</c>.</summary>
    public static dynamic tfoot => new PocketView(nameof(tfoot));

    /// <summary>The element <c>th</c>.</summary>
    public static dynamic th => new PocketView(nameof(th));

    /// <summary>The element <c>thead</c>.</summary>
    public static dynamic thead => new PocketView(nameof(thead));

    /// <summary>The element <c>title</c>.</summary>
    public static dynamic title => new PocketView(nameof(title));

    /// <summary>The element <c>tr</c>.</summary>
    public static dynamic tr => new PocketView(nameof(tr));

    /// <summary>The element <c>u</c>.</summary>
    public static dynamic u => new PocketView(nameof(u));

    /// <summary>The element <c>ul</c>.</summary>
    public static dynamic ul => new PocketView(nameof(ul));

    /// <summary>The element <c>video</c>.</summary>
    public static dynamic video => new PocketView(nameof(video));

    /// <summary>The element <c>abbr</c>.</summary>
    public static dynamic abbr => new PocketView(nameof(abbr));

    /// <summary>The element <c>address</c>.</summary>
    public static dynamic address => new PocketView(nameof(address));

    /// <summary>The element <c>article</c>.</summary>
    public static dynamic article => new PocketView(nameof(article));

    /// <summary>The element <c>audio</c>.</summary>
    public static dynamic audio => new PocketView(nameof(audio));

    /// <summary>The element <c>blockquote</c>.</summary>
    public static dynamic blockquote => new PocketView(nameof(blockquote));

    /// <summary>The element <c>canvas</c>.</summary>
    public static dynamic canvas => new PocketView(nameof(canvas));

    /// <summary>The element <c>cite</c>.</summary>
    public static dynamic cite => new PocketView(nameof(cite));

    /// <summary>The element <c>clipPath</c>.</summary>
    public static dynamic clipPath => new PocketView(nameof(clipPath));

    /// <summary>The element <c>col</c>.</summary>
    public static dynamic col => new PocketView(nameof(col));

    /// <summary>The element <c>defs</c>.</summary>
    public static dynamic defs => new PocketView(nameof(defs));

    /// <summary>The element <c>del</c>.</summary>
    public static dynamic del => new PocketView(nameof(del));

    /// <summary>The element <c>dfn</c>.</summary>
    public static dynamic dfn => new PocketView(nameof(dfn));

    /// <summary>The element <c>dialog</c>.</summary>
    public static dynamic dialog => new PocketView(nameof(dialog));

    /// <summary>The element <c>ellipse</c>.</summary>
    public static dynamic ellipse => new PocketView(nameof(ellipse));

    /// <summary>The element <c>fieldset</c>.</summary>
    public static dynamic fieldset => new PocketView(nameof(fieldset));

    /// <summary>The element <c>figcaption</c>.</summary>
    public static dynamic figcaption => new PocketView(nameof(figcaption));

    /// <summary>The element <c>footer</c>.</summary>
    public static dynamic footer => new PocketView(nameof(footer));

    /// <summary>The element <c>ins</c>.</summary>
    public static dynamic ins => new PocketView(nameof(ins));

    /// <summary>The element <c>kbd</c>.</summary>
    public static dynamic kbd => new PocketView(nameof(kbd));

    /// <summary>The element <c>legend</c>.</summary>
    public static dynamic legend => new PocketView(nameof(legend));

    /// <summary>The element <c>linearGradient</c>.</summary>
    public static dynamic linearGradient => new PocketView(nameof(linearGradient));

    /// <summary>The element <c>mark</c>.</summary>
    public static dynamic mark => new PocketView(nameof(mark));

    /// <summary>The element <c>marker</c>.</summary>
    public static dynamic marker => new PocketView(nameof(marker));

    /// <summary>The element <c>noscript</c>.</summary>
    public static dynamic noscript => new PocketView(nameof(noscript));

    /// <summary>The element <c>path</c>.</summary>
    public static dynamic path => new PocketView(nameof(path));

    /// <summary>The element <c>picture</c>.</summary>
    public static dynamic picture => new PocketView(nameof(picture));

    /// <summary>The element <c>polygon</c>.</summary>
    public static dynamic polygon => new PocketView(nameof(polygon));

    /// <summary>The element <c>polyline</c>.</summary>
    public static dynamic polyline => new PocketView(nameof(polyline));

    /// <summary>The element <c>radialGradient</c>.</summary>
    public static dynamic radialGradient => new PocketView(nameof(radialGradient));

    /// <summary>The element <c>rect</c>.</summary>
    public static dynamic rect => new PocketView(nameof(rect));

    /// <summary>The element <c>samp</c>.</summary>
    public static dynamic samp => new PocketView(nameof(samp));

    /// <summary>The element <c>stop</c>.</summary>
    public static dynamic stop => new PocketView(nameof(stop));

    /// <summary>The element <c>symbol</c>.</summary>
    public static dynamic symbol => new PocketView(nameof(symbol));

    /// <summary>The element <c>template</c>.</summary>
    public static dynamic template => new PocketView(nameof(template));

    /// <summary>The element <c>textPath</c>.</summary>
    public static dynamic textPath => new PocketView(nameof(textPath));

    /// <summary>The element <c>tspan</c>.</summary>
    public static dynamic tspan => new PocketView(nameof(tspan));

    /// <summary>The element <c>use</c>.</summary>
    public static dynamic use => new PocketView(nameof(use));

    private static PocketView SelfClosing(string name)
    {
        var view = new PocketView(name);
        view.HtmlTag.SelfClosing();
        return view;
    }
}
