import { Heading } from 'react-email';
import type { FiguresTable } from '../../core/content/figures-content.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';
import { Panel } from './panel.tsx';

const rule = { borderTop: `1px solid ${colours.rule}`, padding: '7px 0 7px 8px', verticalAlign: 'top' } as const;
const head = { ...rule, font: font(400, 12, 16), color: colours.muted };
/** The first column starts at the edge. */
const first = { paddingLeft: 0, whiteSpace: 'nowrap' } as const;
const cell = { ...rule, font: font(400, 14, 20), color: colours.text };
const small = { font: font(400, 12, 16), color: colours.muted } as const;

/** A data table, which screen readers announce as one. */
export const Figures = ({ heading, intro, columns, rows }: FiguresTable) => (
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
        {rows.map(({ period, cells }) => (
          <tr key={period}>
            <th scope="row" align="left" className="t rule" style={{ ...cell, ...first }}>
              {period}
            </th>
            {cells.map(({ value, known }, i) => (
              <td key={columns[i + 1]} align="right" className="t rule" style={cell}>
                {value}
                {known && (
                  <>
                    <br />
                    <span className="m" style={small}>
                      {known}
                    </span>
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);

/** One period a line: the figures in columns, each with of how many incidents it is known. */
export function figuresText({ heading, intro, columns, rows }: FiguresTable): string {
  const told = (value: string, known: string | undefined) => (known === undefined ? value : `${value} (${known})`);
  const lines = [columns, ...rows.map(({ period, cells }) => [period, ...cells.map(({ value, known }) => told(value, known))])];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const table = lines.map(
    (line) => `  ${line.map((one, i) => (i === 0 ? one.padEnd(widths[i] ?? 0) : one.padStart((widths[i] ?? 0) + 2))).join('')}`,
  );
  return paragraphs(underlined(heading, '-'), wrapped(intro), table.join('\n'));
}
