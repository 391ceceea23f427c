// What is made of a drawing before a network sees it, the network itself, and its answer as ten bars. The first is the same arithmetic as
// DigitPreprocessing's, in the same order, so that both give the same bytes.
const digitSide = 28, digitBox = 20, thinnestPen = 1.1, thickestPen = 1.6;

function digitImage(drawing, fit = "mass") {
  const strokes = drawing.strokes.filter(stroke => stroke.length > 0);
  if (strokes.length === 0) return new Uint8Array(digitSide * digitSide);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const stroke of strokes) {
    for (const [x, y] of stroke) {
      left = Math.min(left, x); right = Math.max(right, x);
      top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
  }
  const extent = Math.max(right - left, bottom - top);
  let radius = drawing.brush / 2;
  let scale, shiftX, shiftY;
  if (fit === "canvas") {
    scale = digitSide / Math.max(drawing.width, drawing.height);
    radius = radius * scale;
    shiftX = (digitSide - drawing.width * scale) / 2;
    shiftY = (digitSide - drawing.height * scale) / 2;
  } else {
    radius = Math.min(Math.max(radius * (digitBox / (extent + 2 * radius)), thinnestPen), thickestPen);
    scale = extent > 0 ? (digitBox - 2 * radius) / extent : 1;
    shiftX = digitSide / 2 - (left + right) / 2 * scale;
    shiftY = digitSide / 2 - (top + bottom) / 2 * scale;
  }
  let image = digitInk(strokes, scale, shiftX, shiftY, radius);
  if (fit === "mass") {
    let [mass, sumX, sumY] = [0, 0, 0];
    for (let row = 0; row < digitSide; row++) {
      for (let column = 0; column < digitSide; column++) {
        const grey = image[row * digitSide + column];
        mass += grey;
        sumX += grey * (column + 0.5);
        sumY += grey * (row + 0.5);
      }
    }
    image = digitInk(strokes, scale, shiftX + (digitSide / 2 - sumX / mass), shiftY + (digitSide / 2 - sumY / mass), radius);
  }
  return image;
}

function digitInk(strokes, scale, shiftX, shiftY, radius) {
  const nearest = new Float64Array(digitSide * digitSide).fill(Infinity);
  for (const stroke of strokes) {
    for (let point = 0; point < stroke.length; point++) {
      const from = stroke[Math.max(point - 1, 0)], to = stroke[point];
      const x1 = from[0] * scale + shiftX, y1 = from[1] * scale + shiftY;
      const x2 = to[0] * scale + shiftX, y2 = to[1] * scale + shiftY;
      const reach = radius + 1;
      const firstRow = Math.max(Math.floor(Math.min(y1, y2) - reach), 0), lastRow = Math.min(Math.floor(Math.max(y1, y2) + reach), digitSide - 1);
      const firstColumn = Math.max(Math.floor(Math.min(x1, x2) - reach), 0), lastColumn = Math.min(Math.floor(Math.max(x1, x2) + reach), digitSide - 1);
      const wide = x2 - x1, high = y2 - y1, length = wide * wide + high * high;
      for (let row = firstRow; row <= lastRow; row++) {
        for (let column = firstColumn; column <= lastColumn; column++) {
          const x = column + 0.5 - x1, y = row + 0.5 - y1;
          const along = length > 0 ? Math.min(Math.max((x * wide + y * high) / length, 0), 1) : 0;
          const offX = x - along * wide, offY = y - along * high;
          const distance = offX * offX + offY * offY;
          const index = row * digitSide + column;
          if (distance < nearest[index]) nearest[index] = distance;
        }
      }
    }
  }
  const image = new Uint8Array(nearest.length);
  for (let index = 0; index < image.length; index++) {
    const ink = Math.min(Math.max(radius + 0.5 - Math.sqrt(nearest[index]), 0), 1);
    image[index] = Math.floor(ink * 255 + 0.5);
  }
  return image;
}

// A network of dense layers: [{inputs, outputs, weights, bias, relu}], both as base64 of 32-bit floats, the weights output by output.
function digitNetwork(layers) {
  const floats = text => new Float32Array(Uint8Array.from(atob(text), character => character.charCodeAt(0)).buffer);
  const ready = layers.map(layer => ({ ...layer, weights: floats(layer.weights), bias: floats(layer.bias) }));
  return pixels => {
    let values = Float64Array.from(pixels, pixel => pixel / 255);
    for (const { inputs, outputs, weights, bias, relu } of ready) {
      const next = new Float64Array(outputs);
      for (let output = 0; output < outputs; output++) {
        let sum = bias[output];
        for (let input = 0; input < inputs; input++) sum += weights[output * inputs + input] * values[input];
        next[output] = relu ? Math.max(sum, 0) : sum;
      }
      values = next;
    }
    return digitProbabilities(values);
  };
}

// Networks end with probabilities or with the scores that softmax makes probabilities of.
function digitProbabilities(values) {
  const all = Array.from(values);
  const sum = all.reduce((total, value) => total + value, 0);
  if (all.every(value => value >= 0) && Math.abs(sum - 1) < 1e-3) return all;
  const largest = Math.max(...all);
  const powers = all.map(value => Math.exp(value - largest));
  const total = powers.reduce((one, other) => one + other, 0);
  return powers.map(power => power / total);
}
