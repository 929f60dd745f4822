import type { LineContent } from '../../core/content/card-content.ts';
import { colours, font } from '../theme.ts';
import { Layout, Panel } from './panel.tsx';
import { readUrl } from './read-link.tsx';

const type = { font: font(400, 15, 22), color: colours.text };

/** The panel around lines. Its content is added when a mail is assembled. */
export const Lines = ({ children }: { children: React.ReactNode }) => (
  <Panel>
    <Layout>
      <tr>
        <td className="t lines" style={type}>
          {children}
        </td>
      </tr>
    </Layout>
  </Panel>
);

/**
 * One postmortem in a line or two. A mail may hold a hundred of them, so shared styles are set by
 * class in the frame.
 */
export const CardLine = ({ severity, severityLabel, preliminary, title, line, postmortem, hasPage = true }: LineContent) => (
  <p dir="auto">
    <b className={severity}>{`\u00a0${severityLabel}\u00a0`}</b>{' '}
    {hasPage ? <a href={readUrl(postmortem)}>{asSentence(title)}</a> : asSentence(title)} {line.text}{' '}
    <span className="m">{[preliminary && 'Preliminary', line.meta].filter(Boolean).join(' · ')}</span>
  </p>
);

const asSentence = (title: string) => (/[.!?…]$/.test(title) ? title : `${title}.`);
