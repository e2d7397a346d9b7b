/** Finds values below a limit in either direction without looking at all that lie between. */
export interface SmallerValues {
  /** The first index from one on whose value is below a limit; the number of values where there is none. */
  readonly next: (from: number, limit: number) => number;
  /** The last index up to one whose value is below a limit; −1 where there is none. */
  readonly previous: (from: number, limit: number) => number;
}

const FAN = 16;

/** Over the values stand the least of each 16 of them, over these the least of each 16 of those, and so on. */
export function smallerValues(values: Int32Array): SmallerValues {
  const levels = [values];
  for (let below = values; below.length > FAN; below = levels.at(-1) ?? below)
    levels.push(leastOfEach(below));

  /** From a value of a level that is below the limit to the first, or last, of those that it stands for. */
  const down = (level: number, index: number, limit: number, step: 1 | -1): number => {
    let found = index;
    for (let at = level - 1; at >= 0; at -= 1) {
      const row = levels[at] ?? values;
      found = step === 1 ? found * FAN : Math.min((found + 1) * FAN, row.length) - 1;
      while ((row[found] ?? 0) >= limit) found += step;
    }
    return found;
  };
  // Plain loops: they run once or more for every box that is drawn.
  const top = levels.length - 1;
  return {
    next: (from, limit) => {
      let index = from;
      for (let level = 0; level <= top; level += 1) {
        const row = levels[level] ?? values;
        const end = level === top ? row.length : Math.min(row.length, (Math.floor(index / FAN) + 1) * FAN);
        for (; index < end; index += 1) if ((row[index] ?? 0) < limit) return down(level, index, limit, 1);
        if (index >= row.length) break;
        index /= FAN;
      }
      return values.length;
    },
    previous: (from, limit) => {
      let index = from;
      for (let level = 0; level <= top; level += 1) {
        const row = levels[level] ?? values;
        const start = level === top ? 0 : Math.floor(index / FAN) * FAN;
        for (; index >= start; index -= 1)
          if ((row[index] ?? 0) < limit) return down(level, index, limit, -1);
        if (index < 0) break;
        index = Math.floor(index / FAN);
      }
      return -1;
    },
  };
}

function leastOfEach(values: Int32Array): Int32Array {
  const least = new Int32Array(Math.ceil(values.length / FAN));
  for (let group = 0; group < least.length; group += 1) {
    const end = Math.min(values.length, (group + 1) * FAN);
    let smallest = values[group * FAN] ?? 0;
    for (let index = group * FAN; index < end; index += 1) smallest = Math.min(smallest, values[index] ?? 0);
    least[group] = smallest;
  }
  return least;
}
