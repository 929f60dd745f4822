import { printMoment } from '../calendar/print.ts';
import { capitalised, named } from '../content/prose.ts';
import type { Status } from '../postmortem/postmortem.ts';
import type { Account, Recognised } from '../postmortem/reading/reading.ts';
import { Moment } from '../shared/instant.ts';
import { type Audience, audienceRows, audiences } from '../stream/audience.ts';
import { draftLine } from './as-published.ts';

/** Something that the author of a draft is told about it. */
export interface Remark {
  readonly kind: 'recognised' | 'not sure' | 'would help';
  readonly what: string;
  /** Further sentences, one each. */
  readonly said: readonly string[];
  /** The line of the draft that it is about, counted from 1. */
  readonly line?: number;
}

interface Read extends Pick<Account, 'recognised'> {
  readonly sections: readonly string[];
  readonly warnings: readonly string[];
  readonly status: Status;
}

interface Gap {
  readonly what: string;
  readonly advice: string;
  readonly matters: readonly Audience[];
}

/** What to tell the author of a draft: what was recognised, what is not sure, what would help. */
export const remarksOn = (
  { recognised, sections, warnings, status }: Read,
  gaps: readonly Gap[],
  text: string,
  shown: { readonly now: Date; readonly zone: string },
): Remark[] => [
  ...(status === 'draft' ? [isDraft(text)] : []),
  ...groups.flatMap((wanted) =>
    groupOf(
      recognised.filter(({ what }) => wanted.includes(what)),
      shown,
    ),
  ),
  ...(sections.length === 0 ? [] : [{ kind: 'recognised', what: 'Sections', said: [sections.join(', ')] } as const]),
  ...warnings.map((warning) => notSure(warning, text)),
  ...gaps.map(wouldHelp),
];

/** By the names that the account gives them. */
const groups: readonly (readonly string[])[] = [
  ['severity', 'services', 'team', 'customers affected', 'regions'],
  ['start', 'detection', 'mitigation', 'end', 'publication', 'next news'],
  ['title', 'status', 'authors', 'merged into'],
  ['timeline', 'actions'],
];

function groupOf(found: readonly Recognised[], { now, zone }: { now: Date; zone: string }): Remark[] {
  if (found.length === 0) return [];
  // "From the title" says nothing of a title.
  const places = [...new Set(found.filter(({ what, from }) => from !== `the ${what}`).map(({ from }) => from))];
  const values = found.map(({ what, value }) => {
    const [moment = '', ...assumed] = value.split(' ');
    const read = Moment.safeParse(moment);
    return read.success ? `${what} ${[printMoment(read.data, now, zone), ...assumed].join(' ')}` : value;
  });
  return [
    {
      kind: 'recognised',
      what: capitalised(
        named(
          found.map(({ what }) => what),
          found.length,
        ),
      ),
      said: [values.join(' · '), ...(places.length === 0 ? [] : [`From ${named(places, 3)}.`])],
    },
  ];
}

/** It stands first: to publish a draft is more than its text says. */
function isDraft(text: string): Remark {
  const line = draftLine(text);
  return {
    kind: 'not sure',
    what: 'It says draft',
    said: ['To publish makes it published. As a draft, it is stored, and nobody is told of it.'],
    ...(line !== undefined && { line }),
  };
}

function notSure(warning: string, text: string): Remark {
  const [, first = warning, rest = ''] = /^(.{12,160}?[.:])\s+(\S.*)$/s.exec(warning) ?? [];
  const line = lineOf(warning, text);
  return { kind: 'not sure', what: first, said: rest === '' ? [] : [rest], ...(line !== undefined && { line }) };
}

const wouldHelp = ({ what, advice, matters }: Gap): Remark => ({
  kind: 'would help',
  what: capitalised(what),
  said: [
    advice,
    ...(matters.length === audiences.length
      ? []
      : [
          `It matters to ${named(
            matters.map((one) => audienceRows[one].name),
            3,
          )}.`,
        ]),
  ],
});

/**
 * The line that a remark quotes. Undefined if it quotes nothing, or its words stand on several
 * lines or on none.
 */
export function lineOf(warning: string, text: string): number | undefined {
  const lines = text.split(/\r\n?|\n/);
  for (const [, quoted = ''] of warning.matchAll(/["“]([^"“”]{3,300})["”]/g)) {
    const words = quoted.replace(/…$/, '').toLowerCase();
    const found = lines.flatMap((line, i) => (line.toLowerCase().includes(words) ? [i + 1] : []));
    if (found.length === 1) return found[0];
  }
  return undefined;
}

/** The line that gives a field its value: `severity: huge`. Undefined if none does, or several. */
export function lineOfField(field: string, text: string): number | undefined {
  const found = text.split(/\r\n?|\n/).flatMap((line, i) => {
    const [, name] = /^[ \t{]*[-*]*[ \t]*["'*_]{0,3}([\w -]{1,60}?)["'*_]{0,3}[ \t]*[:=]/.exec(line) ?? [];
    return name?.toLowerCase() === field.toLowerCase() ? [i + 1] : [];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A text with some lines empty, so that what is said of the others keeps its numbers. */
export const withoutLines = (text: string, lines: readonly number[]): string =>
  text
    .split('\n')
    .map((line, i) => (lines.includes(i + 1) ? '' : line))
    .join('\n');
