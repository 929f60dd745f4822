import { lazily } from '../../../shared/lazily.ts';
import { chinese } from './chinese.ts';
import { czech } from './czech.ts';
import { danish } from './danish.ts';
import { dutch } from './dutch.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { HeadingField, HeadingLanguage, HeadingRow } from './heading-language.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import { polish } from './polish.ts';
import { portuguese } from './portuguese.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';
import { swedish } from './swedish.ts';
import { turkish } from './turkish.ts';
import { ukrainian } from './ukrainian.ts';

/**
 * What a heading stands for, in any template and language. The names lie in one file per language.
 * They are compared by letters and digits only: level, case, accents, numbering, emoji, `?`, `:`
 * and `(s)` do not matter.
 */
export interface HeadingMeaning {
  /**
   * The field that takes its text, or how it is read. `section` keeps it as a section of its own,
   * `facts` are names with values.
   */
  readonly to: string;
  /** The name of the section that is reported to the author as recognised. */
  readonly section?: string;
  /**
   * What belongs to it of the headings below it. `all`: every one, whatever it is called.
   * `entries`: those that group or time its entries. Other known headings open sections of their
   * own.
   */
  readonly keeps?: 'all' | 'entries';
  /**
   * Taken only where nothing else tells this field. Otherwise it is a section of its own, or part
   * of the section that it stands below.
   */
  readonly isWeak?: true;
  /** What it means above plain sentences, where another heading of the same meaning has entries. */
  readonly otherwise?: HeadingMeaning;
}

const meaningOfField: Readonly<Record<HeadingField, HeadingMeaning>> = {
  summary: { to: 'summary' },
  whatHappened: { to: 'summary', isWeak: true },
  customerImpact: { to: 'impactText' },
  timeline: { to: 'timeline', keeps: 'entries' },
  rootCauses: { to: 'rootCauses' },
  investigation: { to: 'rootCauses', isWeak: true },
  trigger: { to: 'trigger' },
  contributingFactors: { to: 'contributingFactors' },
  fiveWhys: { to: 'fiveWhys' },
  detection: { to: 'detection' },
  response: { to: 'resolution', isWeak: true },
  resolution: { to: 'resolution' },
  actionItems: { to: 'actionItems', keeps: 'entries' },
  lessons: { to: 'lessons' },
  wentWell: { to: 'wentWell' },
  wentWrong: { to: 'wentWrong' },
  gotLucky: { to: 'gotLucky' },
  external: { to: 'external', keeps: 'all' },
  externalTitle: { to: 'externalTitle', section: 'external' },
  externalChange: { to: 'externalChange', section: 'external' },
  externalProducts: { to: 'externalProducts', section: 'external' },
  externalWrittenBy: { to: 'externalWriters', section: 'external' },
  internal: { to: 'section', section: 'internal', keeps: 'all' },
  say: { to: 'say' },
  doNotSay: { to: 'doNotSay' },
  workaround: { to: 'workaround' },
  doing: { to: 'doing' },
  links: { to: 'links', section: 'links' },
  recurrence: { to: 'section', section: 'recurrence' },
  otherImpact: { to: 'section', section: 'impact' },
  aside: { to: 'section' },
  text: { to: 'section', isWeak: true },
  facts: { to: 'facts' },
  startedAt: { to: 'startedAt' },
  resolvedAt: { to: 'resolvedAt' },
  status: { to: 'status' },
  severity: { to: 'severity' },
  authors: { to: 'authors' },
  services: { to: 'services' },
};

/** By name. Where two languages have the same word, the earlier one decides. */
export const languages: Readonly<Record<string, HeadingLanguage>> = {
  english,
  german,
  french,
  spanish,
  portuguese,
  italian,
  dutch,
  swedish,
  danish,
  polish,
  czech,
  turkish,
  russian,
  ukrainian,
  japanese,
  chinese,
  korean,
};

/** Headings that a company adds to a field, by the field's name in distribution.yaml. */
export type OwnHeadings = Readonly<Partial<Record<HeadingField, readonly string[]>>>;
type Names = ReadonlyMap<string, HeadingMeaning>;

/**
 * A heading as it is compared: its letters and digits, in lower case and without accents. May be
 * empty.
 */
export const headingKey = (heading: string): string =>
  plainWords.test(heading) ? heading.toLowerCase().replaceAll(' ', '') : keyOfAny(heading);
/** Most names. Nothing of what `keyOfAny` looks for can stand in them. */
const plainWords = /^[a-z ]*$/i;

const keyOfAny = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin}\p{M}{0,3})\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replace(/\((?:e?s|n|en|x)\)|[’'´`]|:[a-z][a-z0-9_+-]{1,30}:/g, '')
    .replace(/^[\s\p{P}\p{S}]*(?:(?:\d+|[ivx]+)[.)](?:\d+[.)]?)*|\d+\s*[-–—:])\s+/u, '')
    .replace(/^\s*[dD][0-8](?:\s*[.:–—-])?\s+(?=\p{L})/u, '')
    .replace(/^[\s\p{P}\p{S}]*(?:\d{1,2}|[一二三四五六七八九十]{1,3}(?=[\s\p{P}]))[\s\p{P}]*(?=\p{Lo})/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');

const namesOf = (rows: readonly HeadingRow[]): Names =>
  new Map(
    rows.flatMap(({ field, names, otherwise }) => {
      const meaning = otherwise === undefined ? meaningOfField[field] : { ...meaningOfField[field], otherwise: meaningOfField[otherwise] };
      return names.map((name) => [headingKey(name), meaning] as const);
    }),
  );

const everyLanguage = Object.values(languages);
const known = lazily(() => namesOf(everyLanguage.flatMap(({ rows }) => rows).toReversed()));
const before = lazily(() =>
  everyLanguage.flatMap((language) => (language.before === undefined ? [] : new RegExp(`^(?:${language.before})(?=.)`, 'u'))),
);
const after = lazily(() =>
  everyLanguage.flatMap((language) => (language.after === undefined ? [] : new RegExp(`(?<=.)(?:${language.after})$`, 'u'))),
);

/** Longer ones are sentences. */
const longestName = 120;

export interface NamedHeading {
  readonly meaning: HeadingMeaning;
  /** The name without what stands beside it. */
  readonly name: string;
  /**
   * What stands beside the name, as in "Root cause: a full disk" and "Timeline (all times CET)".
   */
  readonly remark?: string;
}

/** The meaning of a heading. Undefined if it is no known name. */
export type ReadHeading = (heading: string) => NamedHeading | undefined;

/**
 * Reads headings: their meaning, and what they say besides. Words that say nothing are passed over:
 * "Timeline of the outage". Only whole names are known, and nothing is guessed by likeness. Names
 * that a company added take precedence. Use a new reader for each document: it remembers them.
 */
export function headingReader(own: OwnHeadings = {}): ReadHeading {
  const ownRows = Object.entries(own).flatMap(([field, names]) => (isHeadingField(field) ? { field, names } : []));
  const names = ownRows.length === 0 ? known : lazily(() => new Map([...known(), ...namesOf(ownRows)]));
  const read = new Map<string, NamedHeading | undefined>();
  return (heading) => {
    if (heading.length > longestHeading) return undefined;
    if (!read.has(heading)) read.set(heading, readWith(names(), heading));
    return read.get(heading);
  };
}
const isHeadingField = (field: string): field is HeadingField => field in meaningOfField;

function readWith(names: Names, heading: string): NamedHeading | undefined {
  const whole = meaningOfName(heading, names);
  if (whole !== undefined) return { meaning: whole, name: heading };
  const [, head = '', inside = ''] = /^(.*\S)\s*[(（[【]([^()（）[\]【】]*)[)）\]】]\s*[:：?]?$/su.exec(heading) ?? [];
  const bracketed = meaningOfName(head, names);
  if (bracketed !== undefined) return named(bracketed, head, saysNothing(inside, names) ? '' : `(${inside.trim()})`);
  const [, first = '', behind = ''] = /^(.{2,80}?)(?:\s*[:：]\s*|\s+[-–—]+\s+)(\S.*)$/su.exec(heading) ?? [];
  const meaning = meaningOfName(first, names);
  return meaning === undefined ? undefined : named(meaning, first, behind);
}
const longestHeading = 400;
const named = (meaning: HeadingMeaning, name: string, remark: string): NamedHeading => ({
  meaning,
  name,
  ...(remark !== '' && { remark }),
});
/**
 * What templates write in brackets: another name of the same, or whether it has to be filled in.
 */
const saysNothing = (remark: string, names: Names): boolean =>
  meaningOfName(remark, names) !== undefined ||
  /^(?:optional|required|if any|if known|if applicable|draft|wip|rca|pir|coe|\W*)$/i.test(remark.trim());

/**
 * The meaning of a heading that is nothing but a known name, or several: "Detection & response".
 */
function meaningOfName(heading: string, names: Names): HeadingMeaning | undefined {
  if (heading.length > longestName) return undefined;
  const whole = find(headingKey(heading), names);
  if (whole !== undefined) return whole;
  const parts = heading.split(joint).map((part) => find(headingKey(part), names));
  const meanings = parts.filter((meaning) => meaning !== undefined);
  if (parts.length < 2 || meanings.length < parts.length) return undefined;
  return (
    meanings.find(({ to }) => to === 'actionItems') ??
    meanings.find(({ isWeak, to }) => isWeak === undefined && to !== 'section') ??
    meanings[0]
  );
}
const joint = /\s*[&/+,;、・／|]\s*|\s+(?:and|or|und|oder|et|ou|y|e|o)\s+|と|および|及び|及|和|与|與|및|와|과/iu;

function find(name: string, names: Names): HeadingMeaning | undefined {
  if (name === '') return undefined;
  const exact = names.get(name);
  if (exact !== undefined) return exact;
  const bare = [name, ...withoutEach(before(), name)].flatMap((one) => [one, ...withoutEach(after(), one)]);
  for (const one of bare) {
    for (const form of [one, one.replace(/s$/, ''), `${one}s`]) {
      const meaning = names.get(form);
      if (meaning !== undefined) return meaning;
    }
  }
  return undefined;
}

const withoutEach = (patterns: readonly RegExp[], name: string): string[] =>
  patterns.flatMap((pattern) => (pattern.test(name) ? name.replace(pattern, '') : []));

/** Titles that a template left for the author to replace. */
const placeholders = [
  'title',
  'titleincident',
  'titleoftheincident',
  'titleoftheincidentdate',
  'postmortemtemplate',
  'postmortem',
  'incidentpostmortem',
  'incidentreport',
  'incidentreview',
  'majorincidentreport',
  'majorincidentreview',
  'serviceincidentreport',
  'outagereport',
  'postincidentreview',
  'postincidentreport',
  'untitled',
  'metadata',
  'meta',
  'template',
  'incident',
  'incidentname',
  'incidenttitle',
  'nameofincident',
  'postmortemreport',
  'incidentpostmortemtemplate',
  'incidentreporttemplate',
  'blamelesspostmortem',
  'correctionoferror',
  'coe',
];
export const isPlaceholderTitle = (heading: string): boolean => placeholders.includes(headingKey(heading)) || headingKey(heading) === '';

/**
 * The section of a postmortem that a field belongs to, for the report to the author of what was
 * recognised.
 */
const sectionOfField: Readonly<Record<string, string>> = {
  summary: 'summary',
  impactText: 'impact',
  scope: 'impact',
  customersAffected: 'impact',
  rootCauses: 'cause',
  contributingFactors: 'cause',
  fiveWhys: 'cause',
  trigger: 'cause',
  detection: 'detection',
  resolution: 'resolution',
  timeline: 'timeline',
  lessons: 'lessons',
  wentWell: 'lessons',
  wentWrong: 'lessons',
  gotLucky: 'lessons',
  actionItems: 'actions',
  say: 'support',
  doNotSay: 'support',
  workaround: 'support',
  doing: 'support',
  contact: 'support',
  nextNewsAt: 'support',
  external: 'external',
  externalBody: 'external',
  externalTitle: 'external',
  externalChange: 'external',
  externalProducts: 'external',
  externalWriters: 'external',
  externalReady: 'external',
};

/** Canonical section names, each once, in the order of the fields. */
export const sectionsOf = (fields: Iterable<string>): string[] => [...new Set([...fields].flatMap((field) => sectionOfField[field] ?? []))];
