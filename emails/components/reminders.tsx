import { Heading, Link } from 'react-email';
import type { ReminderEntryContent, RemindersContent } from '../../core/content/reminders-content.ts';
import { placeholders } from '../../core/mail/fragments.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, severityColours, text } from '../theme.ts';
import { untracked } from './footer.tsx';
import { Layout, Panel } from './panel.tsx';
import { readUrl } from './read-link.tsx';

const rule = `1px solid ${colours.rule}`;
const what = { padding: '10px 12px 10px 0', font: font(400, 14, 20), color: colours.text };
const age = { padding: '10px 0', font: font(600, 14, 20), color: colours.text, verticalAlign: 'top' } as const;
const pill = { font: font(600, 12, 18), padding: '1px 8px', borderRadius: 9, whiteSpace: 'nowrap' } as const;

const urlOf = ({ leads, postmortem }: Pick<ReminderEntryContent, 'leads' | 'postmortem'>): string => {
  if (leads === 'answer') return placeholders.action;
  return leads === 'decide' ? `${placeholders.decide}/${postmortem}` : readUrl(postmortem);
};

/** The news in one sentence. */
export const RemindersHeadline = ({ subject, intro }: Pick<RemindersContent, 'subject' | 'intro'>) => (
  <Panel>
    <Heading as="h1" dir="auto" className="t" style={text.headline}>
      {subject}
    </Heading>
    <p className="m" style={{ ...text.body, color: colours.muted, margin: '10px 0 0' }}>
      {intro}
    </p>
  </Panel>
);

export const remindersHeadlineText = ({ subject, intro }: Pick<RemindersContent, 'subject' | 'intro'>): string =>
  paragraphs(wrapped(subject), wrapped(intro));

/** The panel around the rows of a section. Its content is added when a mail is assembled. */
export const Rows = ({ children }: { children: React.ReactNode }) => (
  <Panel ofRows>
    <Layout>{children}</Layout>
  </Panel>
);

/** One thing: its title, a sentence, the day, and one link. `isFirst`: of its section. */
export const ReminderRow = ({ entry, isFirst }: { entry: ReminderEntryContent; isFirst: boolean }) => {
  const { severity, severityLabel, title, meta, when, late, link } = entry;
  const above = isFirst ? {} : { borderTop: rule };
  const named = isFirst ? '' : ' rule';
  return (
    <tr>
      <td dir="auto" className={`what t${named}`} style={{ ...what, ...above }}>
        <strong style={{ font: font(600, 16, 22) }}>{title}</strong>
        <br />
        {severity && (
          <>
            <span
              className={severity}
              style={{ ...pill, background: severityColours[severity].ground, color: severityColours[severity].ink }}
            >
              {severityLabel}
            </span>{' '}
          </>
        )}
        <span className="m" style={{ color: colours.muted }}>
          {meta}
        </span>
      </td>
      <td
        width={136}
        align="right"
        className={`age ${late ? 'late' : 't'}${named}`}
        style={{ ...age, ...above, ...(late && { color: colours.late }) }}
      >
        {when}
        <br />
        <Link {...untracked} href={urlOf(entry)} style={text.action} title={`${link}: ${title}`}>
          {link} →
        </Link>
      </td>
    </tr>
  );
};

export const reminderRowText = (entry: ReminderEntryContent): string =>
  paragraphs(
    [
      wrapped(`* ${entry.when}: ${entry.severityLabel ? `${entry.severityLabel}: ` : ''}${entry.title}`),
      indented(entry.meta),
      `  ${entry.link}: ${urlOf(entry)}`,
    ].join('\n'),
  );

type Awaited = NonNullable<RemindersContent['awaited']>;

/** Incidents without a postmortem. */
export const AwaitedPostmortems = ({ heading, note, entries }: Awaited) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <Layout>
      {entries.map(({ said, when, late }, n) => (
        <tr key={said}>
          <td className={n === 0 ? 'what t' : 'what t rule'} style={{ ...what, ...(n > 0 && { borderTop: rule }) }}>
            {said}
          </td>
          <td
            width={136}
            align="right"
            className={`age ${late ? 'late' : 't'}${n === 0 ? '' : ' rule'}`}
            style={{ ...age, ...(n > 0 && { borderTop: rule }), ...(late && { color: colours.late }) }}
          >
            {when}
          </td>
        </tr>
      ))}
    </Layout>
    <p className="m" style={text.meta}>
      {note}
    </p>
  </Panel>
);

export const awaitedText = ({ heading, note, entries }: Awaited): string =>
  paragraphs(underlined(heading, '-'), ...entries.map(({ said, when }) => wrapped(`* ${when}: ${said}`)), wrapped(note));

/** That there is more than stands in the mail, and where it stands. */
export const MoreReminders = ({ said }: { said: string }) => (
  <Panel>
    <p className="t" style={{ ...text.body, margin: 0 }}>
      {said}{' '}
      <Link {...untracked} href={placeholders.action} style={text.action}>
        See all of it →
      </Link>
    </p>
  </Panel>
);

export const moreRemindersText = (said: string): string => paragraphs(`${wrapped(said)}\nSee all of it: ${placeholders.action}`);

/** Why the mail came, and how to pause. */
export const RemindersFooter = ({ why }: Pick<RemindersContent, 'why'>) => (
  <>
    {why}{' '}
    <Link {...untracked} href={placeholders.preferences} style={text.link}>
      Pause until a day you choose
    </Link>
  </>
);

export const remindersFooterText = ({ why }: Pick<RemindersContent, 'why'>): string =>
  [`-- \n${wrapped(why)}\n`, `Pause until a day you choose: ${placeholders.preferences}\n`].join('\n');
