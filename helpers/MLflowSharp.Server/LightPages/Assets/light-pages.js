'use strict';

// Times in the reader's own zone; without script they are in UTC, and say so.
function localTimes(root) {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of root.querySelectorAll('time[datetime]')) {
    const date = new Date(time.dateTime);
    if (!isNaN(date)) { time.title = time.textContent; time.textContent = format.format(date); }
  }
}

// The server's address as this browser knows it, with whatever a proxy put before it.
function serverAddress(root) {
  const address = new URL('..', location.href.split('?')[0]).href.replace(/\/$/, '');
  for (const place of root.querySelectorAll('[data-server]')) place.textContent = address;
}

// Values of a chart at the pointer, or with the arrow keys.
function readouts(root) {
  for (const figure of root.querySelectorAll('figure.chart')) {
    const svg = figure.querySelector('svg[data-left]'), readout = figure.querySelector('.readout');
    if (!svg || !readout) continue;
    const lines = [...svg.querySelectorAll('g[data-points]')].map(line => ({
      name: line.dataset.name,
      points: line.dataset.points.trim().split(' ').filter(Boolean).map(point => point.split(','))
    })).filter(line => line.points.length > 0);
    if (lines.length === 0) continue;
    const cursor = svg.querySelector('.cursor'), places = [...new Set(lines.flatMap(line => line.points.map(point => +point[0])))].sort((a, b) => a - b);
    let at = -1;
    const nearest = (points, x) => points.reduce((best, point) => Math.abs(point[0] - x) < Math.abs(best[0] - x) ? point : best);
    const show = x => {
      cursor.setAttribute('x1', x); cursor.setAttribute('x2', x); cursor.setAttribute('visibility', 'visible');
      readout.textContent = lines.map(line => { const [, step, value] = nearest(line.points, x); return `${lines.length > 1 ? line.name + ': ' : ''}${value} at step ${step}`; }).join('   ');
    };
    svg.addEventListener('pointermove', event => {
      const x = event.offsetX / svg.clientWidth * svg.viewBox.baseVal.width;
      at = places.reduce((best, place, i) => Math.abs(place - x) < Math.abs(places[best] - x) ? i : best, 0);
      show(places[at]);
    });
    svg.addEventListener('pointerleave', () => { cursor.setAttribute('visibility', 'hidden'); readout.textContent = ''; });
    svg.tabIndex = 0;
    svg.addEventListener('keydown', event => {
      const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!move) return;
      at = Math.min(places.length - 1, Math.max(0, at + move));
      readout.setAttribute('aria-live', 'polite');
      show(places[at]);
      event.preventDefault();
    });
  }
}

function enliven(root) { localTimes(root); serverAddress(root); readouts(root); }

// Parts that change while a run logs are fetched again, without taking away what the reader has chosen or is typing.
function liveUpdates() {
  const seconds = Number(document.body.dataset.live), text = document.getElementById('live-text'), pause = document.getElementById('live-pause');
  if (!seconds || !text) return;
  let paused = false, failures = 0;
  text.textContent = 'Still logging; the numbers follow.';
  pause.hidden = false;
  pause.addEventListener('click', () => { paused = !paused; pause.textContent = paused ? 'Resume updates' : 'Pause updates'; if (!paused) next(); });
  const next = () => setTimeout(update, seconds * 1000 * Math.min(10, 1 + failures));
  async function update() {
    if (paused) return;
    if (document.hidden) return next();
    try {
      const answer = await fetch(location.href, { credentials: 'same-origin' });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-live-part]')) {
        const fresh = page.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
        if (!fresh || part.contains(document.activeElement) || part.querySelector('svg:hover')) continue;
        const chosen = new Set([...part.querySelectorAll('input:checked')].map(box => box.value));
        for (const box of fresh.querySelectorAll('input[type=checkbox]')) box.checked = chosen.has(box.value);
        enliven(fresh);
        part.replaceWith(fresh);
      }
      failures = 0;
      if (!page.body.dataset.live) { text.textContent = 'It has ended.'; pause.hidden = true; document.querySelector('.pulse').remove(); return; }
      text.textContent = 'Still logging; the numbers follow.';
    } catch {
      failures++;
      text.textContent = 'The server does not answer; trying again.';
    }
    next();
  }
  next();
}

enliven(document);
liveUpdates();
