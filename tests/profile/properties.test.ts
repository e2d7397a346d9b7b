import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutpaceError } from '../../src/base/errors.ts';
import { seededRandom } from '../../src/base/random.ts';
import { frameKey, functionTotals } from '../../src/profile/function-totals.ts';
import type { CpuProfile } from '../../src/profile/model.ts';
import { frameOfNode } from '../../src/profile/node-frame.ts';
import { parseCpuProfile } from '../../src/profile/parse-cpu-profile.ts';

const PARAMETERS = { seed: 42, numRuns: 300 };

/** Trees of few names, so that recursion is common, with samples at times that are not in order. */
const rawProfile = fc
  .array(fc.record({ parent: fc.nat(), name: fc.constantFrom('a', 'b', 'c') }), {
    minLength: 1,
    maxLength: 30,
  })
  .chain((nodes) =>
    fc.record({
      nodes: fc.constant(nodes),
      samples: fc.array(fc.record({ node: fc.nat(), delta: fc.integer({ min: -30, max: 200 }) }), {
        maxLength: 60,
      }),
      window: fc.record({ startUs: fc.integer({ min: -100, max: 3000 }), lengthUs: fc.nat(4000) }),
    }),
  )
  .map(({ nodes, samples, window }) => ({
    raw: {
      nodes: nodes.map(({ name }, index) => ({
        id: index + 1,
        callFrame: { functionName: index === 0 ? '(root)' : name, url: '', lineNumber: 0, columnNumber: 0 },
        // A parent is any earlier node, in whatever order the children come.
        children: nodes.flatMap(({ parent }, child) =>
          child > 0 && parent % child === index ? [child + 1] : [],
        ),
      })),
      samples: samples.map(({ node }) => (node % nodes.length) + 1),
      timeDeltas: samples.map(({ delta }) => delta),
      startTime: 0,
      endTime: Math.max(0, ...accumulated(samples.map(({ delta }) => delta))) + 50,
    },
    window: { startUs: window.startUs, endUs: window.startUs + window.lengthUs },
  }));

function accumulated(deltas: readonly number[]): number[] {
  let sum = 0;
  return deltas.map((delta) => {
    sum += delta;
    return sum;
  });
}

/** Every sample expanded into the set of functions on its stack: slow, and plain to see. */
function naiveTotals(profile: CpuProfile, window: { startUs: number; endUs: number }) {
  const totals = new Map<string, { selfUs: number; totalUs: number; recursive: boolean }>();
  for (const [index, leaf] of profile.sampleNodes.entries()) {
    const start = Math.max(profile.sampleTimesUs[index] ?? 0, window.startUs);
    const durationUs = Math.min(profile.sampleTimesUs[index + 1] ?? profile.endTimeUs, window.endUs) - start;
    if (durationUs <= 0) continue;
    const stack: string[] = [];
    for (let node = leaf; node >= 0; node = profile.nodes.parents[node] ?? -1)
      stack.push(frameKey(frameOfNode(profile, node)));
    for (const key of new Set(stack)) {
      const entry = totals.get(key) ?? { selfUs: 0, totalUs: 0, recursive: false };
      entry.totalUs += durationUs;
      if (stack[0] === key) entry.selfUs += durationUs;
      entry.recursive ||= stack.filter((other) => other === key).length > 1;
      totals.set(key, entry);
    }
  }
  return totals;
}

test('totals are those of the stacks, sample by sample', () => {
  fc.assert(
    fc.property(rawProfile, ({ raw, window }) => {
      const profile = parseCpuProfile(raw, 'generated');
      const { functions, sampledUs } = functionTotals(profile, window, () => false);
      const naive = naiveTotals(profile, window);
      expect(functions).toHaveLength(naive.size);
      for (const { frame, selfUs, totalUs, recursive } of functions) {
        expect({ selfUs, totalUs, recursive }).toEqual(naive.get(frameKey(frame)));
        expect(totalUs).toBeLessThanOrEqual(sampledUs);
      }
      expect(functions.reduce((sum, { selfUs }) => sum + selfUs, 0)).toBe(sampledUs);
    }),
    PARAMETERS,
  );
});

test('a stack a hundred thousand deep is read and analysed', () => {
  const depth = 100_000;
  const raw = {
    nodes: Array.from({ length: depth }, (_, index) => ({
      id: index + 1,
      callFrame: { functionName: `f${index % 7}`, url: '', lineNumber: 0, columnNumber: 0 },
      children: index + 1 < depth ? [index + 2] : [],
    })),
    samples: [depth],
    timeDeltas: [0],
    startTime: 0,
    endTime: 10,
  };
  const { functions } = functionTotals(parseCpuProfile(raw, 'deep'), { startUs: 0, endUs: 10 }, () => false);
  expect(functions.map(({ totalUs }) => totalUs)).toEqual([10, 10, 10, 10, 10, 10, 10]);
});

test('a fixture that was damaged anyhow is read or refused, never anything else', () => {
  const text = readFileSync(new URL('../fixtures/node-24-outpace.cpuprofile', import.meta.url), 'utf8');
  const random = seededRandom(1);
  const outcomes = { read: 0, refused: 0, notJson: 0 };
  for (let round = 0; round < 3000; round += 1) {
    const raw = parsed(damaged(text, random));
    if (raw === NOT_JSON) {
      outcomes.notJson += 1;
      continue;
    }
    try {
      const profile = parseCpuProfile(raw, 'damaged');
      functionTotals(profile, { startUs: 0, endUs: Number.MAX_SAFE_INTEGER }, () => false);
      outcomes.read += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(OutpaceError);
      expect(error).toMatchObject({ code: 'MALFORMED_PROFILE' });
      outcomes.refused += 1;
    }
  }
  expect(Math.min(outcomes.read, outcomes.refused, outcomes.notJson)).toBeGreaterThan(50);
});

const NOT_JSON = Symbol('not JSON');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

/** A few characters replaced, mostly digits by digits, so that much of it stays JSON. */
function damaged(text: string, random: () => number): string {
  const characters = [...text];
  const changes = 1 + Math.floor(random() * 4);
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(random() * characters.length);
    const isDigit = /\d/.test(characters[at] ?? '');
    const pool = isDigit && random() < 0.8 ? '0123456789' : '0-,]}{["x';
    characters[at] = pool[Math.floor(random() * pool.length)] ?? '0';
  }
  return characters.join('');
}
