import { asRead } from '../../shared/legible.ts';
import { findAccounts, findTelephones } from './accounts.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { findHandles, findMailboxes } from './mailboxes.ts';
import { decoded } from './names.ts';
import { findHosts, findPages, isFour, judgePage } from './pages.ts';
import type { Passage } from './passages.ts';

/** Addresses of networks, hosts, pages, mailboxes, accounts and telephones, wherever they stand. */
export function findAddresses({ kind, text, codes = [] }: Passage, context: LintContext): Finding[] {
  const legible = asRead(withoutDisguise(kind === 'address' ? decoded(text) : kind === 'html' ? withoutEntities(text) : text));
  const plain = legible.text;
  return [
    ...(kind === 'address' ? judgePage(plain.trim(), context).map((finding) => ({ ...finding, found: text })) : []),
    ...findPages(plain, context),
    ...findHosts(plain, context),
    ...findMailboxes(plain, context),
    ...findHandles(kind, plain, context, codes),
    ...networkIn(plain),
    ...findAccounts(plain),
    ...findTelephones(plain),
  ];
}

/** `name (at) example (dot) com`, `10[.]8[.]0[.]1`, `hxxps://`. */
const withoutDisguise = (text: string): string =>
  text
    .replace(/ ?[([{<] ?(?:at|ät|@) ?[)\]}>] ?/gi, '@')
    .replace(/ ?[([{<] ?(?:dot|punkt|point|\.) ?[)\]}>] ?/gi, '.')
    .replace(/(?<=[\w.-]) at (?=[\w-]{2,60} dot \w)/gi, '@')
    .replace(/(?<=@[\w-]{2,60}) dot (?=\w)/gi, '.')
    .replace(/\bhxxp(s?):/gi, 'http$1:');

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  period: '.',
  sol: '/',
  colon: ':',
};
const withoutEntities = (html: string): string =>
  html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const isSix = (text: string): boolean => URL.canParse(`http://[${text}]/`);

function networkIn(text: string): Finding[] {
  const four = [...text.matchAll(/(?<![\p{L}\p{N}.-])\d[\d.]{5,60}(?:\/\d{1,2})?(?![\p{L}\p{N}])/gu)].flatMap(
    ({ 0: run, index }): Finding[] => {
      const before = text.slice(Math.max(0, index - 60), index);
      if (numbered.test(before)) return [];
      const found = run.replace(/\.{1,60}(?=$|\/)/, '');
      const [address = '', bits] = found.split('/');
      const level = isFour(address) ? levelOf4(address, bits) : undefined;
      if (level === undefined) return [];
      return [{ rule: 'address of a network', level: ofReader.test(before) ? 'look' : level, found }];
    },
  );
  const parts = [
    ...text.matchAll(/(?<![\p{L}\p{N}.-])(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){1,2}\.(?:x{1,3}|\*)(?![\p{L}\p{N}])/giu),
  ].map(
    ({ 0: found }): Finding => ({
      rule: 'address of a network',
      level: levelOf4(found.replace(/x{1,3}|\*/gi, '1'), undefined) === 'look' ? 'look' : 'refuse',
      found,
    }),
  );
  const six = [...text.matchAll(/(?<![\p{L}\p{N}:.-])[0-9a-f:]{2,45}(?:\/\d{1,3})?(?![\p{L}\p{N}:])/giu)].flatMap(
    ({ 0: run }): Finding[] => {
      const found = run.replace(/(?<!:):$/, '');
      const [address = '', bits] = found.split('/');
      const level = found.includes(':') && isSix(address) ? levelOf6(address.toLowerCase(), bits) : undefined;
      return level === undefined ? [] : [{ rule: 'address of a network', level, found }];
    },
  );
  return [...four, ...parts, ...six];
}

/** The network of whoever reads it. */
const ofReader =
  /(?<!\p{L})(?:your|ihr\p{L}{0,2}|dein\p{L}{0,2}|votre|vos|su) (?:own |home |eigene[nrsm]? )?(?:network|router|lan|wi-?fi|computer|laptop|device|office|netz\p{L}{0,6}|heimnetz|rechner|gerät|réseau|red)(?!\p{L})[^.!?\n]*$/iu;

/** Versions of programs and sections of contracts have four numbers, too. */
const numbered =
  /(?:(?<!\p{L})(?:versions?|releases?|builds?|firmware|drivers?|update[ds]? to|upgrade[ds]? to|sections?|clauses?|chapters?|article|version(?:en|s)?|abschnitt|kapitel|ziffer|aktualisier\p{L}{1,5} auf)|§) {0,3}v?$/iu;

/** Ranges as a whole and routers at home are the customer's. Documentation names nobody. */
function levelOf4(address: string, bits: string | undefined): Finding['level'] | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  if (a === 0 || a === 127 || address === '255.255.255.255') return undefined;
  if ((a === 192 && b === 0 && c === 2) || (a === 198 && b === 51 && c === 100) || (a === 203 && b === 0 && c === 113) || a === 255)
    return undefined;
  const isPrivate =
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127);
  if (!isPrivate) return 'look';
  const isGeneral =
    address === '169.254.169.254' ||
    (bits !== undefined && Number(bits) <= 16 && d === 0) ||
    // At the customer's side: a network at home, and the addresses that tools give to themselves.
    (a === 192 && b === 168) ||
    (a === 172 && b === 17) ||
    (a === 10 && b === 0 && (c === 0 || c === 2) && d <= 15);
  return isGeneral ? 'look' : 'refuse';
}

function levelOf6(address: string, bits: string | undefined): Finding['level'] | undefined {
  if (/^(?:::1?|::ffff:127\..*|2001:0?db8:.*)$/.test(address)) return undefined;
  if (!/^(?:f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(address) && !address.startsWith('fc00:')) return 'look';
  return bits !== undefined && Number(bits) <= 10 ? 'look' : 'refuse';
}
