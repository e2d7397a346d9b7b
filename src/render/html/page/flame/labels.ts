/** How wide text is, px. */
export interface Measure {
  /** Of one letter, where all are as wide. */
  readonly letterPx: number;
  readonly widthOf: (text: string) => number;
}

const ASCII = /^[\x20-\x7e]*$/;
/** Longer names are cut before they are measured: no box is so wide. */
const LONGEST = 1000;

/** As much of a text as there is room for, its end cut off for an ellipsis; empty where not even two letters fit. */
export function fitLabel(text: string, roomPx: number, { letterPx, widthOf }: Measure): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  if (ASCII.test(short)) return cut([...short], Math.floor(roomPx / letterPx));
  const letters = [...short];
  if (widthOf(short) <= roomPx) return short;
  let [fits, tooMany] = [0, letters.length + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (widthOf(cut(letters, middle)) <= roomPx) fits = middle;
    else tooMany = middle;
  }
  return cut(letters, fits);
}

function cut(letters: readonly string[], room: number): string {
  if (letters.length <= room) return letters.join('');
  return room < 3 ? '' : `${letters.slice(0, room - 1).join('')}…`;
}
