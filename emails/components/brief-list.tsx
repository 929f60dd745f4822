import { Fragment, type PropsWithChildren } from 'react';
import { Heading, Link } from 'react-email';
import type { BriefList, BriefRow } from '../../core/content/brief-list.ts';
import { placeholders } from '../../core/mail/fragments.ts';
import { indented, paragraphs, underlined, wrapped } from '../text-layout.ts';
import { colours, font, text } from '../theme.ts';
import { untracked } from './footer.tsx';
import { Layout, Panel } from './panel.tsx';
import { decideUrl, readUrl } from './read-link.tsx';

const rule = `1px solid ${colours.rule}`;
const what = { borderTop: rule, padding: '10px 12px 10px 0', font: font(600, 16, 22), color: colours.text };
const age = { borderTop: rule, padding: '10px 0', font: font(600, 14, 22), color: colours.text, verticalAlign: 'top' } as const;
const title = { ...text.link, whiteSpace: 'normal' } as const;

/** What leadership is asked or told, one row each, with its age or its day on the right. */
export const List = ({ heading, intro, rows, more, note, leads }: BriefList) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <Note>{intro}</Note>
    <Layout>
      {keyed(rows).map(({ key, row }) => (
        <tr key={key}>
          <td dir="auto" className="what t rule" style={what}>
            {leads === 'nowhere' ? (
              row.title
            ) : (
              <Link {...(leads === 'decide' && untracked)} href={urlOf(row, leads)} style={title}>
                {row.title}
              </Link>
            )}
            {row.meta.map((line) => (
              <Fragment key={line}>
                <br />
                <span className="m" style={text.small}>
                  {line}
                </span>
              </Fragment>
            ))}
          </td>
          <td
            width={116}
            align="right"
            className={row.late ? 'age rule late' : 'age t rule'}
            style={row.late ? { ...age, color: colours.late } : age}
          >
            {row.age}
          </td>
        </tr>
      ))}
    </Layout>
    {more && (
      <Note>
        {more}
        {leads === 'decide' && (
          <>
            {'. '}
            <Link {...untracked} href={placeholders.decide} style={text.link}>
              {forReviewers}
            </Link>
          </>
        )}
      </Note>
    )}
    {note && <Note>{note}</Note>}
  </Panel>
);

/** Two actions of one postmortem may have one title. */
const keyed = (rows: readonly BriefRow[]) => rows.map((row, n) => ({ key: String(n), row }));

const urlOf = ({ postmortem }: BriefRow, leads: 'decide' | 'read'): string =>
  leads === 'decide' ? decideUrl(postmortem) : readUrl(postmortem);

const Note = ({ children }: PropsWithChildren) => (
  <p className="m" style={{ ...text.meta, margin: '4px 0 10px' }}>
    {children}
  </p>
);

const openList = 'Open the list';
/** Of everybody else the link leads to what the mail itself names. */
const forReviewers = 'Reviewers find them here';

/** The same without its rows, for when one of the postmortems that they name is withheld. */
export const WithoutRows = ({ heading, instead, leads }: BriefList) => (
  <Panel>
    <Heading as="h2" className="t" style={text.sectionTitle}>
      {heading}
    </Heading>
    <p className="m" style={{ ...text.meta, margin: '2px 0 0' }}>
      {instead}
      {leads === 'decide' && (
        <>
          {' '}
          <Link {...untracked} href={placeholders.decide} style={text.link}>
            {openList}
          </Link>
        </>
      )}
    </p>
  </Panel>
);

export const listText = ({ heading, intro, rows, more, note, leads }: BriefList): string =>
  paragraphs(
    underlined(heading, '-'),
    wrapped(intro),
    ...rows.map((row) =>
      [
        wrapped(`* ${row.age === '' ? '' : `${row.age}: `}${row.title}`),
        ...row.meta.map((line) => indented(line)),
        ...(leads === 'nowhere' ? [] : [`  ${urlOf(row, leads)}`]),
      ].join('\n'),
    ),
    more && (leads === 'decide' ? `${more}. ${forReviewers}:\n${placeholders.decide}` : more),
    note && wrapped(note),
  );

export const withoutRowsText = ({ heading, instead, leads }: BriefList): string =>
  paragraphs(underlined(heading, '-'), wrapped(instead), leads === 'decide' && `${openList}:\n${placeholders.decide}`);
