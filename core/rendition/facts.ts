import * as z from 'zod';
import { printMoment } from '../calendar/print.ts';
import { type Severity, severities, statuses } from '../postmortem/postmortem.ts';
import { printNumber } from '../shared/text.ts';
import { asSentence } from './gist.ts';

/** The named facts of a rendition, in the order in which changes are told. */
export const factNames = [
  'title',
  'severity',
  'status',
  'customersAffected',
  'regions',
  'impact',
  'whatHappened',
  'why',
  'customersTold',
  'say',
  'doNotSay',
  'workaround',
  'doing',
  'nextNewsAt',
  'contact',
  'startedAt',
  'detectedAt',
  'mitigatedAt',
  'resolvedAt',
] as const;
export type FactName = (typeof factNames)[number];

/**
 * Facts as canonical values: `sev1`, ISO instants and days, numbers in digits, plain texts as they
 * are, several texts in a line each. A fact that the document does not state is absent. They are
 * stored, so a value's form must never change.
 */
export type Facts = Readonly<Partial<Record<FactName, string>>>;

/** Reads stored facts. Leaves out what this release does not know. */
export const StoredFacts = z.record(z.string(), z.unknown()).transform((row): Facts => {
  const known = factNames.map((name) => [name, row[name]] as const);
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string'));
});

type Stated = string | number | readonly string[] | undefined;

/** Facts from the values of a rendition. An empty text or list states nothing. */
export function factsFrom(stated: Readonly<Partial<Record<FactName, Stated>>>): Facts {
  const known = factNames.map((name) => [name, canonical(stated[name])] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== ''));
}

function canonical(value: Stated): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.map(inOneLine).filter(Boolean).join('\n') : String(value).trim();
}
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** A fact that differs. `before` or `after` is absent if that revision does not state it. */
export interface Change {
  readonly fact: FactName;
  readonly before?: string;
  readonly after?: string;
}

/**
 * What differs, in the order of `factNames`. Case, blanks, punctuation and the order of regions do
 * not count.
 */
export const changesBetween = (old: Facts, now: Facts): Change[] =>
  factNames.flatMap((fact) => {
    const [before, after] = [old[fact], now[fact]];
    if (before === undefined ? after === undefined : after !== undefined && isSame(fact, before, after)) return [];
    return [{ fact, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  });

function isSame(fact: FactName, a: string, b: string): boolean {
  const folded = (text: string) => (fact === 'regions' ? text.split('\n').map(fold).toSorted().join('\n') : fold(text));
  return folded(a) === folded(b);
}

/** Signs that stand for a word count, and so does what stands before a digit: `5%`, `1.5`, `-5`. */
const punctuation = /(?![%‰#&@])\p{P}(?!\d)/gu;
const fold = (text: string): string => text.normalize('NFC').toLowerCase().replace(punctuation, ' ').replace(/\s+/g, ' ').trim();

/** The name of each fact as a heading. */
export const factTitles: Readonly<Record<FactName, string>> = {
  title: 'Title',
  severity: 'Severity',
  status: 'Account',
  customersAffected: 'Customers affected',
  regions: 'Regions',
  impact: 'Impact',
  whatHappened: 'What happened',
  why: 'Why',
  customersTold: 'What customers are told',
  say: 'Say',
  doNotSay: 'Do not say',
  workaround: 'Workaround',
  doing: 'What we are doing',
  nextNewsAt: 'Next news',
  contact: 'Whom to ask',
  startedAt: 'Began',
  detectedAt: 'Noticed',
  mitigatedAt: 'Mitigated',
  resolvedAt: 'Resolved',
};

export interface FactPrinting {
  readonly labels: Readonly<Record<Severity, string>>;
  readonly zone: string;
  readonly now: Date;
}

/** A fact for people, in one line: `Sev-1`, `final`, `120,000`, `Thursday 19 November at 15:20`. */
export function printFact(name: FactName, value: string, { labels, zone, now }: FactPrinting): string {
  switch (name) {
    case 'severity':
      return labels[severities.find((one) => one === value) ?? 'unclassified'];
    case 'status':
      return accounts[statuses.find((one) => one === value) ?? 'draft'];
    case 'customersAffected':
      return printNumber(Number(value));
    case 'regions':
      return value.replaceAll('\n', ', ');
    case 'nextNewsAt':
    case 'startedAt':
    case 'detectedAt':
    case 'mitigatedAt':
    case 'resolvedAt':
      return printMoment(value, now, zone);
    default:
      return value.includes('\n') ? value.split('\n').map(asSentence).join(' ') : value;
  }
}

const accounts = { draft: 'draft', preliminary: 'preliminary', published: 'final', retracted: 'taken back' } as const;
