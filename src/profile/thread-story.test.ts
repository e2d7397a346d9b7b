import { expect, test } from 'vitest';
import { profileFromColumns } from '../../tests/support/profile-from-columns.ts';
import { threadStory, usefulAtUs } from './thread-story.ts';

/** Samples of 1000 µs each, from 0 to 6000. */
const drawn = profileFromColumns('(program)  a  a  (idle)  (collecting)  (root)');
const named = (name: string) => (name === '(collecting)' ? '(garbage collector)' : name);
const profile = { ...drawn, frames: drawn.frames.map((frame) => ({ ...frame, name: named(frame.name) })) };
const story = (part: object, slices: number, run = { startUs: 0, endUs: 6000 }) => {
  const life = { startUs: 0, endUs: 6000, ...part };
  const useful = usefulAtUs(profile, life, () => false);
  return { usefulAtUs: useful, ...threadStory(profile, { life, run, slices }) };
};

test('each slice tells what its time was spent on', () => {
  expect(story({}, 3)).toEqual({
    usefulAtUs: 1000,
    running: [1, 0.5, 0],
    idle: [0, 0.5, 0],
    collecting: [0, 0, 0.5],
  });
});

test('slices that cut samples, and a life that is part of the run', () => {
  // From 1500 to 3500 of a run until 8000, by slices of 2000.
  expect(story({ startUs: 1500, endUs: 3500 }, 4, { startUs: 0, endUs: 8000 })).toEqual({
    usefulAtUs: 1500,
    running: [0.25, 0.5, 0, 0],
    idle: [0, 0.25, 0, 0],
    collecting: [0, 0, 0, 0],
  });
});

test('a life in which nothing of the job ran', () => {
  expect(story({ startUs: 3000 }, 1)).toMatchObject({ usefulAtUs: null, running: [0] });
  expect(story({ startUs: 6000 }, 1)).toMatchObject({ usefulAtUs: null, idle: [0] });
});
