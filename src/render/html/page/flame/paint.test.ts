import { expect, test } from 'vitest';
import { type BoxLook, type Pencil, paintBoxes } from './paint.ts';
import { BoxColumns } from './visible-boxes.ts';

/** Writes down what is drawn, with the colour and the strength it is drawn in. */
class RecordingPencil implements Pencil {
  fillStyle: string | CanvasGradient | CanvasPattern = '';
  strokeStyle: string | CanvasGradient | CanvasPattern = '';
  lineWidth = 0;
  globalAlpha = 1;
  readonly drawn: string[] = [];

  fillRect(...place: [number, number, number, number]): void {
    this.drawn.push(`${this.fillStyle} ${this.#strength()}at ${place.join(' ')}`);
  }

  strokeRect(...place: [number, number, number, number]): void {
    this.drawn.push(`outline ${this.strokeStyle} at ${place.join(' ')}`);
  }

  fillText(text: string, x: number, y: number): void {
    this.drawn.push(`"${text}" ${this.fillStyle} ${this.#strength()}at ${x} ${y}`);
  }

  #strength(): string {
    return this.globalAlpha === 1 ? '' : `${this.globalAlpha} `;
  }
}

const LOOK: BoxLook = {
  rowPx: 20,
  scrollPx: 0,
  rowStep: 1,
  styles: [
    { fill: 'green', outline: null },
    { fill: 'hatch', outline: 'grey' },
  ],
  styleOf: (node) => (node === 9 ? 1 : 0),
  matches: null,
  matchColour: 'red',
  labels: {
    of: (node) => `function ${node}`,
    colour: 'black',
    measure: { letterPx: 10, widthOf: () => Number.NaN },
  },
};

function painted(
  boxes: readonly (readonly [row: number, node: number, leftPx: number, widthPx: number])[],
  look: Partial<BoxLook> = {},
) {
  const columns = new BoxColumns();
  for (const [row, node, leftPx, widthPx] of boxes)
    columns.push(row, 0, node, leftPx, widthPx, widthPx <= 1 ? 1 : 0);
  const pencil = new RecordingPencil();
  const counts = paintBoxes(pencil, columns, { ...LOOK, ...look });
  return { drawn: pencil.drawn, counts };
}

test('a box is filled, parted from the next, and named as far as there is room', () => {
  const { drawn, counts } = painted([
    [0, 1, 0, 200],
    [1, 2, 0, 60],
    [1, 3, 60, 17],
    [1, 4, 77, 2],
  ]);
  expect(drawn).toEqual([
    'green at 0 0 199 19',
    'green at 0 20 59 19',
    'green at 60 20 16 19',
    'green at 77 20 2 19',
    '"function 1" black at 4 10',
    '"func…" black at 4 30',
  ]);
  expect(counts).toEqual({ rectangles: 4, labels: 2 });
});

test('idle is hollow, whatever its colour', () => {
  expect(painted([[0, 9, 0, 50]], { labels: null }).drawn).toEqual([
    'hatch at 0 0 49 19',
    'outline grey at 0.5 0.5 48 18',
  ]);
});

test('crowded pixels beside one another that look the same are one rectangle', () => {
  const { drawn } = painted(
    [
      [0, 1, 10, 1],
      [0, 2, 11, 1],
      [0, 9, 12, 1],
      [0, 3, 14, 1],
    ],
    { labels: null },
  );
  expect(drawn).toEqual(['green at 10 0 2 19', 'hatch at 12 0 1 19', 'green at 14 0 1 19']);
});

test('while something is searched for, matches are marked and others fade', () => {
  const { drawn } = painted(
    [
      [0, 1, 0, 50],
      [0, 2, 50, 50],
    ],
    { matches: (node) => node === 2 },
  );
  expect(drawn).toEqual([
    'green 0.4 at 0 0 49 19',
    'green at 50 0 49 19',
    'red at 50 16 49 3',
    '"fun…" black 0.7 at 4 10',
    '"fun…" black at 54 10',
  ]);
});

test('rows are shifted by what was scrolled, and low ones drawn without gaps', () => {
  expect(painted([[3, 1, 0, 50]], { scrollPx: 15, labels: null }).drawn).toEqual(['green at 0 45 49 19']);
  expect(painted([[4, 1, 0, 50]], { rowPx: 1, rowStep: 2, labels: null }).drawn).toEqual([
    'green at 0 2 49 1',
  ]);
});
