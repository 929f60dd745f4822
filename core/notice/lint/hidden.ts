import { withoutUnseen } from '../../postmortem/hidden-characters.ts';
import type { Finding } from './finding.ts';
import type { Passage } from './passages.ts';

/** What a reader does not see, and letters that are not what they look like. */
export function findHidden({ kind, text }: Passage): Finding[] {
  const found: Finding[] =
    kind === 'unseen' && !isLanguage.test(text.trim())
      ? [{ rule: 'hidden text', level: isSetting.test(text.trim()) ? 'look' : 'refuse', found: text }]
      : [];
  if (
    kind === 'html' &&
    /(?:^|[\s"';:])(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|font-size\s{0,5}:\s{0,5}0|opacity\s{0,5}:\s{0,5}0|hidden)(?=[\s"';>=]|$)/i.test(
      text,
    )
  )
    found.push({ rule: 'hidden text', level: 'refuse', found: text });
  if (kind === 'html' && /<!--/.test(text)) found.push({ rule: 'hidden text', level: 'refuse', found: text });
  return [...found, ...unseenIn(text), ...lookalikesIn(text)];
}
/** The language of a block of code, which decides on its colours. */
const isLanguage = /^[\w+#.-]{1,30}$/;
/** `json title="settings.json"`, `js {1,3}`: how a block is shown on a page of documentation. */
const isSetting = /^[\w+#.-]{1,30}(?: (?:\{[\d, -]{1,30}\}|[a-z-]{2,20}=(?:"[^"\s]{0,60}"|[\w.-]{1,30}))){1,3}$/i;

function unseenIn(text: string): Finding[] {
  if (printable.test(text)) return [];
  const isRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);
  const usual = text
    .replace(/\u{1f3f4}[\u{e0061}-\u{e007a}\u{e0030}-\u{e0039}]{1,10}\u{e007f}/gu, '')
    .replace(isRightToLeft ? /[\u200e\u200f\u061c]/g : /(?!)/g, '')
    .replace(/^\ufeff/, '')
    .replace(
      /(?<=[\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\u200b/gu,
      '',
    )
    .replace(/(?<=\p{L})\u00ad(?=\p{L}{2})/gu, '')
    .replace(/[\u200c\u200d]/g, (joiner, at: number, all: string) => (isStray(all, at) ? '\u200b' : joiner));
  const left = withoutUnseen(usual);
  if (left === usual) return [];
  const signs = [...usual].filter((sign) => withoutUnseen(sign) === '' && sign !== '\u200d' && sign !== '\u200c');
  const names = [...new Set(signs.map((sign) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`))]
    .slice(0, 5)
    .join(' ');
  return [{ rule: 'hidden character', level: 'refuse', found: `${names} in "${left.replace(/\s+/g, ' ').slice(0, 80)}"` }];
}
const printable = /^[\x20-\x7e\n\t]*$/;
const isStray = (text: string, at: number): boolean =>
  withoutUnseen(text.slice(Math.max(0, at - 4), at + 4)).includes(text.charAt(at)) === false;

const isDeclined = /^\p{Script=Latin}{3,}\p{Script=Cyrillic}{1,4}$/u;

/** Words in Latin letters with one of another alphabet among them. */
function lookalikesIn(text: string): Finding[] {
  if (printable.test(text)) return [];
  const isCyrillic = (text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) > text.length / 2;
  return [...text.matchAll(/[\p{L}\p{M}]{3,200}/gu)].flatMap(({ 0: word }): Finding[] => {
    if (!/\p{Script=Latin}/u.test(word)) return [];
    if (/\p{Script=Cyrillic}/u.test(word))
      // A Latin name takes the endings of the language around it.
      return [{ rule: 'lookalike letter', level: isCyrillic && isDeclined.test(word) ? 'look' : 'refuse', found: word }];
    return word.length >= 4 && /\p{Script=Greek}/u.test(word.normalize('NFC').replace(/^[µμΔΩ]/, ''))
      ? [{ rule: 'lookalike letter', level: 'look', found: word }]
      : [];
  });
}
