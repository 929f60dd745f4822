import type { CSSProperties, ReactNode } from 'react';
import { Heading } from 'react-email';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { Panel } from './panel.tsx';

interface Told {
  readonly heading: string;
  readonly intro: string;
  readonly columns: readonly string[];
}

interface Styles {
  readonly head: CSSProperties;
  readonly cell: CSSProperties;
  /** What the first column has besides. */
  readonly first: CSSProperties;
}

/**
 * A data table, which screen readers announce as one: each cell under its column, beside the name
 * of its row.
 */
export const DataTable = ({
  heading,
  intro,
  columns,
  rows,
  styles: { head, cell, first },
}: Told & { readonly rows: readonly { readonly name: string; readonly cells: readonly ReactNode[] }[]; readonly styles: Styles }) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <p className="m" style={{ ...text.meta, margin: '4px 0 0' }}>
      {intro}
    </p>
    <table width="100%" border={0} cellPadding={0} cellSpacing={0} style={{ margin: '10px 0 0' }}>
      <thead>
        <tr>
          {columns.map((column, i) => (
            <th
              key={column}
              scope="col"
              align={i === 0 ? 'left' : 'right'}
              className="m rule"
              style={i === 0 ? { ...head, ...first } : head}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row" align="left" className="t rule" style={{ ...cell, ...first }}>
              {name}
            </th>
            {cells.map((one, i) => (
              <td key={columns[i + 1]} align="right" className="t rule" style={cell}>
                {one}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);

const gap = 2;

/** The names of the rows in one column, each cell right-aligned under its heading. */
export function dataTableText({ heading, intro, columns, rows }: Told & { readonly rows: readonly (readonly string[])[] }): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const told = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + gap))).join(''),
  );
  return paragraphs(underlined(heading, '-'), wrapped(intro), told.map((line) => `  ${line}`).join('\n'));
}
