import { Heading } from 'react-email';
import type { PromiseTable } from '../../core/content/promise-figures.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';
import { Panel } from './panel.tsx';

const rule = { borderTop: `1px solid ${colours.rule}`, padding: '7px 0 7px 5px', whiteSpace: 'nowrap' } as const;
/** Not bold, so that six words fit beside each other on a phone, in any font. */
const head = { ...rule, font: font(400, 12, 18), color: colours.muted };
/** The first column starts at the edge. A year moves to a second line if there is no room. */
const first = { paddingLeft: 0, whiteSpace: 'normal', wordBreak: 'normal' } as const;
const cell = { ...rule, font: font(400, 14, 20), color: colours.text };

/**
 * A data table, which screen readers announce as one: each number under its column, beside its
 * month.
 */
export const PromisesByMonth = ({ heading, intro, columns, rows }: PromiseTable) => (
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
        {rows.map(({ month, numbers }) => (
          <tr key={month}>
            <th scope="row" align="left" className="t rule" style={{ ...cell, ...first }}>
              {month}
            </th>
            {numbers.map((number, i) => (
              <td key={columns[i + 1]} align="right" className="t rule" style={cell}>
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Panel>
);

const gap = 2;

/** The months in one column, each number right-aligned under its heading. */
export function promiseTableText({ heading, intro, columns, rows }: PromiseTable): string {
  const lines = [columns, ...rows.map(({ month, numbers }) => [month, ...numbers])];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const told = lines.map((line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart((widths[i] ?? 0) + gap))).join(''),
  );
  return paragraphs(underlined(heading, '-'), wrapped(intro), told.map((line) => `  ${line}`).join('\n'));
}
