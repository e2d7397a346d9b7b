import type { Locator } from 'playwright-core';

/** The colour of a place in a canvas, read from its pixels: `#rrggbb`, ` faded` after it where it is not opaque, empty where nothing is drawn. */
export async function colourIn(
  canvas: Locator,
  { acrossRatio, downPx }: { readonly acrossRatio: number; readonly downPx: number },
): Promise<string> {
  return canvas.evaluate(
    (element, { across, down }) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
      // Onto one that is meant to be read, or the browser warns.
      const pencil = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      pencil?.drawImage(element, -Math.round(across * element.width), -down);
      const [red = 0, green = 0, blue = 0, alpha = 0] = pencil?.getImageData(0, 0, 1, 1).data ?? [];
      const hex = (value: number) => value.toString(16).padStart(2, '0');
      return alpha === 0 ? '' : `#${hex(red)}${hex(green)}${hex(blue)}${alpha === 255 ? '' : ' faded'}`;
    },
    { across: acrossRatio, down: downPx },
  );
}
