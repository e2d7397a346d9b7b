import { expect, test } from 'vitest';
import type { Lane } from './lanes.ts';
import { type LanePencil, lanePlaces, paintLanes, paintWindow } from './paint-lanes.ts';

/** Writes down what is filled, a path's rectangles together. */
class RecordingPencil implements LanePencil {
  fillStyle: string | CanvasGradient | CanvasPattern = '';
  strokeStyle: string | CanvasGradient | CanvasPattern = '';
  lineWidth = 0;
  readonly drawn: string[] = [];
  #path: string[] = [];

  beginPath(): void {
    this.#path = [];
  }

  rect(...place: [number, number, number, number]): void {
    this.#path.push(place.join(' '));
  }

  fill(): void {
    if (this.#path.length > 0) this.drawn.push(`${this.fillStyle}: ${this.#path.join(', ')}`);
  }

  fillRect(...place: [number, number, number, number]): void {
    this.drawn.push(`${this.fillStyle}: ${place.join(' ')}`);
  }

  strokeRect(...place: [number, number, number, number]): void {
    this.drawn.push(`around ${place.join(' ')}`);
  }
}

const COLOURS = {
  fills: { working: 'solid', collecting: 'stripes', queued: 'dots', waiting: 'hatch', idle: 'nothing' },
  outline: 'grey',
  path: 'black',
};
const places = { axisPx: 0, lanePx: 40, namePx: 10, barPx: 20 };

function lane(name: string, parts: Partial<Record<keyof Lane['parts'], number[]>>): Lane {
  const part = (of: keyof Lane['parts']) => Float64Array.from(parts[of] ?? [0, 0, 0, 0]);
  return {
    name,
    startMs: 0,
    endMs: 8,
    kernel: true,
    parts: {
      working: part('working'),
      collecting: part('collecting'),
      queued: part('queued'),
      waiting: part('waiting'),
      idle: part('idle'),
    },
  };
}

test('activities stand upon one another, like slices as one, and idle is hollow', () => {
  const pencil = new RecordingPencil();
  const one = lane('main', { working: [1, 1, 0.5, 0], waiting: [0, 0, 0.5, 0], idle: [0, 0, 0, 1] });
  paintLanes(pencil, { lanes: [one], path: [], spanMs: 8, widthPx: 80 }, { places, colours: COLOURS });
  expect(pencil.drawn).toEqual([
    'solid: 0 10 40 20, 40 20 20 10',
    'hatch: 40 10 20 10',
    'around 0.5 10.5 79 19',
  ]);
});

test('the critical path goes along the lanes that the end waited for', () => {
  const pencil = new RecordingPencil();
  const path = [
    { name: 'main', startMs: 0, endMs: 2 },
    { name: 'worker 1', startMs: 2, endMs: 8 },
    { name: 'gone', startMs: 8, endMs: 9 },
  ];
  const lanes = [lane('main', {}), lane('worker 1', {})];
  paintLanes(pencil, { lanes, path, spanMs: 8, widthPx: 80 }, { places, colours: COLOURS });
  expect(pencil.drawn.filter((drawn) => drawn.startsWith('black'))).toEqual([
    'black: 0 7 20 3',
    'black: 20 47 60 3',
    'black: 19 7 2 43',
  ]);
});

test('what is outside a window is veiled', () => {
  const pencil = new RecordingPencil();
  const size = { spanMs: 8, widthPx: 80, heightPx: 50 };
  paintWindow(pencil, { window: { startMs: 2, endMs: 20 }, ...size }, { veil: 'veil', edge: 'edge' });
  expect(pencil.drawn).toEqual(['veil: 0 0 20 50', 'veil: 80 0 0 50', 'edge: 19 0 2 50', 'edge: 79 0 2 50']);
});

test('many threads are lower', () => {
  expect(lanePlaces(40).lanePx).toBeLessThan(lanePlaces(2).lanePx);
});
