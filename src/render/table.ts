/** How a column is set. */
export interface Column {
  readonly align: 'left' | 'right';
  /** With the space to its neighbors; a longer text makes it wider. */
  readonly width: number;
}

/** Between two texts of a row there are at least so many. */
const GAP = 2;

/**
 * Rows of cells as lines, in which no text runs into its neighbor, however long.
 *
 * A text to the left of its column that stands behind one to the right of its own brings the space between them along.
 */
export function tableLines(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ align, width }, column) => {
    const longest = rows.reduce((most, cells) => Math.max(most, cells[column]?.length ?? 0), 0);
    const hasGap = align === 'right' ? column > 0 : columns[column + 1]?.align === 'left';
    return Math.max(width, longest + (hasGap ? GAP : 0));
  });
  return rows.map((cells) =>
    columns
      .map(({ align }, column) => {
        const [text, width] = [cells[column] ?? '', widths[column] ?? 0];
        return align === 'left' ? text.padEnd(width) : text.padStart(width);
      })
      .join('')
      .trimEnd(),
  );
}
