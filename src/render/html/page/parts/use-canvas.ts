import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';

/** A canvas to draw on, in CSS pixels whatever the screen's are. */
export interface Surface {
  readonly context: CanvasRenderingContext2D;
  readonly widthPx: number;
  readonly heightPx: number;
  /** What the stylesheet has for a property, such as a colour of the theme. */
  readonly style: (property: string) => string;
}

/**
 * Keeps a canvas painted: when what it is a picture of changes, when its size, the screen's pixels or the theme change, and when it is asked
 * to; at most once a frame.
 *
 * @param of what is painted, in values that differ when it does
 * @param when `next frame` lets what matters more be seen first
 */
export function useCanvas(
  paint: (surface: Surface) => void,
  of: readonly unknown[],
  when: 'this frame' | 'next frame' = 'this frame',
): readonly [RefObject<HTMLCanvasElement | null>, () => void] {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  const request = useRef<() => void>(() => {});
  latest.current = paint;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    let frame = 0;
    let styles = new Map<string, string>();
    const style = (property: string): string => {
      const known = styles.get(property) ?? getComputedStyle(element).getPropertyValue(property).trim();
      styles.set(property, known);
      return known;
    };
    const draw = () => {
      frame = 0;
      const [widthPx, heightPx] = [element.clientWidth, element.clientHeight];
      if (widthPx === 0 || heightPx === 0) return;
      fitToScreen(element, context);
      latest.current({ context, widthPx, heightPx, style });
    };
    const drawLater = () => {
      frame = requestAnimationFrame(draw);
    };
    request.current = () => {
      if (frame === 0) frame = requestAnimationFrame(when === 'this frame' ? draw : drawLater);
    };
    const forget = () => {
      styles = new Map();
      request.current();
    };
    const sizes = new ResizeObserver(() => request.current());
    sizes.observe(element);
    document.addEventListener('themechange', forget);
    // A zoomed page changes the screen's pixels without the element's size.
    addEventListener('resize', forget);
    request.current();
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      document.removeEventListener('themechange', forget);
      removeEventListener('resize', forget);
    };
  }, [when]);
  // Before the browser paints, so that the canvas is of the same frame as the text around it.
  useLayoutEffect(() => request.current(), of);
  return [canvas, useCallback(() => request.current(), [])];
}

/** As many pixels as the screen has for it, cleared. */
function fitToScreen(element: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(element.clientWidth * ratio), Math.round(element.clientHeight * ratio)];
  if (element.width !== width || element.height !== height) {
    element.width = width;
    element.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, element.clientWidth, element.clientHeight);
}
