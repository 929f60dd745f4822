import { type ActionItem, Postmortem } from '../../core/postmortem/postmortem.ts';
import type { ReadPostmortem } from '../../core/postmortem/reading/reading.ts';
import type { LabelledDocument } from './corpus.ts';
import type { Label } from './label.ts';
import { lostWords } from './lost-words.ts';
import type { Outcome } from './readers.ts';

export const scoredFields = [
  'title',
  'severity',
  'status',
  'start',
  'end',
  'publishedAt',
  'services',
  'sections',
  'timeline',
  'promises',
  'owner',
  'due',
  'state',
  'restricted',
  'warned',
] as const;
export type ScoredField = (typeof scoredFields)[number];

export interface Check {
  readonly field: ScoredField;
  readonly right: boolean;
  readonly expected: string;
  readonly got: string;
}
export interface Score {
  readonly document: LabelledDocument;
  readonly checks: readonly Check[];
  /** Words of the source that stand nowhere in what is stored. */
  readonly lost: readonly string[];
  /** Dates and severities that stand in the document, were not read, and are in no warning. */
  readonly silent: readonly string[];
  readonly warnings: readonly string[];
}

/** Compares what was read with the label. A refusal or a failure has every field wrong. */
export function scoreOf(document: LabelledDocument, outcome: Outcome): Score {
  const { label } = document;
  if (outcome.kind !== 'read') {
    const right = outcome.kind === 'refused' && label.mayBeRefused === true;
    const got = outcome.kind === 'refused' ? `refused: ${outcome.flaws.map(flawText).join('; ')}` : `failed: ${outcome.error}`;
    return {
      document,
      checks: checksOf(label, nothing).map((check) => ({ ...check, right, got: cut(got) })),
      lost: [],
      silent: [],
      warnings: [],
    };
  }
  const mayLose = new Set(label.mayLose?.map((word) => word.toLowerCase()));
  return {
    document,
    checks: checksOf(label, outcome.read),
    lost: lostWords(document, outcome.read.postmortem).filter((word) => !mayLose.has(word)),
    silent: silentOf(document, outcome.read),
    warnings: outcome.read.warnings,
  };
}
const flawText = ({ field, problem }: { field: string; problem: string }): string => `${field} ${problem}`;
const nothing: ReadPostmortem = {
  postmortem: Postmortem.parse({ id: 'nothing', title: 'Nothing' }),
  warnings: [],
  sections: [],
  recognised: [],
  missing: [],
};

const checksOf = (label: Label, { postmortem, warnings, sections }: ReadPostmortem): Check[] => [
  ...check('title', label.title, postmortem.title, sameText),
  ...check('severity', label.severity, postmortem.severity === 'unclassified' ? null : postmortem.severity),
  ...check('status', label.status, postmortem.status),
  ...check('start', label.start, postmortem.startedAt ?? null, sameMoment),
  ...check('end', label.end, postmortem.resolvedAt ?? null, sameMoment),
  ...check('publishedAt', label.publishedAt, postmortem.publishedAt ?? null, (expected, got) => sameMoment(expected, asDay(expected, got))),
  ...check('services', label.services, postmortem.services, sameNames),
  ...check('sections', label.sections, sections, sameSections),
  ...check('timeline', label.timeline, postmortem.timeline.length),
  ...promiseChecks(label.promises, postmortem.actionItems),
  ...check('restricted', label.restricted, postmortem.restricted),
  ...(label.unclear ?? []).map((quote): Check => {
    const right = warnings.some((warning) => warning.includes(quote));
    return { field: 'warned', right, expected: quote, got: right ? quote : cut(warnings.join(' / ')) };
  }),
];

type OneOf<T> = T | { readonly any: readonly T[] };
const choices = <T>(label: OneOf<T>): readonly T[] =>
  typeof label === 'object' && label !== null && 'any' in label ? label.any : [label as T];

function check<T>(
  field: ScoredField,
  label: OneOf<T> | undefined,
  got: T,
  same: (expected: T, got: T) => boolean = (a, b) => a === b,
): Check[] {
  if (label === undefined) return [];
  return [{ field, right: choices(label).some((expected) => same(expected, got)), expected: show(label), got: show(got) }];
}
const show = (value: unknown): string => cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);

const squeezed = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const sameText = (expected: string, got: string): boolean => squeezed(expected) === squeezed(got);
const wordsIn = (text: string): string[] => squeezed(text).split(' ').filter(Boolean);

const isDay = (moment: string): boolean => /^\d{4}-\d\d-\d\d$/.test(moment);
/** An invented midnight is not the day that was written. */
const sameMoment = (expected: string | null, got: string | null): boolean =>
  expected === null || got === null || isDay(expected) !== isDay(got) ? expected === got : Date.parse(expected) === Date.parse(got);
/** Publication is always an instant: a bare day is its midnight in UTC. */
const asDay = (expected: string | null, got: string | null): string | null =>
  expected !== null && isDay(expected) && got?.endsWith('T00:00:00Z') ? got.slice(0, 10) : got;

const sameNames = (expected: readonly string[], got: readonly string[]): boolean =>
  JSON.stringify(expected.map(squeezed).toSorted()) === JSON.stringify(got.map(squeezed).toSorted());

const sectionNames = ['impact', 'timeline', 'cause', 'detection', 'resolution', 'lessons', 'actions'];
/** A first paragraph may count as a summary without being called so. */
const sameSections = (expected: readonly string[], got: readonly string[]): boolean =>
  expected.every((name) => name.endsWith('?') || got.includes(name)) &&
  got.every((name) => !sectionNames.includes(name) || expected.includes(name) || expected.includes(`${name}?`));

const stateWords = /^(?:done|open|todo|wip|completed?|pending|erledigt|offen|fait|hecho|feito|完了|未着手|完成|완료)$/;

function promiseChecks(labels: Label['promises'], got: readonly ActionItem[]): Check[] {
  if (labels === undefined) return [];
  const titles = show(got.map(({ title }) => title));
  const left = [...got];
  const checks: Check[] = [];
  for (const label of labels) {
    const words = wordsIn(label.title);
    const at = left.findIndex(({ title }) => words.every((word) => wordsIn(title).includes(word) || squeezed(title).includes(word)));
    const item = at < 0 ? undefined : left.splice(at, 1)[0];
    const isClean = item !== undefined && !wordsIn(item.title).some((word) => stateWords.test(word) && !words.includes(word));
    checks.push({ field: 'promises', right: isClean, expected: label.title, got: item?.title ?? `none of ${titles}` });
    checks.push(
      ...check<string | null>('owner', label.owner, item?.owner ?? item?.team ?? null, (a, b) =>
        a === null || b === null ? a === b : sameText(a, b) || sameText(a, item?.team ?? ''),
      ),
    );
    checks.push(...check('due', label.due, item?.due ?? null));
    checks.push(...check<string>('state', label.state, item?.status ?? 'missing'));
  }
  const tooMany = left.map(({ title }) => title);
  checks.push({ field: 'promises', right: tooMany.length === 0, expected: `${labels.length} promises`, got: `also ${show(tooMany)}` });
  return checks;
}

function silentOf(
  { text, label }: LabelledDocument,
  { postmortem, warnings }: { postmortem: { startedAt?: string | undefined; severity: string }; warnings: readonly string[] },
): string[] {
  const quotes = warnings.flatMap((warning) =>
    [...warning.matchAll(/["“„«「`]([^"”“»」`]{2,})["”“»」`]/g)].map(([, quote = '']) => ({ warning, quote })),
  );
  const quoted = (about: RegExp, form: RegExp) =>
    quotes.some(({ warning, quote }) => about.test(warning) && form.test(quote) && text.includes(quote));
  const isMissed = (expected: OneOf<string | null> | undefined, got: string | undefined) =>
    expected !== undefined && !choices(expected).includes(null) && got === undefined;
  return [
    ...(isMissed(label.start, postmortem.startedAt) && !quoted(/date|time|start|when/i, /\p{N}/u) ? ['start'] : []),
    ...(isMissed(label.severity, postmortem.severity === 'unclassified' ? undefined : postmortem.severity) && !quoted(/severity/i, /./)
      ? ['severity']
      : []),
  ];
}
