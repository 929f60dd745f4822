import { type ActionState, isColoured, mostStateWords, onlyAsAValue, stateOfBox, stateOfSign, stateWord } from './action-words.ts';
import { fold } from './filler-words.ts';

export interface ReadState {
  readonly status: ActionState;
  /** The word says more than the state. */
  readonly isNear: boolean;
  /** The words behind it: "60%", "2026-11-20", "by Rosa". */
  readonly rest: string;
}

const sign = /^(?:\[([ xX✓✔✅~/>-]?)\]|(\p{Extended_Pictographic}|[☐☑☒✓✔✗✘]|[\u{1f7e0}-\u{1f7eb}]))\ufe0f?\s*/u;

/** Reads a value that tells a state: "✅ Done", "In progress 60%", "[x]", "Completed 2026-11-20". */
export function readState(value: string): ReadState | undefined {
  const { status: signed, rest: told } = leadingSigns(value.trim());
  const bare = told.replace(/^[[(]+|[\])]+$/g, '').trim();
  const named = leadingState(bare);
  if (named !== undefined) return laterOf(named);
  const percent = /^(\d{1,3})\s?%\s*/.exec(bare);
  if (percent !== null) return ofPercent(Number(percent[1]), bare.slice(percent[0].length), signed);
  const trailing = trailingSign(bare);
  if (trailing !== undefined && leadingState(trailing.rest) !== undefined) return leadingState(trailing.rest);
  if (signed !== undefined) return { status: signed, isNear: false, rest: told };
  return trailing === undefined ? undefined : { status: trailing.status, isNear: false, rest: trailing.rest };
}

/** "Outstanding, in progress" is in progress. */
function laterOf(state: ReadState): ReadState {
  const next = state.status === 'open' ? leadingState(state.rest) : undefined;
  return next?.status === 'in-progress' ? { ...next, isNear: true } : state;
}

function ofPercent(percent: number, rest: string, signed: ActionState | undefined): ReadState {
  const behind = rest.replace(/^(?:complete|completed|done)\b\s*/i, '');
  const told = leadingState(behind);
  if (told !== undefined) return { ...told, rest: `${percent}% ${told.rest}`.trim() };
  if (percent >= 100) return { status: 'done', isNear: false, rest: behind };
  return { status: signed ?? (percent === 0 ? 'open' : 'in-progress'), isNear: false, rest: `${percent}% ${rest}`.trim() };
}

/** The state that a text begins with, as the longest words that are one. */
function leadingState(text: string): ReadState | undefined {
  const words = text.split(/\s+/, mostStateWords + 1);
  for (let n = Math.min(words.length, mostStateWords); n > 0; n--) {
    const name = fold(
      words
        .slice(0, n)
        .join(' ')
        .replace(/[,:;.!(]+$/, ''),
    );
    const found = name === '' ? undefined : stateWord(name);
    if (found !== undefined) return { ...found, rest: afterWords(text, n).replace(/^[\s,:;.–—-]+/, '') };
  }
  return undefined;
}
function afterWords(text: string, n: number): string {
  const word = /\S+\s*/y;
  let end = 0;
  for (let i = 0; i < n; i++) {
    word.lastIndex = end;
    end += word.exec(text)?.[0].length ?? 0;
  }
  return text.slice(end);
}

export interface LeadingSigns {
  readonly status: ActionState | undefined;
  /** The sign is nothing but a colour, which may also mean a priority. */
  readonly isColour: boolean;
  readonly rest: string;
}
/** Boxes and signs at the beginning of a line, and the line without them. */
export function leadingSigns(text: string): LeadingSigns {
  let status: ActionState | undefined;
  let isColour = false;
  let rest = text;
  for (let i = 0; i < 4; i++) {
    const found = sign.exec(rest);
    if (found === null) break;
    const told = found[1] !== undefined ? stateOfBox(found[1]) : stateOfSign(found[2] ?? '');
    if (told === undefined) break;
    isColour = status === undefined && found[2] !== undefined && isColoured(found[2]);
    status ??= told;
    rest = rest.slice(found[0].length);
  }
  return { status, isColour, rest };
}

/** A sign at the end of a line. */
export function trailingSign(text: string): { status: ActionState; rest: string } | undefined {
  const found = /[\s\])]*(\p{Extended_Pictographic}|[☐☑☒✓✔✗✘]|[\u{1f7e0}-\u{1f7eb}])\ufe0f?$/u.exec(text.slice(-12));
  const status = found?.[1] === undefined ? undefined : stateOfSign(found[1]);
  return status === undefined ? undefined : { status, rest: text.slice(0, text.lastIndexOf(found?.[1] ?? '')).trim() };
}

/**
 * A state that stands in a sentence, in brackets or behind a dash. Nothing else may stand there but
 * a share or when it was done, and the word must not be one of ordinary sentences.
 */
export function readStateAside(text: string): ReadState | undefined {
  if (bracketOfMore.test(text)) return undefined;
  const state = readState(text);
  if (state === undefined || leadingSigns(text).status !== undefined) return state;
  if (state.rest !== '' && trailingSign(text)?.rest === state.rest) return undefined;
  const word = fold(state.rest === '' ? text : text.slice(0, text.length - state.rest.length).replace(/[,:;.–—-]+\s*$/, ''));
  if (onlyAsAValue.has(word) && text !== text.toUpperCase()) return undefined;
  const isPlain =
    state.rest === '' ||
    /^\(?(?:\d{1,3}\s?%|(?:on|at|in|am|le|el|em|il|op|by|since)?\s?[\w\d./:, #!-]{0,30}\d[\w\d./:, -]{0,30})\)?$/iu.test(state.rest);
  return isPlain ? state : undefined;
}

/** "[60%] Migrate the disk": more than the state stands there. */
const bracketOfMore = /^[[(][^[\]()]{2,40}[\])]\s*[\p{L}\p{N}]/u;

/** A state at the end of a value, in brackets or in capitals: "n/a [DONE]", "OPS-8 (Done)". */
export function splitState(text: string): { status: ActionState | undefined; rest: string } {
  const bracket = /^(.*?)[\s,:–—-]*[([]([^()[\]]{2,40})[)\]]\.?$/su.exec(text);
  if (bracket?.[2] !== undefined) {
    const state = readStateAside(bracket[2]);
    if (state !== undefined && state.rest === '') return { status: state.status, rest: bracket[1] ?? '' };
  }
  const words = text.split(/\s+/);
  for (let n = Math.min(words.length - 1, 3); n > 0; n--) {
    const last = words.slice(-n).join(' ');
    const found = stateWord(fold(last));
    if (found !== undefined && last === last.toUpperCase() && last !== last.toLowerCase())
      return { status: found.status, rest: words.slice(0, -n).join(' ') };
  }
  const signed = trailingSign(text);
  if (signed !== undefined) return { status: signed.status, rest: signed.rest };
  return { status: undefined, rest: text };
}
