using System.Net;
using CSharpKernel.Display;
using CSharpKernel.Execution;

namespace CSharpKernel.Packages;

/// <summary>The one display that shows how packages are installed: what is being done, and at the end what was installed.</summary>
internal sealed class PackageProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly string _displayId = Guid.NewGuid().ToString("N");
    private readonly CellContext _cell;
    private readonly IReadOnlyList<PackageRequest> _wanted;
    private long _last;
    private bool _isClosed;

    /// <summary>Shows that packages are being installed.</summary>
    public PackageProgress(CellContext cell, IReadOnlyList<PackageRequest> wanted)
    {
        _cell = cell;
        _wanted = wanted;
        _last = cell.Time.GetTimestamp();
        Show("Installing packages", wanted.Select(package => $"{package}"), [], update: false);
    }

    /// <summary>Says what is being done; a few times a second at most.</summary>
    public void Report(string activity)
    {
        lock (_lock)
        {
            if (_isClosed || _cell.Time.GetElapsedTime(_last) < Interval)
                return;
            _last = _cell.Time.GetTimestamp();
            Show("Installing packages", _wanted.Select(package => $"{package}"), [$"{activity} …"], update: true);
        }
    }

    /// <summary>Shows what was installed.</summary>
    public void Finish(IReadOnlyList<PackageRequest> replaced, PackageSet set)
    {
        var installed = _wanted.Except(replaced).Select(package => set.Find(package.Name)!).ToList();
        var others = set.Packages.Except(installed).Select(package => $"{package.Name} {package.Version}").ToList();
        Close("Installed packages", [
            .. installed.Select(package => $"{package.Name}, {package.Version}"),
            .. replaced.Select(package => $"{package.Name} (its part is played by this kernel)")], set.Remarks, others);
    }

    /// <summary>Shows that nothing was installed; the cell's error says why.</summary>
    public void Fail() => Close("Not installed", _wanted.Select(package => package.Name), [], []);

    private void Close(string title, IEnumerable<string> packages, IReadOnlyList<string> remarks, IReadOnlyList<string> others)
    {
        lock (_lock)
        {
            _isClosed = true;
            Show(title, packages, remarks, update: true, others);
        }
    }

    private void Show(string title, IEnumerable<string> packages, IReadOnlyList<string> remarks, bool update, IReadOnlyList<string>? others = null)
    {
        var list = packages.ToList();
        var html = $"<div><strong>{title}</strong><ul>{string.Concat(list.Select(each => $"<li>{WebUtility.HtmlEncode(each)}</li>"))}</ul>"
            + string.Concat(remarks.Select(remark => $"<div>{WebUtility.HtmlEncode(remark)}</div>"))
            + (others is { Count: > 0 } ? $"<details><summary>with {others.Count} more</summary>{WebUtility.HtmlEncode(string.Join(", ", others))}</details>" : "") + "</div>";
        _cell.Display(DisplayBundle.OfHtml(html, string.Join('\n', [$"{title}: {string.Join("; ", list)}", .. remarks])), _displayId, update);
    }
}
