import type { FiguresTable } from '../../core/content/figures-content.ts';
import { colours, font } from '../theme.ts';
import { DataTable, dataTableText } from './data-table.tsx';

const rule = { borderTop: `1px solid ${colours.rule}`, padding: '7px 0 7px 8px', verticalAlign: 'top' } as const;
const styles = {
  head: { ...rule, font: font(400, 12, 16), color: colours.muted },
  cell: { ...rule, font: font(400, 14, 20), color: colours.text },
  /** The first column starts at the edge. */
  first: { paddingLeft: 0, whiteSpace: 'nowrap' },
} as const;
const small = { font: font(400, 12, 16), color: colours.muted } as const;

type Cell = FiguresTable['rows'][number]['cells'][number];

const Figure = ({ value, known }: Cell) => (
  <>
    {value}
    {known && (
      <>
        <br />
        <span className="m" style={small}>
          {known}
        </span>
      </>
    )}
  </>
);

/** Each figure under its column, beside its period. */
export const Figures = ({ rows, ...told }: FiguresTable) => (
  <DataTable {...told} rows={rows.map(({ period, cells }) => ({ name: period, cells: cells.map(Figure) }))} styles={styles} />
);

/** One period a line: the figures in columns, each with of how many incidents it is known. */
export function figuresText({ rows, ...told }: FiguresTable): string {
  const printed = ({ value, known }: Cell) => (known === undefined ? value : `${value} (${known})`);
  return dataTableText({ ...told, rows: rows.map(({ period, cells }) => [period, ...cells.map(printed)]) });
}
