import { Heading, Link } from 'react-email';
import type { PromisedContent } from '../../core/content/promised-content.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';
import { Layout, Panel } from './panel.tsx';
import { readUrl } from './read-link.tsx';

const rule = `1px solid ${colours.rule}`;
const what = { borderTop: rule, padding: '8px 12px 8px 0', font: font(400, 15, 21), color: colours.text };
const age = { borderTop: rule, padding: '8px 0', font: font(600, 14, 21), color: colours.text, verticalAlign: 'top' } as const;

/**
 * Promises that are not kept yet, with their age on the right, and below them the ones kept lately.
 */
export const Promised = ({ heading, intro, actions, more, kept }: PromisedContent) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <Note>{intro}</Note>
    <Layout>
      {actions.map((action) => (
        <tr key={`${action.postmortem} ${action.title}`}>
          <What action={action} />
          <td
            width={104}
            align="right"
            className={action.late ? 'age rule late' : 'age t rule'}
            style={action.late ? { ...age, color: colours.late } : age}
          >
            {action.age}
          </td>
        </tr>
      ))}
    </Layout>
    {more && <Note>{more}</Note>}
    {kept && (
      <>
        <p className="t" style={{ ...text.body, margin: '18px 0 10px', fontWeight: 600 }}>
          {kept.intro}
        </p>
        <Layout>
          {kept.actions.map((action) => (
            <tr key={`${action.postmortem} ${action.title}`}>
              <What action={action} isKept />
            </tr>
          ))}
        </Layout>
        {kept.more && <Note>{kept.more}</Note>}
      </>
    )}
  </Panel>
);

type Told = Pick<PromisedContent['actions'][number], 'title' | 'meta' | 'postmortem'>;

const What = ({ action: { title, meta, postmortem }, isKept = false }: { action: Told; isKept?: boolean }) => (
  <td dir="auto" className="what t rule" style={what}>
    {isKept && (
      <span className="kept" style={{ color: colours.kept }}>
        ✓{' '}
      </span>
    )}
    {title}
    <br />
    <span className="m" style={text.small}>
      {meta}
      {'\u00a0· '}
      <Link href={readUrl(postmortem)} style={text.link}>
        read
      </Link>
    </span>
  </td>
);

const Note = ({ children }: { children: string }) => (
  <p className="m" style={{ ...text.meta, margin: '4px 0 10px' }}>
    {children}
  </p>
);

/** The same without the rows, for when one of the postmortems they name is withheld. */
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

export const promisedText = ({ heading, intro, actions, more, kept }: PromisedContent): string =>
  paragraphs(
    underlined(heading, '-'),
    wrapped(intro),
    ...actions.map(({ title, meta, age, postmortem }) => `${wrapped(`* ${age}: ${title}`)}\n${indented(meta)}\n  ${readUrl(postmortem)}`),
    more,
    kept && wrapped(kept.intro),
    ...(kept?.actions ?? []).map(
      ({ title, meta, postmortem }) => `${wrapped(`* kept: ${title}`)}\n${indented(meta)}\n  ${readUrl(postmortem)}`,
    ),
    kept?.more,
  );
