import type { AssembledMail } from '../../core/mail/assemble.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import type { Severity } from '../../core/postmortem/postmortem.ts';

const piece = (text: string) => ({ html: `<${text}>`, text: `${text}.` });

export interface Told {
  readonly id: string;
  readonly severity?: Severity;
  readonly topics?: readonly string[];
  readonly section?: 'fresh' | 'late' | 'corrected';
  /** Size of the full card and of its line, in kilobytes. */
  readonly size?: readonly [number, number];
  /** The teams to which it matters. */
  readonly teams?: readonly string[];
  readonly onlyForTeams?: true;
}

/** A digest of these postmortems, with everything that readers' choices need. */
export function aDigest(told: readonly Told[]): EditionFragments {
  const padding = (kilobytes = 0) => 'x'.repeat(Math.round(kilobytes * 1024));
  const ids = told.map(({ id }) => id);
  const cardOf = ({ id, severity = 'sev3', topics = [], section = 'fresh', size = [0, 0], onlyForTeams }: Told) => ({
    kind: 'card' as const,
    section,
    postmortem: id,
    severity,
    topics: [...topics],
    title: `Title ${id}`,
    usual: 'card' as const,
    ...(onlyForTeams && { onlyForTeams }),
    card: { html: `<card ${id}>${padding(size[0])}`, text: `card ${id}.` },
    line: { html: `<line ${id}>${padding(size[1])}`, text: `line ${id}.` },
  });
  const late = told.filter(({ section }) => section === 'late').map(cardOf);
  const corrected = told.filter(({ section }) => section === 'corrected').map(cardOf);
  return {
    subject: 'Title of all',
    subjectNames: { postmortems: ids, instead: 'Lessons of the week' },
    head: piece('head'),
    blocks: [
      { kind: 'fixed', fragment: piece('news'), names: { postmortems: ids, instead: piece('no news'), leftOut: piece('figures') } },
      ...told.filter(({ section = 'fresh' }) => section === 'fresh').map(cardOf),
      ...(late.length > 0 ? [{ kind: 'heading' as const, section: 'late', fragment: piece('late heading') }, ...late] : []),
      ...(corrected.length > 0 ? [{ kind: 'heading' as const, section: 'corrected', fragment: piece('corrections') }, ...corrected] : []),
      { kind: 'fixed', fragment: piece('promises') },
    ],
    lines: { open: { html: '<lines>', text: '' }, close: { html: '</lines>', text: '' } },
    cutNotice: piece('cut'),
    correctedNotice: piece('corrected'),
    follow: {
      heading: piece('what you follow'),
      rest: piece('everything else'),
      reasons: Object.fromEntries(told.flatMap(({ topics = [] }) => topics.map((topic) => [topic, piece(`you follow ${topic}`)]))),
    },
    relevant: {
      heading: piece('relevant to your team'),
      teams: [...new Set(told.flatMap(({ teams = [] }) => teams))].toSorted().map((team) => ({
        team,
        cards: told
          .filter(({ teams = [] }) => teams.includes(team))
          .slice(0, 3)
          .map(({ id }) => ({
            postmortem: id,
            key: `runs ${id}`,
            reason: piece(`you run ${id}`),
            names: { postmortem: 'earlier', instead: piece('you had one') },
          })),
      })),
    },
    leftOutNotice: piece('there was more'),
    foot: piece('foot'),
    mandatoryFoot: piece('foot without a way out'),
  };
}

/** The pieces of the text part, in order. */
export const order = ({ text }: AssembledMail) => text.split('.').filter(Boolean);
