import type { PromiseTable } from '../../core/content/promise-figures.ts';
import { colours, font } from '../theme.ts';
import { DataTable, dataTableText } from './data-table.tsx';

const rule = { borderTop: `1px solid ${colours.rule}`, padding: '7px 0 7px 5px', whiteSpace: 'nowrap' } as const;
const styles = {
  /** Not bold, so that six words fit beside each other on a phone, in any font. */
  head: { ...rule, font: font(400, 12, 18), color: colours.muted },
  cell: { ...rule, font: font(400, 14, 20), color: colours.text },
  /** The first column starts at the edge. A year moves to a second line if there is no room. */
  first: { paddingLeft: 0, whiteSpace: 'normal', wordBreak: 'normal' },
} as const;

/** Each number under its column, beside its month. */
export const PromisesByMonth = ({ rows, ...told }: PromiseTable) => (
  <DataTable {...told} rows={rows.map(({ month, numbers }) => ({ name: month, cells: numbers }))} styles={styles} />
);

export const promiseTableText = ({ rows, ...told }: PromiseTable): string =>
  dataTableText({ ...told, rows: rows.map(({ month, numbers }) => [month, ...numbers]) });
