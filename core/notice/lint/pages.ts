import type { Finding } from './finding.ts';
import {
  chats,
  codeHosts,
  forCustomers,
  forEither,
  forEverybody,
  forStaff,
  inside,
  meetings,
  ofNetworks,
  shorteners,
  trackers,
} from './known-hosts.ts';
import type { LintContext } from './lint-context.ts';
import { isBlank, isExample } from './secrets.ts';

export const isFour = (text: string): boolean => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);
const endsWith = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
export const isAmong = (host: string, domains: readonly string[]): boolean => domains.some((domain) => endsWith(host, domain));

type Judged = Pick<Finding, 'rule' | 'level'>;
const refuse = (rule: Finding['rule']): Judged => ({ rule, level: 'refuse' });
const look = (rule: Finding['rule']): Judged => ({ rule, level: 'look' });

/** An address of a page, or whatever stands where one is expected. */
export function judgePage(written: string, context: LintContext): Judged[] {
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(written)?.[1]?.toLowerCase();
  if (scheme === undefined) return written.startsWith('//') ? judgePage(`https:${written}`, context) : [];
  if (scheme === 'mailto' || scheme === 'tel' || scheme === 'sms') return [];
  if (
    /^(?:slack|msteams|zoommtg|zoomus|discord|webex|sip|sips|tg|whatsapp|skype|irc|ircs|matrix|vscode|file|javascript|data|vbscript|smb|ldap|ldaps|rdp|obsidian|notion|linear|jetbrains)$/.test(
      scheme,
    )
  )
    return [refuse('link')];
  const page = readPage(written);
  if (page === undefined) return [];
  if (isNumberOfNetwork(page, written)) return [refuse('address of a network')];
  // A bucket, or a screen of an app.
  if (!ofNetworks.test(scheme) && !page.hostname.includes('.') && page.port === '') return [look('host')];
  const judged = judgeHost(page.hostname, page, context);
  const { username, password } = page;
  // A token may stand where a name is expected.
  if (password === '' ? username.length > 16 || /\d/.test(username) : !isBlank(password)) judged.push(refuse('secret'));
  else if (username !== '' && !/^git$/i.test(username)) judged.push(look('mailbox'));
  return judged;
}

/** `http://3232235777/` and `http://0x0a.8.14.3/` lead to addresses that nobody reads in them. */
const isNumberOfNetwork = ({ hostname }: URL, written: string): boolean => isFour(hostname) && !written.includes(hostname);

function readPage(written: string): URL | undefined {
  const page =
    written.length > longest
      ? undefined
      : URL.parse(written.replace(/^[a-z][a-z0-9+.-]*:(?=\/\/)/i, (scheme) => (/^https?:/i.test(scheme) ? scheme : 'http:')));
  return page ?? undefined;
}
const longest = 4000;

function judgeHost(named: string, page: URL, context: LintContext): Judged[] {
  const host = named
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
  if (isFour(host) || host.includes(':') || host === 'localhost') return [];
  if (!host.includes('.')) return [forStaff.has(host) || forEither.has(host) || /\d/.test(host) ? refuse('host') : look('host')];
  if (isOfTools.test(host)) return [look('host')];
  if (
    inside.some((domain) => endsWith(host, domain)) &&
    !isAmong(host, context.internalDomains) &&
    /^[a-z]+\.[a-z]+$/.test(host) &&
    page.port === '' &&
    page.pathname === '/'
  )
    return [look('host')];
  if (inside.some((domain) => endsWith(host, domain)) || isAmong(host, context.internalDomains)) return [refuse('host')];
  if (isContact(page, host, context)) return [];
  if (isPublicOf(host, page)) return [];
  if ([...meetings, ...trackers, ...chats].includes(host) && page.pathname === '/' && page.search === '') return [];
  if (isAmong(host, meetings) || isAmong(host, trackers) || isAmong(host, chats))
    return [
      forCustomers.test(page.pathname) || isChannel.test(`${host}${page.pathname}`) || isExample(page.pathname)
        ? look('link')
        : refuse('link'),
    ];
  if (isAmong(host, codeHosts)) return [look('link')];
  if (isAmong(host, shorteners)) return [look('link')];
  if (isAmong(host, context.domains)) return judgeOwn(host, page, context);
  // Projects of open source have public ones.
  if (/^(?:jira|confluence|jenkins|grafana|kibana|gitlab|intranet|intern|internal|vpn|youtrack|sentry|vault)\.[^.]+\./.test(host))
    return [host.endsWith('.org') ? look('link') : refuse('link')];
  return hasTellingQuery(page) ? [look('link')] : [];
}

/** A public channel, and no invitation to a group. */
const isChannel = /^t\.me\/(?:s\/)?[a-z]\w{4,31}\/?$/i;

/** What the companies behind tools show to everybody. */
const isPublicOf = (host: string, { pathname }: URL): boolean =>
  ([...trackers, ...chats, ...meetings].some((domain) => host.endsWith(`.${domain}`)) &&
    /^(?:www|status|help|support|docs?|developers?|api|blog|about|community|learn|trust|explore|marketplace|changelog)\./.test(host)) ||
  ((/^(?:www\.)?(?:slack|discord|zoom|figma|notion|asana|trello|linear|dropbox|box|salesforce|hubspot|zendesk|pagerduty|incident)\.(?:com|us|so|app|io)$/.test(
    host,
  ) ||
    host === 'discord.com') &&
    /^\/?(?:$|help|intl|blog|legal|trust|security|pricing|status|developers?|features|product|customers|about|downloads?)/.test(pathname));

const isContact = (page: URL, host: string, { contacts }: LintContext): boolean =>
  contacts.some((contact) => contact.includes('://') && URL.parse(contact)?.hostname === host && !hasTellingQuery(page));

/** Pages of the organisation: public ones are meant for customers. */
function judgeOwn(host: string, page: URL, { domains }: LintContext): Judged[] {
  const domain = domains.filter((one) => endsWith(host, one)).toSorted((a, b) => b.length - a.length)[0] ?? '';
  const labels = host.slice(0, -domain.length).split('.').filter(Boolean);
  const telling = hasTellingQuery(page) ? [look('link')] : [];
  if (labels.some((label) => /^(?:intern|internal|intranet|corp|int|lan|vpn|priv|private)$/.test(label))) return [refuse('host')];
  if (/(?:^|[-.])git(?:$|[-.])/.test(labels.join('.'))) return [look('host')];
  if (
    labels.some(
      (label) =>
        forStaff.has(label) ||
        /^(?:[a-z]+-)*(?:db|prod|stag|stage|staging|dev|node|vm|k8s|srv|host|worker|cache)(?:-?[a-z0-9]+)*-?\d+[a-z]?$/.test(
          label.slice(0, 63),
        ),
    )
  )
    return [refuse('host')];
  if (labels.every((label) => forEverybody.has(label))) return telling;
  return [look('host')];
}

/** A value that may open something, or name somebody. */
function hasTellingQuery({ searchParams }: URL): boolean {
  return [...searchParams].some(
    ([name, value]) =>
      (value.length >= 16 && /\d|[A-Z].*[a-z]|=$/.test(value)) ||
      /^(?:token|key|sig|signature|session|auth|access_token|api_?key|code|password|pwd|secret)$/i.test(name),
  );
}

export const findPages = (text: string, context: LintContext): Finding[] =>
  [...text.matchAll(/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`|\\^]{1,4000}/gi)].flatMap(({ 0: page }) => {
    const found = page.replace(/[.,;:!?)\]}*_]{1,20}$/, '');
    return judgePage(found, context).map((judged) => ({ ...judged, found }));
  });

/** Hosts and pages that are written without a scheme. */
export const findHosts = (text: string, context: LintContext): Finding[] =>
  [
    ...text.matchAll(
      /(?<![\p{L}\p{N}@._/:-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}[\p{L}\p{N}-]{2,24}(?![\p{L}\p{N}@])(?::\d{1,5})?(?:\/[^\s<>"'`|]{0,2000})?/gu,
    ),
  ].flatMap(({ 0: written, index }) => {
    const found = written.replace(/[.,;:!?)\]}*_/]{1,20}$/, '');
    const page = /^[\d.]+$/.test(found) ? null : URL.parse(`https://${found.replaceAll('_', '-')}`);
    if (!page || isFile(page.hostname)) return [];
    if (isSetting.test(text.slice(index, index + written.length + 2))) return [{ ...look('host'), found }];
    if (isNumberOfNetwork(page, found)) return [{ ...refuse('address of a network'), found }];
    return judgeHost(page.hostname, page, context).map((judged) => ({ ...judged, found }));
  });
/** `settings.local` and `node.js` are no hosts. */
/** Names that tools give everywhere, and that stand for any. */
const isOfTools =
  /^(?:(?:host|gateway|kubernetes)\.docker\.internal|metadata\.google\.internal|kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?|(?:raspberrypi|printer|homeassistant|octopi)\.local|localhost\.localdomain|(?:my|your)[a-z-]*(?:\.[a-z-]+){1,3}|(?:[a-z-]+\.)?example(?:\.[a-z-]+){1,2})$/;
/** `cache.build.local=true`, `repository.visibility.private` */
const isSetting = /^[a-z]+(?:\.[a-z]+)+(?: ?=|\.private(?![.:/]))/;
const isFile = (host: string): boolean =>
  /^[^.]+\.(?:local|js|ts|json|yaml|yml|md|txt|py|go|rs|sh|html|css|log|conf|ini|internal)$/.test(host) &&
  /^(?:settings|config|env|node|next|vue|application|appsettings)\./.test(host);
