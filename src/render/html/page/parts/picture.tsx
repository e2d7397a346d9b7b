import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface PictureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

interface PictureProps {
  readonly title: string;
  /** What the picture shows, in a sentence, for who does not see it. */
  readonly label: string;
  /** The same facts. */
  readonly table: PictureTable;
  readonly height: number;
  readonly children: ComponentChildren;
}

/** A drawing with its title, a sentence, and a table of the same facts. */
export function Picture({ title, label, table, height, children }: PictureProps): JSX.Element {
  const id = useId();
  return (
    <figure class="figure">
      <figcaption id={id}>{title}</figcaption>
      <svg role="img" aria-label={label} height={height}>
        {children}
      </svg>
      <details>
        <summary>As a table</summary>
        <ScrolledTable labelledBy={id} {...table} />
      </details>
    </figure>
  );
}

/**
 * A table that may be wider than the page; its first column names the rows.
 *
 * @param words whether the cells are words and not figures
 */
export function ScrolledTable({
  columns,
  rows,
  labelledBy,
  words = false,
}: PictureTable & { readonly labelledBy: string; readonly words?: boolean }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section class="scroll" tabIndex={0} aria-labelledby={labelledBy}>
      <table class={words ? 'words' : undefined}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th key={columns[column]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={columns[column]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
