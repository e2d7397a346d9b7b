/** What tells areas apart without any colour. */
export interface PatternLook {
  readonly kind: 'hatch' | 'dots' | 'stripes';
  readonly colour: string;
  /** null where what lies below shows through. */
  readonly ground: string | null;
}

const TILE_PX = 6;

/** A pattern to fill with; its colour alone where a browser makes none. */
export function patterned(
  context: CanvasRenderingContext2D,
  { kind, colour, ground }: PatternLook,
): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = TILE_PX;
  tile.height = TILE_PX;
  const pencil = tile.getContext('2d');
  if (pencil === null) return colour;
  if (ground !== null) {
    pencil.fillStyle = ground;
    pencil.fillRect(0, 0, TILE_PX, TILE_PX);
  }
  pencil.fillStyle = colour;
  pencil.strokeStyle = colour;
  if (kind === 'dots') {
    pencil.fillRect(0, 0, 2, 2);
    pencil.fillRect(TILE_PX / 2, TILE_PX / 2, 2, 2);
  } else if (kind === 'stripes') {
    pencil.fillRect(0, 0, 2, TILE_PX);
    pencil.fillRect(TILE_PX / 2, 0, 2, TILE_PX);
  } else {
    pencil.beginPath();
    // From corner to corner, and through the corners of the tiles beside it.
    for (const shift of [-TILE_PX, 0, TILE_PX]) {
      pencil.moveTo(shift - 1, TILE_PX + 1);
      pencil.lineTo(shift + TILE_PX + 1, -1);
    }
    pencil.stroke();
  }
  return context.createPattern(tile, 'repeat') ?? colour;
}
