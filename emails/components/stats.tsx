import type { Stat } from '../../core/content/digest-content.ts';
import { wrapText } from '../../core/mail/wrap-text.ts';
import { colours, font, text } from '../theme.ts';
import { Layout } from './panel.tsx';

/**
 * Up to four figures side by side. On a phone there are two in a row, or one if two would leave a
 * gap.
 */
export const Stats = ({ stats }: { stats: readonly Stat[] }) => (
  <Layout style={{ marginTop: 20, tableLayout: 'fixed' }}>
    <tr>
      {stats.map(({ value, label }) => (
        <td
          key={label}
          className={stats.length % 2 === 0 ? 'stat' : 'stat-row'}
          width={`${Math.floor(100 / stats.length)}%`}
          style={{ padding: '0 12px 0 0', verticalAlign: 'top' }}
        >
          <div className="t" style={{ font: font(700, 26, 32), color: colours.text }}>
            {value}
          </div>
          <div className="m" style={text.small}>
            {label}
          </div>
        </td>
      ))}
    </tr>
  </Layout>
);

/** One figure and its meaning per line, with the figures in one column. */
export function statsText(stats: readonly Stat[]): string {
  const width = Math.max(0, ...stats.map(({ value }) => value.length));
  return stats
    .map(({ value, label }) => wrapText(label, { first: `  ${value.padEnd(width)}  `, indent: ' '.repeat(width + 4) }))
    .join('\n');
}
