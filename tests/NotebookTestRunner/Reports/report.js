// Moves between cells by keys. The page does without: nothing is hidden that this would have to show.
(() => {
  const failed = document.getElementById("show-failed");
  const all = document.getElementById("show-all");
  const visible = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.offsetParent !== null);
  const go = (selector, step) => {
    const stops = visible(selector);
    if (stops.length === 0) return;
    const at = stops.indexOf(document.activeElement?.closest?.(selector));
    const before = stops.filter((stop) => stop.getBoundingClientRect().top < 8).length - 1;
    const from = at >= 0 ? at : step > 0 ? before : before + 1;
    const stop = stops[Math.min(Math.max(from + step, 0), stops.length - 1)];
    stop.focus({ preventScroll: true });
    stop.scrollIntoView({ block: "start" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(?:input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "radio") return;
    const actions = {
      j: () => go(".problem", 1),
      k: () => go(".problem", -1),
      n: () => go("section", 1),
      p: () => go("section", -1),
      f: () => { (failed.checked ? all : failed).checked = true; },
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
})();
