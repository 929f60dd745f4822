import { Link } from 'react-email';
import type { CardContent } from '../../core/edition/card-content.ts';
import { Layout, Panel } from '../panel/panel.tsx';
import { SeverityPill } from '../severity-pill/severity-pill.tsx';
import { colours, font, text } from '../theme.ts';
import { readUrl } from './read-link.tsx';

/** The sheet that lines stand in; what it holds comes when a mail is assembled. */
export const Lines = ({ children }: { children: React.ReactNode }) => (
  <Panel>
    <Layout>{children}</Layout>
  </Panel>
);

/** One postmortem in a line or two. Kept short: a mail may hold a hundred. */
export const CardLine = ({ severity, severityLabel, preliminary, title, line, postmortem }: CardContent) => (
  <tr>
    <td width={62} style={{ verticalAlign: 'top', padding: '7px 10px 7px 0' }}>
      <SeverityPill severity={severity} label={severityLabel} />
    </td>
    <td dir="auto" className="t" style={{ padding: '7px 0', font: font(400, 15, 22), color: colours.text }}>
      <b>{asSentence(title)}</b> {line.text}
      <br />
      <span className="m" style={text.small}>
        {preliminary && 'Preliminary · '}
        {line.meta && `${line.meta} · `}
        <Link href={readUrl(postmortem)} style={text.link}>
          read
        </Link>
      </span>
    </td>
  </tr>
);

const asSentence = (title: string) => (/[.!?…]$/.test(title) ? title : `${title}.`);
