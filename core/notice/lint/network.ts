import { parseAddress } from '../../shared/address.ts';
import { asRead } from '../../shared/legible.ts';
import type { Finding } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import { decoded } from './names.ts';
import type { Passage } from './passages.ts';

/** Addresses of networks, hosts, pages, mailboxes, accounts and telephones, wherever they stand. */
export function findAddresses({ kind, text, codes = [] }: Passage, context: LintContext): Finding[] {
  const legible = asRead(withoutDisguise(kind === 'address' ? decoded(text) : kind === 'html' ? withoutEntities(text) : text));
  const plain = legible.text;
  return [
    ...(kind === 'address' ? judgePage(plain.trim(), context).map((finding) => ({ ...finding, found: text })) : []),
    ...pagesIn(plain, context),
    ...hostsIn(plain, context),
    ...mailboxesIn(plain, context),
    ...handlesIn(kind, plain, context, codes),
    ...networkIn(plain),
    ...accountsIn(plain),
    ...telephonesIn(plain),
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
export const withoutEntities = (html: string): string =>
  html.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    if (name !== undefined) return entities[name.toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const endsWith = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
const isAmong = (host: string, domains: readonly string[]): boolean => domains.some((domain) => endsWith(host, domain));

const inside = ['internal', 'local', 'corp', 'lan', 'svc', 'intra', 'intranet', 'private', 'home.arpa', 'localdomain', 'consul'];
const trackers =
  `atlassian.net jira.com linear.app asana.com trello.com youtrack.cloud shortcut.com monday.com clickup.com notion.so notion.site
  basecamp.com height.app productboard.com aha.io dev.azure.com visualstudio.com pagerduty.com opsgenie.com incident.io rootly.com firehydrant.io
  victorops.com sentry.io datadoghq.com datadoghq.eu grafana.net newrelic.com splunkcloud.com honeycomb.io kibana.cloud elastic-cloud.com
  docs.google.com drive.google.com sheets.google.com sharepoint.com onedrive.live.com dropbox.com box.com coda.io airtable.com miro.com figma.com
  lucid.app loom.com quip.com slab.com guru.com zendesk.com salesforce.com force.com hubspot.com service-now.com freshdesk.com
  console.aws.amazon.com signin.aws.amazon.com portal.azure.com console.cloud.google.com okta.com 1password.com`.split(/\s+/);
const chats =
  `slack.com slack-edge.com teams.microsoft.com teams.live.com chat.google.com mattermost.com discord.com discordapp.com zulipchat.com
  rocket.chat web.whatsapp.com chat.whatsapp.com t.me`.split(/\s+/);
const meetings =
  'zoom.us zoom.com meet.google.com webex.com whereby.com gotomeeting.com gotomeet.me meet.jit.si around.co chime.aws bluejeans.com calendly.com'.split(
    ' ',
  );
const codeHosts = 'github.com gitlab.com bitbucket.org gist.github.com raw.githubusercontent.com codeberg.org sr.ht gitea.com'.split(' ');
const shorteners = 'bit.ly t.co tinyurl.com goo.gl ow.ly is.gd lnkd.in buff.ly rb.gy'.split(' ');

/** Labels of hosts that companies have for everybody, and of those that are for staff. */
const forEverybody = new Set(
  `www docs doc developer developers dev-docs api status support help community forum blog news trust security legal privacy app apps cdn js static
  assets img images media download downloads files go my portal account accounts login auth id shop store pay checkout dashboard console www2 m
  learn academy careers jobs about info press feedback survey hilfe aide ayuda kontakt contact service en de fr es eu us uk mail webmail smtp imap
  notices updates changelog release releases sandbox`.split(/\s+/),
);
const forStaff = new Set(
  `intern internal intranet corp int jira confluence wiki git gitlab github svn jenkins ci cd build grafana kibana prometheus argocd argo vault
  nexus artifactory sonar sentry vpn bastion jump ssh rdp staging stage test qa uat dev preprod admin backoffice office hr erp crm sso okta ldap
  ad k8s kube kubernetes cluster db sql mysql postgres redis kafka elastic log logs metrics monitor monitoring alerts oncall pager runbook runbooks
  tickets tracker chat slack teams mattermost zoom meet calendar sharepoint drive postmortem postmortems incidents-internal`.split(/\s+/),
);

type Judged = Pick<Finding, 'rule' | 'level'>;
const refuse = (rule: Finding['rule']): Judged => ({ rule, level: 'refuse' });
const look = (rule: Finding['rule']): Judged => ({ rule, level: 'look' });

/** An address of a page, or whatever stands where one is expected. */
function judgePage(written: string, context: LintContext): Judged[] {
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(written)?.[1]?.toLowerCase();
  if (scheme === undefined) return written.startsWith('//') ? judgePage(`https:${written}`, context) : [];
  if (scheme === 'mailto' || scheme === 'tel' || scheme === 'sms') return [];
  if (
    /^(?:slack|msteams|zoommtg|zoomus|discord|webex|sip|sips|tg|whatsapp|skype|irc|ircs|matrix|vscode|file|javascript|data|vbscript|smb|ldap|ldaps|rdp|ssh|obsidian|notion|linear|jetbrains)$/.test(
      scheme,
    )
  )
    return [refuse('link')];
  const page = readPage(written);
  if (page === undefined) return [];
  if (isNumberOfNetwork(page, written)) return [refuse('address of a network')];
  const judged = judgeHost(page.hostname, page, context);
  if (page.password !== '' || (page.username !== '' && !/^git$/i.test(page.username))) judged.push(refuse('secret'));
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
  if (!host.includes('.')) return [forStaff.has(host) || /\d/.test(host) ? refuse('host') : look('host')];
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
  if (isAmong(host, meetings) || isAmong(host, trackers) || (isAmong(host, chats) && !/^(?:www\.|)slack\.com$/.test(host)))
    return [refuse('link')];
  if (isAmong(host, codeHosts)) return [look('link')];
  if (isAmong(host, shorteners)) return [look('link')];
  if (isAmong(host, context.domains)) return judgeOwn(host, page, context);
  if (/^(?:jira|confluence|jenkins|grafana|kibana|gitlab|intranet|intern|internal|vpn|youtrack|sentry|vault)\./.test(host))
    return [refuse('link')];
  return hasTellingQuery(page) ? [look('link')] : [];
}

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

const pagesIn = (text: string, context: LintContext): Finding[] =>
  [...text.matchAll(/(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s<>"'`|\\^]{1,4000}/gi)].flatMap(({ 0: page }) => {
    const found = page.replace(/[.,;:!?)\]}*_]{1,20}$/, '');
    return judgePage(found, context).map((judged) => ({ ...judged, found }));
  });

/** Hosts and pages that are written without a scheme. */
const hostsIn = (text: string, context: LintContext): Finding[] =>
  [
    ...text.matchAll(
      /(?<![\p{L}\p{N}@._/:-])(?:[\p{L}\p{N}_-]{1,63}\.){1,10}[\p{L}\p{N}-]{2,24}(?![\p{L}\p{N}@])(?::\d{1,5})?(?:\/[^\s<>"'`|]{0,2000})?/gu,
    ),
  ].flatMap(({ 0: written }) => {
    const found = written.replace(/[.,;:!?)\]}*_/]{1,20}$/, '');
    const page = /^[\d.]+$/.test(found) ? null : URL.parse(`https://${found.replaceAll('_', '-')}`);
    if (!page || isFile(page.hostname)) return [];
    if (isNumberOfNetwork(page, found)) return [{ ...refuse('address of a network'), found }];
    return judgeHost(page.hostname, page, context).map((judged) => ({ ...judged, found }));
  });
/** `settings.local` and `node.js` are no hosts. */
/** Names that tools give everywhere, and that stand for any. */
const isOfTools =
  /^(?:(?:host|gateway|kubernetes)\.docker\.internal|metadata\.google\.internal|kubernetes\.default(?:\.svc(?:\.cluster\.local)?)?|(?:raspberrypi|printer|homeassistant|octopi)\.local|localhost\.localdomain|(?:my|your)[a-z-]*(?:\.[a-z-]+){1,3}|example(?:\.[a-z-]+){1,2})$/;
const isFile = (host: string): boolean =>
  /^[^.]+\.(?:local|js|ts|json|yaml|yml|md|txt|py|go|rs|sh|html|css|log|conf|ini|internal)$/.test(host) &&
  /^(?:settings|config|env|node|next|vue|application|appsettings)\./.test(host);

const mailboxesIn = (text: string, { domains, internalDomains, contacts, searched }: LintContext): Finding[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}@._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,10}[\p{L}\p{N}-]{2,24}/gu)].flatMap(
    ({ 0: found }): Finding[] => {
      const address = parseAddress(found.replace(/^[._%+-]{1,64}/, ''));
      const box = address?.normalised ?? found.toLowerCase();
      const domain = address?.domain ?? box.slice(box.lastIndexOf('@') + 1);
      const [name = ''] = box.split('@');
      if (contacts.some((contact) => contact === box)) return [];
      if (/^(?:.+\.)?(?:example\.(?:com|org|net)|[^.]+\.(?:test|invalid))$/.test(domain)) return [];
      const isOwn = isAmong(domain, domains) || isAmong(domain, internalDomains);
      if (name === 'git') return [{ rule: 'link', level: 'look', found }];
      const bare = name.replace(/\+.*$/, '');
      // One word is most often an office. Names of people are looked for by another rule.
      if (standsForAny.test(domain)) return [{ rule: 'mailbox', level: 'look', found }];
      const mayBeForAll = forAnybody.has(bare) || (isOwn && /^[a-z]+(?:-[a-z]+)?$/.test(bare) && !searched.byFirst.has(bare));
      return [{ rule: 'mailbox', level: mayBeForAll ? 'look' : 'refuse', found }];
    },
  );
const standsForAny =
  /^(?:(?:your|my|mein|meine|ihre|ihr|votre|tu)[a-z-]*|domain|company|firma|beispiel|exemple|ejemplo|esempio|voorbeeld|test|customer|kunde)(?:\.[a-z-]+){1,2}$/;
const forAnybody = new Set(
  `support help hilfe kontakt contact info status notices news newsletter hello hallo service sales billing accounts press media privacy datenschutz
  dpo security abuse postmaster webmaster noreply no-reply donotreply feedback office mail legal jobs careers team customers kunden partner partners`.split(
    /\s+/,
  ),
);

/** `@somebody`, and channels as `#incident-4711`. */
function handlesIn(kind: Passage['kind'], text: string, { searched }: LintContext, codes: readonly string[]): Finding[] {
  if (kind === 'address') return [];
  const handles = [...text.matchAll(/(?<![\p{L}\p{N}@._%+/"'-])@[\p{L}][\p{L}\p{N}_.-]{1,60}(?![\p{L}\p{N}/])/gu)].flatMap(
    ({ 0: written, index }): Finding[] => {
      const found = written.replace(/[.-]{1,60}$/, '');
      const isPackage = /^[/]/.test(text.slice(index + written.length, index + written.length + 1));
      const words = found
        .slice(1)
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u);
      const isOurs = words.some(
        (word) => searched.known.has(word) || [...searched.known].some((known) => known.length >= 4 && word.includes(known)),
      );
      const isCode = kind === 'code' || codes.some((code) => code.includes(found));
      if (isPackage || (isCode && annotations.test(found))) return [];
      return [{ rule: 'handle', level: isOurs || isCode || rules.test(found) ? 'look' : 'refuse', found }];
    },
  );
  const channels = [...text.matchAll(/(?<![\p{L}\p{N}#&/"'=:-])#[a-z][a-z0-9_-]{2,80}(?![\p{L}\p{N}])/gu)].flatMap(
    ({ 0: found }): Finding[] =>
      kind === 'code' || /^#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(found)
        ? []
        : [{ rule: 'handle', level: /[-_]/.test(found) ? 'refuse' : 'look', found }],
  );
  return [...handles, ...channels];
}
const annotations =
  /^@(?:media|import|charset|font-face|keyframes|supports|override|deprecated|param|returns?|see|author|latest|next|types)$/i;
const rules = /^@(?:media|import|latest|next|here|all|everyone|channel)$/i;

const isFour = (text: string): boolean => /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);
const isSix = (text: string): boolean => URL.canParse(`http://[${text}]/`);

function networkIn(text: string): Finding[] {
  const four = [...text.matchAll(/(?<![\p{L}\p{N}.-])\d[\d.]{5,60}(?:\/\d{1,2})?(?![\p{L}\p{N}])/gu)].flatMap(({ 0: run }): Finding[] => {
    const found = run.replace(/\.{1,60}(?=$|\/)/, '');
    const [address = '', bits] = found.split('/');
    const level = isFour(address) ? levelOf4(address, bits) : undefined;
    return level === undefined ? [] : [{ rule: 'address of a network', level, found }];
  });
  const parts = [
    ...text.matchAll(/(?<![\p{L}\p{N}.-])(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){1,2}\.(?:x{1,3}|\*)(?![\p{L}\p{N}])/giu),
  ].map(({ 0: found }): Finding => ({ rule: 'address of a network', level: 'refuse', found }));
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

/** Accounts and resources of clouds. Numbers of the documentation are nobody's. */
function accountsIn(text: string): Finding[] {
  const resources = [...text.matchAll(/(?<![\p{L}\p{N}])arn:[a-z-]{3,20}:[^\s"'`<>)\]]{3,1000}/giu)].flatMap(({ 0: found }): Finding[] =>
    /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:(?:aws|1234567890(?:12)|0{12}|1{12})?:(?:policy\/|.*1234567890)/i.test(found.slice(0, 300))
      ? []
      : [{ rule: 'account', level: 'refuse', found: found.replace(/[.,;:]{1,9}$/, '') }],
  );
  const numbers = [...text.matchAll(/(?<![\p{L}\p{N}.,-])(?:\d{12}|\d{4}-\d{4}-\d{4})(?![\p{L}\p{N}-]|[.,]\d)/gu)].flatMap(
    ({ 0: found, index }): Finding[] => {
      const around = text.slice(Math.max(0, index - 60), index + found.length + 30).toLowerCase();
      if (found.replaceAll('-', '') === '123456789012' || !/account|konto|aws|amazon|subscription|tenant|compte|cuenta/.test(around))
        return [];
      return [
        {
          rule: 'account',
          level: /aws|amazon|cloud|(?:our|unser\p{L}{0,2}|production|internal) (?:\p{L}{1,20} )?(?:account|konto)/u.test(around)
            ? 'refuse'
            : 'look',
          found,
        },
      ];
    },
  );
  const tenants = [
    ...text.matchAll(/(?<![\p{L}\p{N}])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\p{N}])/giu),
  ].flatMap(({ 0: found, index }): Finding[] => {
    const before = text.slice(Math.max(0, index - 60), index).toLowerCase();
    return /subscription|tenant|account|organi[sz]ation|directory/.test(before) ? [{ rule: 'account', level: 'look', found }] : [];
  });
  return [...resources, ...numbers, ...tenants];
}

const telephonesIn = (text: string): Finding[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}.+-])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,3}\d[\d .()/-]{5,20}\d(?![\p{L}\p{N}])/gu)].flatMap(
    ({ 0: found }): Finding[] => (found.replace(/\D/g, '').length >= 8 ? [{ rule: 'telephone', level: 'look', found }] : []),
  );
