import type { Line, Location, Mapping, Function as PprofFunction, Profile } from 'pprof-format';
import type { TextOf } from './pprof-values.ts';
import type { StackFrames } from './stack-frames.ts';

type Id = number | bigint;

/** The frames of pprof's locations, each of which may hold several: those that were inlined into one another. */
export class PprofFrames {
  /** How many locations are named and not described. */
  missing = 0;
  readonly #locations: ReadonlyMap<number, Location>;
  readonly #functions: ReadonlyMap<number, PprofFunction>;
  readonly #mappings: ReadonlyMap<number, Mapping>;
  readonly #textOf: TextOf;
  readonly #stackFrames: StackFrames;
  /** Of each location, the outermost frame first. */
  readonly #known = new Map<number, readonly number[]>();

  constructor(
    { location, function: functions, mapping }: Profile,
    { textOf, stackFrames }: { readonly textOf: TextOf; readonly stackFrames: StackFrames },
  ) {
    this.#locations = byId(location);
    this.#functions = byId(functions);
    this.#mappings = byId(mapping);
    this.#textOf = textOf;
    this.#stackFrames = stackFrames;
  }

  /** Indices of frames, the outermost first. @param locationIds the innermost first, as pprof has them */
  stackOf(locationIds: readonly Id[]): number[] {
    return locationIds.toReversed().flatMap((id) => this.#framesOf(Number(id)));
  }

  #framesOf(id: number): readonly number[] {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const location = this.#locations.get(id);
    if (location === undefined) this.missing += 1;
    const frames =
      location === undefined || location.line.length === 0
        ? [this.#named(addressOf(location, this.#moduleOf(location)))]
        : location.line.map((line) => this.#frameOf(line, location)).reverse();
    this.#known.set(id, frames);
    return frames;
  }

  #frameOf({ functionId, line, column }: Line, location: Location): number {
    const found = this.#functions.get(Number(functionId));
    if (found === undefined) return this.#named(addressOf(location, this.#moduleOf(location)));
    const { name, systemName, filename, startLine } = found;
    const start = Number(startLine);
    return this.#stackFrames.indexOf({
      name: this.#textOf(name) || this.#textOf(systemName),
      url: this.#textOf(filename),
      line: start,
      // A line is where the function was at, and no part of its name, but for one that begins there.
      column: start > 0 && Number(line) === start ? Number(column) : 0,
    });
  }

  #named(name: string): number {
    return this.#stackFrames.indexOf({ name, url: '', line: 0, column: 0 });
  }

  #moduleOf(location: Location | undefined): string {
    const mapping = this.#mappings.get(Number(location?.mappingId ?? 0));
    return mapping === undefined ? '' : this.#textOf(mapping.filename);
  }
}

/** What a function without a name is called: its address and the file that it was loaded from. */
function addressOf(location: Location | undefined, module: string): string {
  const address = BigInt(location?.address ?? 0);
  const where = address === 0n ? '(unknown)' : `0x${BigInt.asUintN(64, address).toString(16)}`;
  return module === '' ? where : `${where} in ${module.slice(module.lastIndexOf('/') + 1)}`;
}

function byId<Item extends { readonly id: Id }>(items: readonly Item[]): ReadonlyMap<number, Item> {
  return new Map(items.map((item) => [Number(item.id), item]));
}
