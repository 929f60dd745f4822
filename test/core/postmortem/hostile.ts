import { fieldNames, innerNames } from '../../../core/postmortem/field-names.ts';
import { dialects, fixture } from './reading.ts';

type Random = () => number;
const below = (random: Random, most: number): number => Math.floor(random() * most);
const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)] as T;

/** What strangers put into a postmortem: each once harmful to some parser, mail client or page. */
export const poisons: readonly string[] = [
  '\u0000',
  '\u0002',
  '\u0003',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\r',
  '\r\nBcc: all@example.com',
  '\t',
  '\n',
  '\n\n',
  ' '.repeat(40),
  '\ud800',
  '\udc00',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u200d',
  '\u00ad',
  '\ufeff',
  '\u{e0041}',
  '👩‍💻',
  'שלום',
  'Z͑ͫa̴',
  '[a](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[a](JaVaScRiPt&#58;alert(1))',
  '[a](java\nscript:x)',
  'javascript:alert(1)',
  '[a]: javascript:x',
  '![i](data:text/html,x)',
  'https://user:pass@example.com',
  '[r][a]',
  '[a](<https://example.com/ x>)',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<h1>',
  '<h1>Impact</h1>',
  '</h2>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?php ?>',
  '<mj-include path="/etc/passwd"/>',
  '{{ses:openTracker}}',
  '{{amazonSESUnsubscribeUrl}}',
  '${x}',
  '{{7*7}}',
  'X-SES-CONFIGURATION-SET: a',
  '%s%n',
  '---',
  '---\n',
  '---js\n',
  '+++\n',
  '...\n',
  '&a',
  '*a',
  '<<: *a',
  '!!js/function',
  '? ',
  '- - - -',
  '__proto__',
  'constructor',
  '|',
  '|a|b|\n|-|-|\n|c|d|',
  '> ',
  '>>>>',
  '```',
  '~~~',
  '`',
  '**',
  '__',
  '~~',
  '[[[[',
  '((((',
  '\\',
  '# ',
  '## Impact',
  '### Timeline\n- 09:14 x',
  '## Action items\n- [ ] a (owner: x, due: 2026-02-30)',
  '## Severity\n\nhuge',
  '**Summary**',
  'Impact\n===',
  '1600-01-01',
  '0000-00-00',
  '9999-12-31T23:59:60+18:00',
  '-1',
  '1e999',
  'NaN',
  'null',
  'true',
  '9'.repeat(30),
  'a'.repeat(400),
  '*a '.repeat(50),
  '[x]('.repeat(20),
  'sev-1',
  'restricted: maybe',
];

/** A document in Markdown: a real one with hostile wounds, or nothing but hostility. */
export function hostileMarkdown(random: Random): string {
  const start = random() < 0.6 ? fixture(pick(random, dialects)) : random() < 0.5 ? '---\ntitle: A\n---\n' : '';
  let text = start;
  for (let i = below(random, 12); i >= 0; i--) text = wounded(text, random);
  return text;
}

function wounded(text: string, random: Random): string {
  const at = below(random, text.length + 1);
  const poison = pick(random, poisons);
  const kind = random();
  if (kind < 0.6) return text.slice(0, at) + poison + text.slice(at);
  if (kind < 0.75) return text.slice(0, at) + text.slice(at + below(random, 60));
  if (kind < 0.9) return text.slice(0, at) + text.slice(at, at + 300).repeat(2) + text.slice(at + 300);
  return text.slice(0, at) + poison.repeat(below(random, 300)) + text.slice(at);
}

const names = [...Object.values(fieldNames), ...Object.values(innerNames).flatMap((inner) => Object.values(inner))].flat();

/** A value as no schema foresees it. */
export function hostileValue(random: Random, depth = 0): unknown {
  const kind = random();
  if (kind < 0.35) return Array.from({ length: below(random, 4) + 1 }, () => pick(random, poisons)).join('');
  if (kind < 0.6) return pick(random, ['checkout', 'sev-2', '2026-10-05', 'https://example.com/', 'done', 'Jo', '']);
  if (kind < 0.7) return pick(random, [null, true, false, 0, -1, 1e21, 2147483647]);
  if (depth > 3) return {};
  if (kind < 0.85) return Array.from({ length: below(random, 4) }, () => hostileValue(random, depth + 1));
  return hostileRecord(random, depth + 1);
}

/** An object with names of ours, each with something that may not belong there. */
export const hostileRecord = (random: Random, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: below(random, 7) }, () => [
      random() < 0.97 ? pick(random, names) : pick(random, poisons),
      hostileValue(random, depth),
    ]),
  );
