import * as z from 'zod';
import { printDayOf } from '../calendar/print.ts';
import { PostmortemId, Severity, severities } from '../postmortem/postmortem.ts';
import { type Change, type FactPrinting, factTitles, printFact } from '../rendition/facts.ts';
import type { Instant } from '../shared/instant.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { type About, CardContent, dotted, Labelled, Line, type Telling, topicsOf } from './card-content.ts';
import { capitalised, counted, printed, shortened } from './prose.ts';
import { ChangedRow, changedRows, noMore } from './what-changed.ts';

/** One postmortem of which an earlier edition said something that is no longer right. */
export const CorrectionContent = CardContent.pick({ postmortem: true, severity: true, severityLabel: true, preliminary: true }).extend({
  title: Line,
  /** Whether its readers can open its page. */
  hasPage: z.boolean(),
  /** In which mail it was said, and when that changed. */
  meta: Line,
  /** The account was preliminary and is final now. */
  isFinal: z.boolean(),
  columns: z.strictObject({ before: Line, after: Line }),
  /** What was said beside what is right. */
  rows: z.array(ChangedRow),
  /** What is right alone, where the old text may not be repeated. */
  parts: z.array(Labelled),
  line: CardContent.shape.line,
  topics: CardContent.shape.topics,
  /** What readers choose by: the more severe of the old and the new severity. */
  chosenBy: Severity,
});
export type CorrectionContent = z.infer<typeof CorrectionContent>;

/** What earlier editions of a stream said wrongly, or could not say yet, and what is right. */
export const CorrectionsContent = z.strictObject({
  heading: Line,
  intro: Line,
  entries: z.array(CorrectionContent).min(1),
  /** How many the next edition tells, because there is no room in this one. */
  more: z.strictObject({ said: Line, postmortems: z.array(PostmortemId).min(1) }).optional(),
});
export type CorrectionsContent = z.infer<typeof CorrectionsContent>;

type Told = About & { readonly severity: Severity };

export interface Correction {
  /** The audience's rendition of the current revision. */
  readonly postmortem: Told & { readonly id: PostmortemId; readonly title: string; readonly status: string };
  /** The rendition that readers were told of. Absent if it was never stored. */
  readonly before?: Told | undefined;
  /**
   * It concerns the audience no more: `postmortem` is what readers were told of, with the severity
   * of now.
   */
  readonly isGone?: boolean;
  /** What differs, of what corrections tell. Empty only if it is gone. */
  readonly changes: readonly Change[];
  /** False if the old text was hidden since, perhaps because of what should not have been in it. */
  readonly mayQuote: boolean;
  /** The mail that said it: `the weekly digest`, and when it was scheduled. */
  readonly toldIn: { readonly mail: string; readonly at: Instant };
  readonly changedAt: Instant;
}

type Printing = FactPrinting & Pick<Telling, 'taxonomy'>;

const longestPart = 320;
const longestLine = 140;
const rowsInLine = 2;

/** Undefined if there is nothing to correct. */
export function correctionsContent(
  corrections: readonly Correction[],
  waiting: readonly PostmortemId[],
  printing: Printing,
): CorrectionsContent | undefined {
  if (corrections.length === 0) return undefined;
  return CorrectionsContent.parse({
    heading: 'Corrected and completed since',
    intro: 'What earlier mails said, and what is right.',
    entries: corrections.map((one) => entryOf(one, printing)),
    ...(waiting.length > 0 && {
      more: {
        said: `${capitalised(counted(waiting.length, 'more correction'))} will be in the next mail.`,
        postmortems: [...waiting],
      },
    }),
  });
}

function entryOf(correction: Correction, printing: Printing): z.input<typeof CorrectionContent> {
  const { postmortem: pm, before = pm, mayQuote, toldIn, changedAt } = correction;
  const { now, zone, labels } = printing;
  const isFinal = correction.changes.some((change) => change.before === 'preliminary' && change.after === 'published');
  const changes = correction.changes.filter(({ fact }) => !(isFinal && fact === 'status'));
  const right = correction.isGone ? [gone] : changes.map((change) => rightNow(change, printing));
  const day = (at: Instant) => printDayOf(at, now, zone);
  return {
    postmortem: pm.id,
    severity: pm.severity,
    severityLabel: labels[pm.severity],
    preliminary: pm.status === 'preliminary',
    title: pm.title,
    hasPage: !correction.isGone,
    meta: dotted([
      `In ${toldIn.mail} of ${day(toldIn.at)}`,
      `${right.length === 0 ? 'final' : 'changed'} on ${day(changedAt)}`,
      right.length === 0 ? 'nothing that we said has changed' : undefined,
    ]),
    isFinal,
    columns: { before: 'We said', after: 'Correct' },
    rows: mayQuote ? changedRows(changes, printing) : [],
    parts: mayQuote && !correction.isGone ? [] : right.map(({ label, text }) => ({ label, text: shortened(text, longestPart) })),
    line: {
      text: inOneLine(right.slice(0, rowsInLine), isFinal),
      meta: isFinal ? 'Now final' : 'Corrected',
    },
    topics: sharedTopics(pm, before, printing.taxonomy),
    chosenBy: severities.find((severity) => severity === pm.severity || severity === before.severity) ?? pm.severity,
  };
}

/** A change does not hide itself: by what is new in it nobody leaves it out. */
function sharedTopics(now: About, before: About, taxonomy: Taxonomy | undefined): z.input<typeof CorrectionContent>['topics'] {
  const known = new Set(topicsOf(before, taxonomy).map(({ topic }) => topic));
  return topicsOf(now, taxonomy).filter(({ topic }) => known.has(topic));
}

/** Only people who talk with customers are told of some postmortems alone. */
const gone = { label: 'Correct', text: 'Customers did not feel it after all.' };

const rightNow = ({ fact, after }: Change, printing: FactPrinting): z.input<typeof Labelled> => ({
  label: factTitles[fact],
  text: after === undefined ? noMore(fact) : printed(printFact(fact, after, printing)),
});

function inOneLine(right: readonly { readonly label: string; readonly text: string }[], isFinal: boolean): string {
  if (right.length === 0) return isFinal ? 'Nothing that we said has changed.' : '';
  const each = Math.floor(longestLine / right.length);
  return right.map(({ label, text }) => `${label}: ${shortened(text, each)}`.replace(/(?<![.!?…])$/, '.')).join(' ');
}
