// An area to draw on with mouse, finger or pen. Plain script without imports, so that it works pasted into a page, in a notebook's output and
// from a file. `createPad(canvas, brush, changed)` calls `changed(drawing)` at most once a frame while something is drawn; a drawing is what
// DigitDrawing reads: {width, height, brush, strokes: [[[x, y], …], …]}.
function createPad(canvas, brush, changed) {
  const context = canvas.getContext("2d");
  const strokes = [];
  let pointer = null;
  let announced = false;

  const drawing = () => ({ width: canvas.width, height: canvas.height, brush, strokes: strokes.map(stroke => stroke.slice()) });

  function announce() {
    if (announced) return;
    announced = true;
    // Not requestAnimationFrame, which never comes in a page that is not to be seen.
    setTimeout(() => { announced = false; changed(drawing()); }, 16);
  }

  function show() {
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.lineWidth = brush;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = context.fillStyle = "#16161d";
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(stroke[0][0], stroke[0][1]);
      for (const [x, y] of stroke) context.lineTo(x, y);
      // A dot has no length, and is a line all the same.
      if (stroke.length === 1) context.lineTo(stroke[0][0] + 0.01, stroke[0][1]);
      context.stroke();
    }
  }

  function add(event) {
    const area = canvas.getBoundingClientRect();
    const round = value => Math.round(value * 10) / 10;
    const point = [round((event.clientX - area.left) * canvas.width / area.width), round((event.clientY - area.top) * canvas.height / area.height)];
    const stroke = strokes[strokes.length - 1];
    const last = stroke[stroke.length - 1];
    // What a hand does not see is not sent.
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= 1.5) stroke.push(point);
  }

  // The page must not scroll under a finger that draws.
  canvas.style.touchAction = "none";
  canvas.addEventListener("pointerdown", event => {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    try { canvas.setPointerCapture(pointer); } catch { /* A pointer that is made up by a program cannot be captured. */ }
    event.preventDefault();
    strokes.push([]);
    add(event);
    show();
    announce();
  });
  canvas.addEventListener("pointermove", event => {
    if (event.pointerId !== pointer) return;
    const between = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const one of between.length ? between : [event]) add(one);
    show();
    announce();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, event => { if (event.pointerId === pointer) pointer = null; });
  }

  function change(edit) {
    pointer = null;
    edit();
    show();
    announce();
  }

  return {
    drawing,
    clear: () => change(() => { strokes.length = 0; }),
    undo: () => change(() => { strokes.pop(); }),
    draw: given => change(() => { strokes.length = 0; strokes.push(...given); }),
  };
}
