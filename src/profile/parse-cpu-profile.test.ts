import { expect, test } from 'vitest';
import { OutpaceError } from '../base/errors.ts';
import { parseCpuProfile } from './parse-cpu-profile.ts';

const frame = { functionName: 'f', url: '', lineNumber: -1, columnNumber: -1 };
const good = {
  nodes: [
    { id: 1, callFrame: frame, children: [2] },
    { id: 2, callFrame: frame },
  ],
  samples: [2, 1],
  timeDeltas: [5, -3],
  startTime: 10,
  endTime: 20,
};

test('samples come out by time, though a delta is negative', () => {
  const profile = parseCpuProfile(good, 'p');
  expect([...profile.sampleTimesUs]).toEqual([12, 15]);
  expect([...profile.sampleNodes]).toEqual([0, 1]);
});

test.each([
  { says: 'not an object', raw: null },
  { says: 'no nodes', raw: {} },
  { says: 'no nodes', raw: { ...good, nodes: [] } },
  { says: '2 samples but 1 timeDeltas', raw: { ...good, timeDeltas: [1] } },
  { says: '1 samples name nodes that do not exist', raw: { ...good, samples: [9, 1] } },
  { says: 'endTime 1 lies before', raw: { ...good, endTime: 1 } },
  { says: 'two nodes have the id 1', raw: { ...good, nodes: [good.nodes[0], good.nodes[0]] } },
  {
    says: '1 samples name nodes that do not exist',
    raw: { ...good, nodes: [{ id: 1, callFrame: frame, children: [7] }] },
  },
  {
    says: '0 roots',
    raw: {
      ...good,
      nodes: [
        { id: 1, callFrame: frame, children: [2] },
        { id: 2, callFrame: frame, children: [1] },
      ],
    },
  },
  {
    says: 'form a cycle',
    raw: {
      ...good,
      nodes: [
        { id: 1, callFrame: frame },
        { id: 2, callFrame: frame, children: [3] },
        { id: 3, callFrame: frame, children: [2] },
      ],
    },
  },
])('refused: $says', ({ raw, says }) => {
  expect(() => parseCpuProfile(raw, 'bad.cpuprofile')).toThrow(OutpaceError);
  expect(() => parseCpuProfile(raw, 'bad.cpuprofile')).toThrow(says);
});
