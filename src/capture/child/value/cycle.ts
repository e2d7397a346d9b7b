import { isObject } from './atom-text.ts';
import { orderedParts, partText, TextHash, type TextOf, writeBody } from './body.ts';
import type { Shape } from './shape-parts.ts';

/** An object, taken apart. */
export interface Member {
  readonly value: object;
  readonly shape: Shape;
}

export interface NamedCycle {
  /** In the order of the members. */
  readonly names: readonly string[];
  /** Of the text that they are named by. */
  readonly chars: number;
}

/** Each round tells apart what differs one step farther away. */
const ROUNDS = 4;

/**
 * Names for objects that refer to each other in circles, so that none can be named after its parts.
 *
 * They are numbered along their references and named by the text of all of them. So within a cycle, other than outside of
 * one, it makes a difference whether two references lead to one object or to two equal ones.
 *
 * @param members the one that was reached first comes first
 * @param nameOf the name of an object that is none of them
 */
export function namesInCycle(members: readonly Member[], nameOf: (value: object) => string): NamedCycle {
  const places = new Map(members.map(({ value }, place) => [value, place]));
  const referring = (reference: (place: number) => string | number): TextOf =>
    partText((part) => {
      const place = places.get(part);
      return place === undefined ? nameOf(part) : `~${reference(place)}`;
    });
  const colours = coloursOf(members, referring);
  const byColour = referring((place) => colours[place] ?? '');
  const order = [startOf(colours)];
  const numbers = new Int32Array(members.length).fill(-1);
  numbers[order[0] ?? 0] = 0;
  // It grows while it is gone through.
  for (const at of order) {
    for (const part of partsOf(members, at, byColour)) {
      const place = isObject(part) ? places.get(part) : undefined;
      if (place === undefined || numbers[place] !== -1) continue;
      numbers[place] = order.length;
      order.push(place);
    }
  }
  const whole = new TextHash();
  const byNumber = referring((place) => numbers[place] ?? -1);
  for (const at of order) writeBody(shapeAt(members, at), byNumber, whole.add);
  const name = whole.name(0);
  return { names: members.map((_, place) => `~${numbers[place]}${name}`), chars: whole.chars };
}

/** What can be seen of each member without numbers: equal members have equal colours. */
function coloursOf(
  members: readonly Member[],
  referring: (reference: (place: number) => string) => TextOf,
): readonly string[] {
  let colours = members.map(() => '');
  for (let round = 0, count = 0; round < ROUNDS; round += 1) {
    const textOf = referring((place) => colours[place] ?? '');
    const next = members.map(({ shape }) => colourOf(shape, textOf));
    const found = new Set(next).size;
    if (found === count) break;
    colours = next;
    count = found;
    if (count === members.length) break;
  }
  return colours;
}

function colourOf(shape: Shape, textOf: TextOf): string {
  const text = new TextHash();
  writeBody(shape, textOf, text.add);
  return text.name(0);
}

/** A member that is like no other, whichever was reached first; else the one that was. */
function startOf(colours: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  let start = -1;
  for (const [place, colour] of colours.entries())
    if (counts.get(colour) === 1 && (start === -1 || colour < (colours[start] ?? ''))) start = place;
  return Math.max(0, start);
}

function partsOf(members: readonly Member[], place: number, textOf: TextOf): Iterable<unknown> {
  return orderedParts(shapeAt(members, place), textOf);
}

function shapeAt(members: readonly Member[], place: number): Shape {
  const member = members[place];
  if (member === undefined) throw new RangeError(`no member ${place}`);
  return member.shape;
}
