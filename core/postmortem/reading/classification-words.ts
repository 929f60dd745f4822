import { nearestOf } from '../../shared/nearest.ts';
import { type Severity, type Status, severities } from '../postmortem.ts';
import { squeezeName } from './field-names.ts';

/** Words for a visibility, as people write them. To add a language, add its words. */
const open = new Set(
  `public internal company companywide everyone everybody anyone all open organisation organization öffentlich intern alle tous todos tutti
  allstaff allemployees wholecompany entirecompany`.split(/\s+/),
);
const openToAll =
  /^(?:everyone|everybody|anyone|all (?:staff|employees|colleagues|engineers)) (?:at|in) (?:the )?[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)?$/iu;
const part = /team|security|legal|leader|manage|\bboard|group|department|committee|\broom\b|\bhr\b/i;
const nothing = new Set(['none', 'keine', 'aucune', 'ninguna', 'nessuna']);
/** These restrict wherever they stand alone. */
const notices = [
  'restricted',
  'confidential',
  'vertraulich',
  'confidentiel',
  'confidentielle',
  'confidencial',
  'riservato',
  'vertrouwelijk',
  'poufne',
  '機密',
  '極秘',
];
/** These restrict only as the value of a visibility: a subnet may be private, too. */
const closed = [...notices, 'private', 'secret', 'privat', 'privé', 'privado', 'geheim', 'tlpred', 'tlpamber', 'tlpamberstrict'];

/**
 * Whether a word for a visibility restricts. Undefined if it is not understood, which counts as
 * restricted. `name`: the name of the field. In a field of confidentiality, "none" means open.
 */
export function isRestrictedBy(visibility: unknown, name = ''): boolean | undefined {
  if (typeof visibility !== 'string') return undefined;
  const word = wordOf(visibility);
  if (open.has(word) || (nothing.has(word) && /confid|vertraul/i.test(name))) return false;
  if (openToAll.test(visibility.trim()) && !part.test(visibility)) return false;
  return closed.includes(word) ? true : undefined;
}

/** Whether a text consists only of a word such as "confidential" or "strictly confidential". */
export const isNotice = (text: string): boolean => notices.includes(wordOf(text));

/** A question is not an answer, so it counts as no word. */
const wordOf = (text: string): string => (text.includes('?') ? '' : squeezeName(text).replace(/^(?:strictly|highly|streng)(?=.)/, ''));

/** The words that `isNotice` knows, as part of a pattern. */
export const noticeWords = notices.join('|');

/** Reads yes and no as people write them. Undefined if it is neither. */
export function readFlag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'y', 'on'].includes(word)) return true;
  return ['false', 'no', 'n', 'off'].includes(word) ? false : undefined;
}

/** What other tools and templates call the state of a postmortem. */
const words: Readonly<Record<Status, readonly string[]>> = {
  draft: ['draft', 'in progress', 'wip', 'work in progress', 'started', 'not started', 'open', 'todo', 'new', 'pending'],
  preliminary: ['preliminary', 'in review', 'review', 'under review', 'ready for review', 'interim', 'provisional'],
  published: [
    'published',
    'public',
    'completed',
    'complete',
    'final',
    'finalised',
    'finalized',
    'closed',
    'reviewed',
    'approved',
    'done',
    'resolved',
  ],
  retracted: ['retracted', 'withdrawn', 'recalled', 'deleted', 'cancelled', 'canceled', 'obsolete'],
};
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

/** The status that a word stands for, or undefined. */
export const findStatus = (text: string): Status | undefined => {
  const wanted = plain(text);
  return statusesOf().find(([, names]) => names.includes(wanted))?.[0];
};

/** As `findStatus`, for prose: "Complete, action items in progress" begins with its status. */
export const findStatusInProse = (text: string): Status | undefined => findStatus(/^[^,.;:()–—]*/.exec(text)?.[0] ?? '');

const statusesOf = (): [Status, readonly string[]][] => [
  ['draft', words.draft],
  ['preliminary', words.preliminary],
  ['published', words.published],
  ['retracted', words.retracted],
];

/** For the text of a refusal. */
export const knownStatuses = 'draft, preliminary (in review), published (complete, final, reviewed), retracted';

/** What an organisation calls its severities, by its distribution file. */
export type NamedSeverities = Readonly<
  Partial<Record<Severity, { readonly label?: string | undefined; readonly aliases: readonly string[] }>>
>;

/**
 * The organisation's names for severities, in lower case, and ours: `{ 'sev-1': 'sev1', critical:
 * 'sev1' }`.
 */
export type SeverityAliases = Readonly<Record<string, Severity>>;

/** The names that are accepted for a severity, and the names that the organisation itself uses. */
export interface SeverityNames {
  readonly aliases: SeverityAliases;
  /** As in the distribution file. Without it, refusals show our own names. */
  readonly named?: NamedSeverities | undefined;
}

/** What most teams call a severity. An organisation's own names take precedence. */
const usual: Readonly<Record<Severity, readonly string[]>> = {
  sev1: ['sev-1', 'sev-0', 's1', 's0', 'p1', 'p0', 'severity 1', 'severity 0', '1', 'critical', 'blocker', 'disaster'],
  sev2: ['sev-2', 's2', 'p2', 'severity 2', '2', 'major', 'high'],
  sev3: ['sev-3', 's3', 'p3', 'severity 3', '3', 'minor', 'medium', 'moderate'],
  sev4: ['sev-4', 'sev-5', 's4', 's5', 'p4', 'p5', 'severity 4', 'severity 5', '4', '5', 'low', 'trivial', 'cosmetic', 'informational'],
  unclassified: ['unknown', 'none', 'n/a', 'tbd', 'not set'],
};

/**
 * Compares names without regard to case, blanks, hyphens, underscores and the decoration of a
 * label: ~"severity::2".
 */
export const severityWord = (name: string): string => name.toLowerCase().replace(/[\s_:~"'`-]+/g, '');

/**
 * Every name that stands for a severity: the usual ones, overridden by those of the distribution
 * file.
 */
export function severityAliases(configured: NamedSeverities): SeverityAliases {
  const names = new Map<string, Severity>();
  for (const severity of severities) for (const alias of usual[severity]) names.set(alias, severity);
  for (const severity of severities) {
    const own = configured[severity];
    for (const alias of [own?.label ?? [], own?.aliases ?? []].flat()) {
      for (const known of [...names.keys()]) if (severityWord(known) === severityWord(alias)) names.delete(known);
      names.set(alias.toLowerCase(), severity);
    }
  }
  return Object.fromEntries(names);
}

/** The severity that a name stands for, or undefined. Never a guess. */
export function findSeverity(name: string, aliases: SeverityAliases): Severity | undefined {
  const wanted = severityWord(name);
  const alias = Object.entries(aliases).find(([known]) => severityWord(known) === wanted);
  return alias?.[1] ?? severities.find((severity) => severity === wanted);
}

/**
 * For the text of a refusal: the organisation's names for its severities, most severe first. Where
 * it has no name, ours.
 */
export const knownSeverities = ({ named }: SeverityNames): string =>
  severities
    .filter((severity) => severity !== 'unclassified' || named?.unclassified?.label !== undefined)
    .map((severity) => ownName(severity, named))
    .join(', ');

/**
 * For the text of a refusal: the name that a misspelt one most likely means. Undefined if names of
 * several severities are equally close.
 */
export function guessSeverity(name: string, { aliases, named }: SeverityNames): string | undefined {
  const wanted = severityWord(name);
  const known = Object.keys(aliases);
  const alike = known.filter((alias) => lookalike(severityWord(alias)) === lookalike(wanted));
  const near = alike.length > 0 ? alike : known.filter((alias) => nearestOf(wanted, known.map(severityWord)).includes(severityWord(alias)));
  const [meant, ...others] = new Set(near.map((alias) => aliases[alias]));
  const [alias = ''] = near;
  if (meant === undefined || others.length > 0) return undefined;
  const own = ownName(meant, named);
  return severityWord(own) === severityWord(alias) ? own : `${alias} (${own})`;
}

const ownName = (severity: Severity, named: NamedSeverities | undefined): string => named?.[severity]?.label ?? severity;
/** Makes PO equal to P0, and SEV-l to SEV-1. */
const lookalike = (name: string): string => name.replaceAll('o', '0').replace(/[il]/g, '1');
