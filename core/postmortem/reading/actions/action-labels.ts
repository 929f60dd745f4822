import { type ActionField, isProse, labelOf, longestLabel, onlyAtTheBeginning, stateWord } from './action-words.ts';
import { type Days, readDueDay } from './days.ts';
import { fold } from './filler-words.ts';
import { trailingSign } from './read-state.ts';
import { setField, type WrittenAction, withUnit } from './written-action.ts';

/** A label in a line, with where it and its value begin. */
interface FoundLabel {
  readonly field: ActionField;
  readonly from: number;
  readonly valueFrom: number;
}

/**
 * Moves what stands under labels into `action`, as in "Owner: Rosa Lind. Due: 2026-12-04", and
 * returns the rest of the text.
 */
export function takeLabels(text: string, action: WrittenAction, days: Days): string {
  const labels = labelsIn(text);
  if (labels.length === 0) return text;
  let rest = text.slice(0, labels[0]?.from).replace(/\.\s*$/, '');
  for (const [i, label] of labels.entries()) {
    const next = labels[i + 1]?.from ?? text.length;
    const written = text.slice(label.valueFrom, next);
    rest += label.field === 'title' ? written : takeValue(label, written, text.slice(label.from, label.valueFrom), action, days);
  }
  return rest;
}

/**
 * Tries the whole value, then what stands before its first full stop, then before its first comma.
 */
function takeValue({ field }: FoundLabel, written: string, label: string, action: WrittenAction, days: Days): string {
  if (isProse(field)) return takeProse(field, written, label, action, days);
  const end = /[;；|\n\t•·)）】\]]|\s(?:[-–—]|--)\s/.exec(written)?.index ?? written.length;
  const value = written.slice(0, Math.min(end, stateBehind(written)));
  const stops = [value.length, value.search(/(?<!(?:^|\s)\p{Lu}\p{L}{0,2})\.\s+(?=\p{Lu})/u), value.search(/[,、，]/)].filter(
    (stop) => stop >= 0,
  );
  for (const stop of [...new Set(stops)]) {
    const tried = value
      .slice(0, stop)
      .trim()
      .replace(/[.,、，]$/, '');
    if (field === 'note' && stop !== value.length) break;
    if (field === 'owner' && !isShort(tried)) continue;
    if (field === 'status' && isStateItself(label) && saysMore(tried)) continue;
    if (tried === '' || !setField(action, field, tried, days)) continue;
    return ` ${written.slice(stop).replace(/^[.,]\s*$/, '')}`;
  }
  return value.trim() === '' ? ` ${written}` : label + written;
}
/**
 * All that stands there is the value, but what brackets say of a day, and what stands behind a
 * bracket that began before the label.
 */
function takeProse(field: 'cost' | 'consequence', written: string, label: string, action: WrittenAction, days: Days): string {
  const end = Math.min(endOfBracket(written), stateBehind(written), factsBehind(written, days));
  const value = written
    .slice(0, end)
    .trim()
    .replace(/(?:\s[-–—]+|[;,.·、。])+$/u, '');
  if (value === '' || !setField(action, field, costAs(field, value, label), days)) return value === '' ? ` ${written}` : label + written;
  return ` ${written.slice(end).replace(/^[.,]\s*$/, '')}`;
}
const costAs = (field: ActionField, value: string, label: string): string =>
  field === 'cost' ? withUnit(value, label.replace(/[^\p{L}\p{N} ()/-]/gu, '').trim()) : value;

/** Where a value ends that stands in brackets, or before another part of the line. */
function endOfBracket(written: string): number {
  let depth = 0;
  for (const { 0: sign, index } of written.matchAll(/[([（【\])）】|\n\t•·]/g)) {
    if ('([（【'.includes(sign)) depth += 1;
    else if (!'])）】'.includes(sign) || depth === 0) return index;
    else depth -= 1;
  }
  return written.length;
}

/** Where brackets begin that tell of a day: "It happens again (Payments, 4 December)". */
function factsBehind(written: string, days: Days): number {
  const found = /\s\(([^()]{2,120})\)\.?\s*$/.exec(written);
  const isFacts = found?.[1]?.split(/[,;]/).some((part) => readDueDay(part.trim(), days) !== undefined) ?? false;
  return found !== null && isFacts ? found.index : written.length;
}
/** "Done: write the runbook ✅" names its state before the colon, and a promise behind it. */
const isStateItself = (label: string): boolean => stateWord(fold(label.replace(/[^\p{L} ]/gu, ''))) !== undefined;
const saysMore = (value: string): boolean => /\p{L}/u.test(trailingSign(value)?.rest ?? '');
/** Where a state in brackets begins: "Rosa Lind. [Done]". */
function stateBehind(written: string): number {
  const found = /(?<=\S)\s{1,3}\[([^\][]{2,24})\]\s*\.?\s*$/.exec(written);
  return found?.[1] !== undefined && stateWord(fold(found[1])) !== undefined ? found.index : written.length;
}
const isShort = (name: string): boolean =>
  name.length <= 60 && name.split(/\s+/).length <= 7 && name.split(/[,，、]/).every((part, i) => i === 0 || !/\d/.test(part));

/** The labels of a text. Looks at each colon once, and at the few words before it. */
function labelsIn(text: string): FoundLabel[] {
  const found: FoundLabel[] = [];
  let after = 0;
  for (const colon of text.matchAll(/[:：]/g)) {
    const at = colon.index;
    if (text.startsWith('//', at + 1)) continue;
    const label = labelBefore(text, Math.max(after, at - longestLabel - 4), at);
    if (label === undefined) continue;
    found.push({ ...label, valueFrom: at + 1 + (/^[*_]{1,2}/.exec(text.slice(at + 1, at + 3))?.[0].length ?? 0) });
    after = at + 1;
  }
  return found;
}

function labelBefore(text: string, from: number, colon: number): Omit<FoundLabel, 'valueFrom'> | undefined {
  const window = text.slice(from, colon);
  const starts = [...window.matchAll(/(?<=^|[^\p{L}\p{N}])(?=[\p{L}#№])/gu)].map(({ index }) => index);
  for (const start of starts) {
    const name = window.slice(start).trim();
    const field = name.length > longestLabel ? undefined : labelOf(name)?.field;
    if (field === undefined) continue;
    const before = text.slice(Math.max(0, from + start - 6), from + start);
    if (start === 0 && from > 0 && /[\p{L}\p{N}]$/u.test(before)) continue;
    if (!mayStand(field, name, before)) continue;
    return { field, from: from + start - (/(?:[([]|\s[-–—•·]\s?|\*\*)?$/.exec(before)?.[0].replace(/^[([]$/, '').length ?? 0) };
  }
  return undefined;
}

/** Whether a label stands where labels stand, and not in the middle of a sentence. */
function mayStand(field: ActionField, name: string, before: string): boolean {
  const isLineStart = /(?:^|\n)[\s*_•·:>-]*$/.test(before);
  if (field === 'title') return isLineStart;
  if (isLineStart || /[;,|([（【、，；•·/\t]\s*\**$|\s[-–—]+\s?\**$/.test(before)) return true;
  if (onlyAtTheBeginning.has(fold(name))) return false;
  if (isProse(field)) return /[.!?]\s+\**$/.test(before);
  return /[.!?]\s+\**$/.test(before) || /^[\p{Lu}\p{Lo}]/u.test(name);
}
