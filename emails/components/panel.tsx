import type { CSSProperties, PropsWithChildren } from 'react';
import { colours } from '../theme.ts';

/**
 * The padding suits a phone whose mail program ignores stylesheets. The frame's stylesheet adds
 * more on wide windows.
 */
const cell = { background: colours.panel, borderRadius: 10, padding: '28px 24px', wordBreak: 'break-word' } satisfies CSSProperties;
const below = { height: 16, lineHeight: '16px', fontSize: 0 } satisfies CSSProperties;

/**
 * A white panel of the column's width with a gap below. Outlook ignores margins of tables, so the
 * gap is a row. `ofRows`: it has only rows, which bring their own space above and below.
 */
export const Panel = ({ children, ofRows = false }: PropsWithChildren<{ ofRows?: boolean }>) => (
  <Layout>
    <tr>
      <td className={ofRows ? 'panel rows' : 'panel'} style={ofRows ? { ...cell, padding: '14px 24px' } : cell}>
        {children}
      </td>
    </tr>
    <tr>
      <td style={below}>&nbsp;</td>
    </tr>
  </Layout>
);

/** A table used only for layout. */
export const Layout = ({ children, style }: PropsWithChildren<{ style?: CSSProperties }>) => (
  <table role="presentation" width="100%" border={0} cellPadding={0} cellSpacing={0} style={style}>
    <tbody>{children}</tbody>
  </table>
);
