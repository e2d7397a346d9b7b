import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { percent } from '../../../format.ts';
import { amount } from '../parts/amounts.ts';
import { Difference } from '../parts/figure-value.tsx';
import { ScrolledTable } from '../parts/picture.tsx';
import { timesOf } from './details.tsx';
import { heaviestNodes } from './heaviest-nodes.ts';
import type { ShownPicture } from './looks.ts';
import { nameAndPlace } from './names.ts';

const LISTED = 100;

/** The same facts as the picture's, as a table of its largest boxes; made when it is opened. */
export function BoxTable({ id, shown }: { readonly id: string; readonly shown: ShownPicture }): JSX.Element {
  const [open, setOpen] = useState(false);
  const table = useMemo(() => (open ? tableOf(shown) : null), [open, shown]);
  return (
    <details class="picture-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary id={id}>
        As a table: the {LISTED} stacks that took the longest{shown.title === '' ? '' : `, ${shown.title}`}
      </summary>
      {table === null ? null : <ScrolledTable labelledBy={id} {...table} />}
    </details>
  );
}

function tableOf({ picture, look }: ShownPicture) {
  const { tree, times } = picture;
  const all = timesOf(picture, 'totals', 0);
  const nodes = heaviestNodes(tree, [times.before?.totals, times.after?.totals], LISTED);
  const titleOf = (node: number) => {
    const frame = look.frameOf(node);
    return node === 0 || frame === null ? 'all' : nameAndPlace(frame);
  };
  const name = (node: number) => (
    <span class="code" key={node}>
      {titleOf(node)}
    </span>
  );
  const caller = (node: number) => (node === 0 ? '' : titleOf(tree.parents[node] ?? 0));
  if (times.before !== null && times.after !== null) {
    return {
      columns: [
        'Function',
        'Total before',
        'Total after',
        'Change',
        'Self before',
        'Self after',
        'Called by',
      ],
      rows: nodes.map((node) => {
        const [totals, selfs] = [timesOf(picture, 'totals', node), timesOf(picture, 'selfs', node)];
        return [
          name(node),
          amount(totals.before),
          amount(totals.after),
          <Difference key="change" ms={totals.after - totals.before} noise={false} />,
          amount(selfs.before),
          amount(selfs.after),
          caller(node),
        ];
      }),
    };
  }
  return {
    columns: ['Function', 'Total', 'Share', 'Self', 'Called by'],
    rows: nodes.map((node) => {
      const [totals, selfs] = [timesOf(picture, 'totals', node), timesOf(picture, 'selfs', node)];
      const total = totals.before + totals.after;
      return [
        name(node),
        amount(total),
        percent(total / (all.before + all.after || 1), 1),
        amount(selfs.before + selfs.after),
        caller(node),
      ];
    }),
  };
}
