/** Where across an element's inside a pointer is: 0 at its left edge, 1 at its right, beyond outside of it. */
export function acrossOf(element: HTMLElement, { clientX }: PointerEvent): number {
  const leftPx = element.getBoundingClientRect().left + element.clientLeft;
  return (clientX - leftPx) / (element.clientWidth || 1);
}
