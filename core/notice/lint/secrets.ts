import { asRead } from '../../shared/legible.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import type { Passage } from './passages.ts';

/**
 * What opens something and has no form that a finder of secrets knows, and words at random, which
 * may be a secret of any kind. A digest is none, and neither is the beginning of a key.
 */
export function findSecrets({ kind, text }: Passage, _: LintContext): Finding[] {
  const legible = asRead(text);
  const plain = legible.text;
  const found: Finding[] = [];
  for (const { 0: one } of plain.matchAll(
    /(?<![\p{L}\p{N}])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'<>]{0,100}:[^\s/@"'<>]{1,200}@[^\s"'<>]{1,300}/giu,
  ))
    if (
      !isBlank(
        one
          .slice(one.indexOf('://') + 3)
          .replace(/^[^:]*:/, '')
          .replace(/@.*$/s, ''),
      )
    )
      found.push({ rule: 'secret', level: 'refuse', found: one });
  for (const { 0: one } of plain.matchAll(
    /(?<![\p{L}\p{N}])(?:sk_live_|rk_live_|ghp_|gho_|ghs_|ghu_|github_pat_|glpat-|xox[abeprs]-|xapp-|(?:AKIA|ASIA)(?=[A-Z0-9]{12})|AIza|ya29\.|SG\.|npm_|pypi-|dckr_pat_|shpat_|whsec_|sk-ant-|sk-proj-|hf_|lin_api_|dop_v1_)[A-Za-z0-9_./+-]{14,400}/gu,
  ))
    if (!ofPrograms.test(one)) found.push({ rule: 'secret', level: isExample(one) ? 'look' : 'refuse', found: one });
  for (const { 0: one, index } of plain.matchAll(/-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g))
    found.push({
      rule: 'secret',
      level: /[A-Za-z0-9+/]{20}/.test(plain.slice(index + one.length, index + one.length + 400)) ? 'refuse' : 'look',
      found: one,
    });
  for (const { 0: one } of plain.matchAll(/(?<![\p{L}\p{N}])eyJ[\w-]{8,2000}\.eyJ[\w-]{4,4000}(?:\.[\w-]{0,2000})?/gu))
    found.push({ rule: 'secret', level: 'refuse', found: one });
  for (const { 0: one } of plain.matchAll(
    /(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks|[\w-]{1,60}\.webhook\.office\.com)\/[\w/@-]{4,300}/gi,
  ))
    found.push({ rule: 'secret', level: isExample(one) ? 'look' : 'refuse', found: one });
  for (const { 0: one, 1: value = '' } of plain.matchAll(
    /(?<![\p{L}\p{N}])(?:[\w-]{0,40}[_-])?(?:password|passwd|passwort|kennwort|pwd|secret|token|api[_ -]?key|access[_ -]?key|bearer)["']?\s{0,3}(?::|=|\bis\b|\blautet\b|\s)\s{0,3}["'`]?([^\s"'`,;]{6,200})/giu,
  ))
    if (
      !isBlank(value) &&
      /\d|[^\p{L}\p{N}]\p{L}/u.test(value) &&
      /\p{L}|[!#$%&*]/u.test(value) &&
      !/^(?:https?:|\(|\[|<|was|were|that|which)/i.test(value) &&
      !/^[\p{L}-]+[.!?)]*$/u.test(value)
    )
      found.push({ rule: 'secret', level: 'look', found: one });
  return [...found, ...randomWords(kind, plain)];
}

/** Variables of programs that begin like a key. */
const ofPrograms = /^(?:npm_(?:config|package|lifecycle)_|hf_(?:hub|home|token|endpoint)_|pypi-[a-z]+-)[a-z_-]+\.?$/;

/** What documentation writes there: a test key, one letter repeated, a word for a password. */
export const isExample = (secret: string): boolean => {
  if (/^(?:sk|pk|rk)_test_|EXAMPLE(?:KEY)?$|([A-Za-z0-9*•])\1{11}|^[a-z]{2,6}_(?:live_|test_)?(?:your|my|example)[a-z_]*\.?$/.test(secret))
    return true;
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]{0,100}:([^\s/@]{1,200})@/i.exec(secret)?.[1];
  return password !== undefined && isBlank(password);
};

/** What documentation writes in the place of a value. */
export const isBlank = (value: string): boolean =>
  /^[*•x.…_-]+$/i.test(value.slice(0, 100)) ||
  /^(?:<[^<>]*>?|\{\{?[^{}]*\}?\}?|\$\{?\w+\}?|\[[^[\]]*\]?|%\w+%|your\W?\w*\W?|my\W?\w*\W?|example\w*|changeme|redacted|placeholder|pass(?:word)?|(?:api|access|auth|secret)?[_-]?(?:secret|token|key))$/i.test(
    value.slice(0, 100),
  );

function randomWords(kind: Passage['kind'], plain: string): Finding[] {
  return [...plain.matchAll(/[A-Za-z0-9+/_=-]{20,4000}/g)].flatMap(({ 0: run, index }): Finding[] => {
    const pieces = kind === 'address' || run.includes('/') ? run.split(/[/=&]/) : [run];
    return pieces.flatMap((piece): Finding[] => {
      const bare = piece.replace(/^[-_=+]+|[-_=+]+$/g, '');
      if (bare.length < 20 || !isRandom(bare)) return [];
      const before = plain.slice(Math.max(0, index - 40), index);
      if (/(?:sha\d{1,3}|md5|digest|checksum|fingerprint)\W{0,3}$/i.test(before) || /^sha\d{3}-/i.test(bare)) return [];
      const isKey =
        /(?:secret|password|passwort|bearer|credential|authorization|(?:api|access|private|signing)[ _-]?key|auth[ _-]?token)\W{0,12}(?:\w{1,12}\W{1,4})?$/i.test(
          before,
        );
      return [
        { rule: 'random word', level: isKey && !/publi(?:c|shable)|öffentlich|publique/i.test(before) ? 'refuse' : 'look', found: bare },
      ];
    });
  });
}

function isRandom(word: string): boolean {
  if (/^[0-9a-f-]+$/i.test(word)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(word)).length;
  if (kinds < 3) return false;
  const head = word.slice(0, 200);
  const counts = Map.groupBy(head, (letter) => letter);
  const bits = [...counts.values()].reduce((sum, { length }) => sum - (length / head.length) * Math.log2(length / head.length), 0);
  return bits >= 3.6;
}

/** Texts in Base64 that can be read: what is in them counts as if it stood there. */
export function hiddenTexts({ text }: Passage): { readonly written: string; readonly text: string }[] {
  return [...asRead(text).text.matchAll(/[A-Za-z0-9+/_-]{16,20000}={0,2}/g)].slice(0, mostHidden).flatMap(({ 0: written }) => {
    if (/^[0-9a-f]+$/i.test(written)) return [];
    const inner = Buffer.from(written, 'base64').toString('utf8');
    return /^[\p{L}\p{N}\p{P}\p{S}\s]{10,}$/u.test(inner) && !inner.includes('\ufffd') && /[\w.]{3,}/.test(inner)
      ? [{ written, text: inner }]
      : [];
  });
}
const mostHidden = 2000;
