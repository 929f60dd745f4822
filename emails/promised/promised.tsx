import { Heading, Link } from 'react-email';
import type { PromisedContent } from '../../core/edition/promised-content.ts';
import { readUrl } from '../card/read-link.tsx';
import { Layout, Panel } from '../panel/panel.tsx';
import { colours, font, text } from '../theme.ts';

const rule = `1px solid ${colours.rule}`;
const what = { borderTop: rule, padding: '8px 12px 8px 0', font: font(400, 15, 21), color: colours.text };
const age = {
  borderTop: rule,
  padding: '8px 0',
  font: font(600, 14, 21),
  color: colours.text,
  whiteSpace: 'nowrap',
  verticalAlign: 'top',
} as const;

/** What was promised and not yet kept, with its age on the right. */
export const Promised = ({ heading, intro, actions, more }: PromisedContent) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <p className="m" style={{ ...text.meta, margin: '2px 0 10px' }}>
      {intro}
    </p>
    <Layout>
      {actions.map((action) => (
        <tr key={`${action.postmortem} ${action.title}`}>
          <td dir="auto" className="t rule" style={what}>
            {action.title}
            <br />
            <span className="m" style={text.small}>
              {action.meta}
              {'\u00a0· '}
              <Link href={readUrl(action.postmortem)} style={text.link}>
                read
              </Link>
            </span>
          </td>
          <td align="right" className={action.late ? 'rule late' : 't rule'} style={action.late ? { ...age, color: colours.late } : age}>
            {action.age}
          </td>
        </tr>
      ))}
    </Layout>
    {more && (
      <p className="m" style={{ ...text.meta, margin: '8px 0 0' }}>
        {more}
      </p>
    )}
  </Panel>
);

/** The same without the rows, for when one of the postmortems that they name is withheld. */
export const PromisedCount = ({ heading, intro }: Pick<PromisedContent, 'heading' | 'intro'>) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <p className="m" style={{ ...text.meta, margin: '2px 0 0' }}>
      {intro}
    </p>
  </Panel>
);
