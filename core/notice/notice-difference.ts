import { printDayInFull, printMoment } from '../calendar/print.ts';
import { lengthOf } from '../content/incident-time.ts';
import { hasTime, type Moment } from '../shared/instant.ts';
import type { NoticeContent } from './notice-content.ts';
import { timesOf } from './notice-times.ts';
import { type DifferencePiece, paragraphDifference, wordDifference } from './word-difference.ts';

/** One part of a notice that differs, under what people call it. */
export interface DifferentPart {
  readonly part: string;
  /** It is of the text, and not of what stands around it. */
  readonly isText: boolean;
  readonly pieces: readonly DifferencePiece[];
}

export interface NoticeDifference {
  readonly parts: readonly DifferentPart[];
  /** The parts that are the same. */
  readonly same: readonly string[];
}

/**
 * What customers would read otherwise than they do now. Without a version before, all of it is new.
 * Whatever the content has is compared: two that differ never come out as the same.
 */
export function noticeDifference(before: NoticeContent | undefined, after: NoticeContent, now: Date, zone: string): NoticeDifference {
  const lines = (content: NoticeContent | undefined) => (content ? linesOf(content, now, zone) : {});
  const [was, is]: Readonly<Record<string, string>>[] = [lines(before), lines(after)];
  const parts: DifferentPart[] = [];
  const same: string[] = [];
  for (const part of partNames) {
    const [one, other] = [was?.[part] ?? '', is?.[part] ?? ''];
    if (one !== other) parts.push({ part, isText: false, pieces: part === whatChanged ? whole(one, other) : wordDifference(one, other) });
    else if (one !== '') same.push(part);
  }
  const texts = paragraphDifference(before?.body ?? '', after.body);
  if (texts.length === 0 && before?.body === after.body) same.push('Text');
  else if (texts.length === 0) parts.push({ part: 'Text', isText: true, pieces: [{ kind: 'in', text: onlyBlanks }] });
  return {
    parts: [...parts, ...texts.map(({ at, isNew, pieces }) => ({ part: nameOf(at, isNew, before !== undefined), isText: true, pieces }))],
    same,
  };
}

/** They may make a list or a piece of code of the same words. */
const onlyBlanks = 'No word differs, only blanks or empty lines.';
const whatChanged = 'What changed';
const partNames = ['Subject', 'State', 'Times', 'Products', whatChanged];

function nameOf(at: number | undefined, isNew: boolean, hasBefore: boolean): string {
  if (at === undefined) return 'Text, a paragraph taken out';
  return isNew && hasBefore ? `Text, new paragraph ${at}` : `Text, paragraph ${at}`;
}

const linesOf = ({ title, change, products, startedAt, resolvedAt, state }: NoticeContent, now: Date, zone: string) => ({
  Subject: title,
  State: `${state === 'preliminary' ? 'Preliminary' : 'Final'}${resolvedAt ? ', resolved' : startedAt ? ', not over yet' : ''}`,
  Times: timesLine({ startedAt, resolvedAt }, now, zone),
  Products: products.join(', '),
  [whatChanged]: change ?? '',
});

/** As customers read it, where that tells both to the minute. */
function timesLine(times: Pick<NoticeContent, 'startedAt' | 'resolvedAt'>, now: Date, zone: string): string {
  const { startedAt, resolvedAt } = times;
  if (startedAt && resolvedAt && lengthOf(times) !== undefined)
    return `${timesOf(times, zone)}${secondsOf(startedAt)}${secondsOf(resolvedAt)}`;
  const printed = (at: Moment) => (hasTime(at) ? `${printMoment(at, now, zone)}${secondsOf(at)}` : printDayInFull(at, now, zone));
  return [startedAt && `From ${printed(startedAt)}`, resolvedAt && `to ${printed(resolvedAt)}`].filter(Boolean).join(' ');
}

/** Whatever differs is seen. */
const secondsOf = (at: Moment): string => (/:(?!00(?:\.0+)?Z)[0-9.]+Z$/.test(at) ? ` (${at})` : '');

/** Each says what another version changed, so their words have nothing to do with each other. */
const whole = (one: string, other: string): DifferencePiece[] => [
  ...(one === '' ? [] : [{ kind: 'out', text: one } as const]),
  ...(other === '' ? [] : [{ kind: 'in', text: other } as const]),
];
