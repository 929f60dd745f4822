import { Heading } from 'react-email';
import type { WhatChanged as Changed } from '../../core/content/what-changed.ts';
import { wrapText } from '../../core/mail/wrap-text.ts';
import { paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';

const rule = `1px solid ${colours.rule}`;
const column = { width: '50%', padding: '0 8px 2px 0', font: font(400, 13, 18), color: colours.muted } as const;
const fact = { borderTop: rule, padding: '7px 0 1px', font: font(600, 13, 18), color: colours.text } as const;
const value = { padding: '0 12px 8px 0', font: font(400, 15, 21), verticalAlign: 'top' } as const;

/**
 * Facts with their old value beside the new one. A fact's name has a row of its own above its
 * values, so that there is room for both on a phone without a stylesheet.
 */
export const WhatChanged = ({ heading, intro, columns, rows, more }: Changed) => (
  <>
    <Heading as="h2" className="t" style={{ ...text.sectionTitle, margin: '22px 0 8px' }}>
      {heading}
    </Heading>
    {intro && (
      <p className="m" style={{ ...text.meta, margin: '-4px 0 8px' }}>
        {intro}
      </p>
    )}
    <ChangedTable columns={columns} rows={rows} />
    {more && (
      <p className="m" style={{ ...text.meta, margin: '2px 0 0' }}>
        {more}
      </p>
    )}
  </>
);

type Table = Pick<Changed, 'columns' | 'rows'>;

export const ChangedTable = ({ columns, rows }: Table) => (
  <table width="100%" border={0} cellPadding={0} cellSpacing={0} className="was" style={{ tableLayout: 'fixed' }}>
    <thead>
      <tr>
        {[columns.before, columns.after].map((name) => (
          <th key={name} scope="col" align="left" className="m" style={column}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
    {rows.map(({ fact: name, before, after, silent }) => (
      <tbody key={name}>
        <tr>
          <th scope="rowgroup" colSpan={2} align="left" className="t rule" style={fact}>
            {name}
          </th>
        </tr>
        <tr>
          <td dir="auto" className="m" style={{ ...value, color: colours.muted }}>
            <Of column={columns.before} />
            {before}
          </td>
          <td
            dir="auto"
            className={silent === 'after' ? 'm' : 't'}
            style={{ ...value, color: silent === 'after' ? colours.muted : colours.text }}
          >
            <Of column={columns.after} />
            {after}
          </td>
        </tr>
      </tbody>
    ))}
  </table>
);

/**
 * A phone with a stylesheet shows values one below the other, each after the name of its column.
 * The direction of the value stays its own.
 */
const Of = ({ column: name }: { column: string }) => (
  <span dir="ltr" className="of" style={{ display: 'none' }}>
    {name}:{' '}
  </span>
);

export const whatChangedText = ({ heading, intro, more, ...table }: Changed): string =>
  paragraphs(underlined(heading, '-'), intro && wrapped(intro), ...changedTexts(table), more);

/** Each row as a paragraph. */
export function changedTexts({ columns, rows }: Table): string[] {
  const width = Math.max(columns.before.length, columns.after.length) + 2;
  const line = (name: string, said: string) => wrapText(said, { first: `  ${`${name}:`.padEnd(width)}`, indent: ' '.repeat(width + 2) });
  return rows.map(({ fact: name, before, after }) => `${wrapped(name)}\n${line(columns.before, before)}\n${line(columns.after, after)}`);
}
