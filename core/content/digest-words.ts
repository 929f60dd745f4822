import type { PeriodKind } from '../calendar/recurring.ts';
import { type SeverityLabels, severityLabels, spokenLabel } from '../distribution/severity-label.ts';
import { type PostmortemId, type Severity, severities } from '../postmortem/postmortem.ts';
import type { CorrectionsContent } from './corrections-content.ts';
import { capitalised, counted, inWords, printed, shortened } from './prose.ts';

export const longestSubject = 120;

interface News {
  readonly title: string;
  readonly severity: Severity;
}

interface Told {
  /** How many incidents a usual week has. Undefined while there are too few weeks to say. */
  readonly usual?: number | undefined;
  readonly labels?: SeverityLabels | undefined;
  readonly kind?: PeriodKind | undefined;
  readonly corrections?: CorrectionsContent | undefined;
}

/**
 * `Five incidents, two more than usual, one of them Sev-1`. It counts only the most severe, so it
 * stays true whatever the others are. Names no postmortem.
 */
export function countNews(news: readonly News[], { usual, labels = severityLabels }: Told = {}): string {
  const gravest = severities.find((severity) => news.some((pm) => pm.severity === severity)) ?? 'unclassified';
  const alike = news.filter(({ severity }) => severity === gravest).length;
  const label = spokenLabel(gravest, labels);
  return `${capitalised(counted(news.length, 'incident'))}${compared(news.length, usual)}, ${share(alike, news.length)}${label}`;
}

function compared(n: number, usual: number | undefined): string {
  if (usual === undefined) return '';
  if (n === usual) return ', as usual';
  return `, ${inWords(Math.abs(n - usual))} ${n > usual ? 'more' : 'fewer'} than usual`;
}

/** Shows the first of the news, which is the most severe, then the newest. */
export function headline(fresh: readonly News[], late: readonly News[], words: Told = {}): string {
  const first = fresh[0];
  if (first) {
    return ended(`${countNews(fresh, words)}${orLatest(fresh)}: ${told(first.title)}`);
  }
  const latecomer = late[0];
  if (!latecomer) return `${quiet(words)}.`;
  return ended(`No new incidents; ${counted(late.length, 'postmortem')} published late: ${told(latecomer.title)}`);
}

/** The most severe title and how many more there are, at most 120 characters. */
export function digestSubject(fresh: readonly News[], late: readonly News[], words: Pick<Told, 'kind' | 'corrections'> = {}): string {
  const told = fresh.length > 0 ? fresh : late;
  const first = told[0];
  if (!first) return quiet(words);
  const tail = told.length > 1 ? `, and ${inWords(told.length - 1)} more ${told.length === 2 ? 'incident' : 'incidents'}` : '';
  return `${shortened(inSubject(first.title), longestSubject - tail.length)}${tail}`;
}

const quiet = ({ kind = 'week', corrections }: Pick<Told, 'kind' | 'corrections'>) =>
  corrections ? `No new postmortems, ${andSaid(saidBeside(corrections))}` : `A quiet ${kind}: no new postmortems`;

/** `two corrections`: what a mail without news has to say beside that. */
export const saidBeside = (corrections: CorrectionsContent | undefined): string[] =>
  corrections ? [counted(corrections.entries.length, 'correction')] : [];
export const andSaid = (said: readonly string[]): string => said.join(', ');
/** What is behind such a count: it no longer holds once one of these is withheld. */
export const countedIn = (corrections: CorrectionsContent | undefined): PostmortemId[] =>
  (corrections?.entries ?? []).map(({ postmortem }) => postmortem);

/** Where the first of the news is one of several as severe. */
export const orLatest = ([first, second]: readonly News[]): string => (first && first.severity === second?.severity ? ', the latest' : '');

/** The title without its full stop, unless it consists only of full stops. */
export const inSubject = (title: string): string => printed(title).replace(/(?<=[^.\s])[.\s]+$/, '');

/** Headlines are read at a glance. The card has the whole title. */
const told = (title: string) => shortened(printed(title), 150);

const ended = (sentence: string) => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);

function share(alike: number, all: number): string {
  if (all === 1) return '';
  if (alike < all) return `${inWords(alike)} of them `;
  return all === 2 ? 'both ' : 'all ';
}
