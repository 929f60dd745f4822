import { parseAddress } from '../../shared/address.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { isAmong } from './pages.ts';
import type { Passage } from './passages.ts';

export const findMailboxes = (text: string, { domains, internalDomains, contacts, searched }: LintContext): Finding[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}@._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,10}[\p{L}\p{N}-]{2,24}/gu)].flatMap(
    ({ 0: found, index }): Finding[] => {
      // What stands before a host with a password is judged with its page.
      if (/:\/\/[^\s/@:]{1,64}:$/.test(text.slice(Math.max(0, index - 80), index))) return [];
      const address = parseAddress(found.replace(/^[._%+-]{1,64}/, ''));
      const box = address?.normalised ?? found.toLowerCase();
      const domain = address?.domain ?? box.slice(box.lastIndexOf('@') + 1);
      const [name = ''] = box.split('@');
      if (contacts.some((contact) => contact === box)) return [];
      const isOwn = isAmong(domain, domains) || isAmong(domain, internalDomains);
      if (!isOwn && /^(?:.+\.)?(?:example\.(?:com|org|net)|[^.]+\.(?:test|invalid))$/.test(domain)) return [];
      if (name === 'git') return [{ rule: 'link', level: 'look', found }];
      const bare = name.replace(/\+.*$/, '');
      // One word is most often an office. Names of people are looked for by another rule.
      if (standsForAny.test(domain) || placeholders.test(bare)) return [{ rule: 'mailbox', level: 'look', found }];
      const [office = ''] = bare.split(/[._-]/);
      const mayBeForAll =
        forAnybody.has(bare) ||
        // An account on Mastodon.
        (searched.known.has(office) && !isOwn) ||
        (isOwn && forAnybody.has(office) && /^[a-z]+(?:[._-][a-z]{2,3})?$/.test(bare)) ||
        (isOwn && /^[a-z]+(?:-[a-z]+)?$/.test(bare) && !searched.byFirst.has(bare));
      return [{ rule: 'mailbox', level: mayBeForAll ? 'look' : 'refuse', found }];
    },
  );
const standsForAny =
  /^(?:(?:your|my|mein|meine|ihre|ihr|votre|tu|beispiel|muster|exemple|ejemplo|esempio|voorbeeld|sample|demo)[a-z-]*|domain|(?:[a-z]+-)?(?:company|firma|customer|kunde)|acme|contoso|fabrikam|test)(?:\.[a-z-]+){1,2}$/;
/** What stands in the place of a name. */
const placeholders =
  /^(?:(?:your|my|dein|deine|ihr|ihre|votre)[._-]?\w*|user(?:[._-]?name)?|name|me|you|someone|somebody|(?:first|given|vor)[._-]?name(?:[._-](?:last|sur|family|nach)[._-]?name)?|(?:jane|john)[._-]?(?:doe|smith)?|(?:max|erika)[._-]mustermann)$/;
const forAnybody = new Set(
  `support help hilfe kontakt contact info status notices news newsletter hello hallo service sales billing accounts press media privacy datenschutz
  dpo security abuse postmaster webmaster noreply no-reply donotreply feedback office mail legal jobs careers team customers kunden partner partners mailer-daemon mailerdaemon bounce bounces alerts
  notification notifications invoice invoices rechnung rechnungen order orders bestellung payments returns do-not-reply no_reply hostmaster`.split(
    /\s+/,
  ),
);

/** `@somebody`, and channels as `#incident-4711`. */
export function findHandles(kind: Passage['kind'], text: string, { searched }: LintContext, codes: readonly string[]): Finding[] {
  if (kind === 'address') return [];
  const handles = [...text.matchAll(/(?<![\p{L}\p{N}@._%+/"'-])@[\p{L}][\p{L}\p{N}_.-]{1,60}(?![\p{L}\p{N}/])/gu)].flatMap(
    ({ 0: written, index }): Finding[] => {
      const found = written.replace(/[.-]{1,60}$/, '');
      const isPackage = /^[/]/.test(text.slice(index + written.length, index + written.length + 1));
      if (providers.test(found)) return [];
      const words = found
        .slice(1)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u);
      const isOurs = words.some(
        (word) => searched.known.has(word) || [...searched.known].some((known) => known.length >= 4 && word.includes(known)),
      );
      const isCode = kind === 'code' || codes.some((code) => code.includes(found));
      if (isPackage || (isCode && annotations.test(found))) return [];
      return [
        {
          rule: 'handle',
          level: isOurs || isCode || rules.test(found) || isPublic(found, text.slice(Math.max(0, index - 40), index)) ? 'look' : 'refuse',
          found,
        },
      ];
    },
  );
  const channels = [...text.matchAll(/(?<![\p{L}\p{N}#&/"'=:-])#[a-z][a-z0-9_-]{2,80}(?![\p{L}\p{N}])/gu)].flatMap(
    ({ 0: found }): Finding[] =>
      kind === 'code' ||
      codes.some((code) => code.includes(found) && /^[\w#.-]+$/.test(code) && !/^#(?:inc|war|team|ops)/.test(code)) ||
      /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(found)
        ? []
        : [{ rule: 'handle', level: /[-_]/.test(found) ? 'refuse' : 'look', found }],
  );
  return [...handles, ...channels];
}
const annotations =
  /^@(?:media|import|charset|font-face|keyframes|supports|override|deprecated|param|returns?|see|author|latest|next|types)$/i;
const rules = /^@(?:media|import|latest|next|here|all|everyone|channel|names?|user(?:name)?s?|mentions?|your-?\w*|team|handle)$/i;
/** The second half of a mailbox at a provider that everybody knows. */
const providers =
  /^@(?:(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|aol|protonmail|proton|fastmail|zoho|gmx|web|t-online|freenet|orange|free|laposte|libero|mail)(?:\.co)?\.[a-z]{2,3}|example\.(?:com|org|net))$/i;
/** An account that a company or a project has for everybody. */
const isPublic = (handle: string, before: string): boolean =>
  /(?:support|status|help|care|news|official|updates?|cloud)$/i.test(handle) ||
  /(?<!\p{L})(?:follow|tweet\p{L}*|twitter|mastodon|bluesky|instagram|linkedin|youtube|folg\p{L}+)(?!\p{L})[^.!?]*$/iu.test(before);
