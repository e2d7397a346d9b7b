/**
 * Work that is always the same: a measure of how fast a machine is at this moment, that a stored time can be given in.
 *
 * A bit of each that programs do: whole-number arithmetic, objects that die young, strings, a table that does not fit the
 * nearest cache. It runs as an implementation does, in a fresh process. A change of it makes stored baselines worthless.
 */
export function run(): number {
  let sum = 0;
  for (let round = 0; round < 12; round += 1)
    sum = (sum + arithmetic(round) + objects(round) + table(round)) | 0;
  return sum;
}

function arithmetic(seed: number): number {
  let value = seed + 1;
  for (let turn = 0; turn < 1_000_000; turn += 1) value = (Math.imul(value, 1664525) + 1013904223) | 0;
  return value;
}

function objects(seed: number): number {
  const records = Array.from({ length: 10_000 }, (_, index) => ({ id: index, name: `name-${index ^ seed}` }));
  return records.map(({ id, name }) => `${id}:${name}`).join('').length;
}

function table(seed: number): number {
  const counts = new Map<number, number>();
  for (let turn = 0; turn < 20_000; turn += 1) {
    const key = (turn * 7919 + seed) % 4096;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts.size;
}
