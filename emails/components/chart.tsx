import { type CSSProperties, Fragment } from 'react';
import type { ChartContent, Shade } from '../../core/content/chart-content.ts';
import { colours, font, shadeColours } from '../theme.ts';
import { barHeights } from './bar-heights.ts';
import { Layout } from './panel.tsx';

const number = { font: font(400, 12, 16), color: colours.muted } satisfies CSSProperties;
/** Breaks inside only if it is wider than the line. */
const entry = { display: 'inline-block' } satisfies CSSProperties;
const label = { ...number, padding: '2px 0 0' } satisfies CSSProperties;

/**
 * Bars made of table cells, which show with images off and in Outlook. Screen readers read out the
 * numbers.
 */
export const Chart = ({ caption, told, legend, bars }: ChartContent) => {
  const heights = barHeights(bars.map(({ counts }) => counts));
  return (
    <div role="img" aria-label={told} style={{ margin: '18px 0 0' }}>
      <Layout style={{ tableLayout: 'fixed' }}>
        <tr>
          {bars.map((bar, i) => (
            <td key={bar.label} style={{ verticalAlign: 'bottom', padding: '0 2px' }}>
              <Bar total={bar.total} parts={heights[i] ?? []} />
            </td>
          ))}
        </tr>
        <tr>
          {bars.map((bar) => (
            <td key={bar.label} align="center" className="m" style={label}>
              {bar.label}
            </td>
          ))}
        </tr>
      </Layout>
      <p className="m" style={{ ...number, margin: '4px 0 0' }}>
        {caption}:
        {legend.map(({ shade, label }) => (
          <Fragment key={shade}>
            {' '}
            <span style={entry}>
              <span className={`ink-${shade}`} style={{ color: shadeColours[shade] }}>
                ■
              </span>
              {`\u00a0${label}`}
            </span>
          </Fragment>
        ))}
      </p>
    </div>
  );
};

/**
 * The gaps between the parts are the table's own spacing. The background shows through them in
 * light and dark mode.
 */
const Bar = ({ total, parts }: { total: string; parts: readonly { shade: Shade; height: number }[] }) => (
  <table role="presentation" width="100%" border={0} cellPadding={0} cellSpacing={2} style={{ borderCollapse: 'separate' }}>
    <tbody>
      <tr>
        <td align="center" className="m" style={number}>
          {total}
        </td>
      </tr>
      {parts.map(({ shade, height }) => (
        <tr key={shade}>
          <td {...filled(shade)} height={height} style={{ lineHeight: `${height}px`, fontSize: 0 }}>
            &nbsp;
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** An attribute, which every mail program knows. Dark colours come by class. */
const filled = (shade: Shade) => ({ className: `bar-${shade}`, bgcolor: shadeColours[shade] });
