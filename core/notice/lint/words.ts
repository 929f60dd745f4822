import { asRead } from '../../shared/legible.ts';
import type { Finding, RuleName } from './finding.ts';
import type { LintContext } from './lint-context.ts';
import type { Passage } from './passages.ts';

/** Words that are often right, and that a person should look at. */
export function findWords({ kind, text }: Passage, { searched }: LintContext): Finding[] {
  if (kind === 'address') return [];
  const plain = asRead(text).text;
  const all = (rule: RuleName, pattern: RegExp): Finding[] =>
    [...plain.matchAll(pattern)].map(({ 0: found }) => ({ rule, level: 'look', found: found.trim() }));
  const tickets = all('link', ticket).filter(
    ({ found }) =>
      !standards.test(found) &&
      !found
        .toLowerCase()
        .split('-')
        .every((part) => searched.known.has(part)),
  );
  const versions = all(
    'service',
    /(?<![\p{L}\p{N}.])v?\d{1,4}(?:\.\d{1,5}){1,3}-(?:rc|beta|alpha|snapshot|hotfix|dev|build)[.-]?\d{0,6}(?![\p{L}\p{N}])/giu,
  );
  if (kind === 'code') return [...tickets, ...versions, ...all('blank of a template', blanksInCode)];
  return [
    ...tickets,
    ...versions,
    ...all('severity', severity),
    ...all('cause', cause),
    ...all('term of engineers', terms),
    ...all('number of customers', countOfCustomers),
    ...all('number of customers', shareOfCustomers),
    ...all('service', components),
    ...all('blank of a template', blanks),
    ...blame(plain),
  ];
}

const ticket = /(?<![\p{L}\p{N}_/.-])[A-Z][A-Z0-9]{1,9}-\d{1,6}(?![\p{L}\p{N}-]|\.\d)/gu;
/** Standards, encodings and other things that are numbered in the same way. */
const standards =
  /^(?:RFC|CVE|CWE|ISO|IEC|IEEE|EN|DIN|UTF|SHA\d?|AES|RSA|MD|CRC|TLS|SSL|HTTP|PCI|SOC|GDPR|COVID|BCP|PEP|JEP|JSR|ECMA|ES|ANSI|ASCII|IPV|USB|HDMI|DDR|MP|X|E|A|B|ED|EC|P|CP|KOI|GB|BIG|EUC|ITU|NIST|FIPS|SP|ETSI|TS|MT|MX|PAIN|CAMT|ARM|IA|GPT|T|G|H|Q[1-4]|H[12]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|FY|KW|CW|EU|US|UK|IE|WIN|MAC|OS|PHP|PY|NET|UTC|GMT|CET|CEST|EST|PST|SEV\d?|PSD|SEPA|AS|EAN|UPC|ISBN|NFC|BIC|WCAG|HTML|CSS|XML|WPA|CAT|LTE|KB|CU|SR|VAT|EUR|USD|GBP|TOP|PART|STEP|PHASE|TIER|PLAN|VERSION|SEV)-/;
const severity =
  /(?<![\p{L}\p{N}_-])(?:sev(?:erity)?[ -]?(?:level[ -]?)?[0-5]|[PS][0-4](?=[\s.,;:)\]!?]|$)|prio(?:rity|rität)?[ -]?[0-5]|severity|schweregrad|gravité|(?:major|critical) incident)(?![\p{L}\p{N}_-])/giu;
const cause =
  /(?<![\p{L}\p{N}])(?:root[ -]causes?(?: analysis)?|grundursachen?|kernursachen?|cause racine|causa raíz|rca|(?:human|operator|user|engineer(?:'s|ing)?|manual|staff|employee) (?:error|mistake|failure)s?|menschlich\p{L}{0,3} (?:versagens?|fehlers?|irrtum)|erreurs? humaines?|error(?:es)? humanos?|errore umano|negligen\p{L}{1,4}|fahrlässig\p{L}{0,6}|careless\p{L}{0,5}|incompeten\p{L}{1,4}|gross fault|liabilit(?:y|ies)|breach of (?:contract|the sla|sla))(?![\p{L}\p{N}])/giu;
const terms = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?:${`split[ -]?brain|fail-?overs?|race conditions?|dead-?locks?|thread pools?|connection pools?|heap dumps?|stack ?traces?|segfaults?|segmentation faults?|
  core dumps?|oom(?:[ -]?kill(?:ed|er)?)?|out[ -]of[ -]memory|kubernetes|k8s|kubelet|etcd|kafka|zookeeper|cassandra|memcached|redis|rabbitmq|elasticsearch|postgres(?:ql)?|mysql|mongodb|
  dynamodb|terraform|ansible|jenkins|argo ?cd|helm charts?|hot-?fix(?:es)?|roll-?backs?|rolled back|canary (?:deploy(?:ment)?s?|releases?)|blast radius|runbooks?|playbooks?|on-?call|
  post-?mortems?|mttr|mttd|slos?|slis?|error budgets?|thundering herd|back-?pressure|circuit breakers?|blue[ /-]green|control plane|data plane|node pools?|replica(?:tion)? lags?|
  replicas?|shards?|sharding|resharding|primary database|null ?pointers?|memory leaks?|garbage collect(?:ion|or)|cron ?jobs?|feature flags?|config(?:uration)? drift|tech(?:nical)? debt|
  legacy (?:code|system)s?|monolith|micro-?services?|namespaces?|sidecars?|ingress|load shedding|quorum|leader election|wal files?|vacuum|failed assertion|kernel panic|
  mutex(?:es)?|goroutines?|jvm|gc pauses?|iops|hypervisors?|backfills?|dead[ -]letter queues?|poison pills?|(?:schema|database) migrations?|daemonsets?|statefulsets?|envoy|istio|nginx|haproxy|
  s3 buckets?|lambda functions?|ec2|rds|vpcs?|brown-?outs?|war room|swarm(?:ing)?|p99|p95|toil|yak shaving|regex backtracking|spof|single point of failure`.replace(
    /\s*\n\s*/g,
    '',
  )})(?![\\p{L}\\p{N}-])`,
  'giu',
);
const countOfCustomers =
  /(?<![\p{L}\p{N}.,])(?:\d{1,3}(?:[.,'’ \u00a0]\d{3}){1,4}|\d{1,9}(?:[.,]\d{1,3})?(?: ?%| percent| prozent)?|thousands|hundreds|dozens|millions|hunderte|tausende|dutzende)(?: of)?(?: (?:our|the|all|affected|paying|active|large|enterprise|unser\p{L}{0,2}|der|aller|betroffene\p{L}?)){0,3} (?:customers?|merchants?|users?|clients?|tenants?|subscribers?|companies|organi[sz]ations?|shops?|account holders?|kunden|kundinnen|händler\p{L}{0,2}|nutzer\p{L}{0,3}|mandanten|firmen|unternehmen|clients?|utilisateurs?|clientes?|usuarios?)(?![\p{L}\p{N}])/giu;
const people =
  'customers?|merchants?|users?|clients?|tenants?|subscribers?|accounts?|companies|organi[sz]ations?|shops?|kunden|händler|nutzer';
const shareOfCustomers = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:(?:a|one|two) )?(?:half|thirds?|quarters?|fifths?|tenths?|majority|minority)|most|(?:one|two|\\d{1,4}) (?:in|out of) (?:\\p{L}{2,10}|\\d{1,6})|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|a hundred|a thousand|(?:die hälfte|ein drittel|ein viertel|jede[rn]? \\p{L}{4,10}))(?: of)?(?: (?:our|the|all|affected|paying|large|unserer|der|aller)){0,2} (?:${people})(?![\\p{L}\\p{N}])`,
  'giu',
);
const components =
  /(?<![\p{L}\p{N}])(?:\p{Lu}\p{Ll}{1,20}){1,4}(?:Service|Manager|Worker|Controller|Gateway|Scheduler|Processor|Consumer|Producer|Repository|Daemon|Handler|Router)(?![\p{L}\p{N}])/gu;
const blanks =
  /\[(?:[A-Z][A-Z0-9 _/-]{1,40}|(?:insert|add|enter|fill|your|name of|describe|date|time|duration|product|service|customer|number|placeholder|tbd|tbc|todo|bitte|datum|uhrzeit|dauer|name)\b[^\][\n]{0,80})\](?!\()|\{\{[^{}\n]{1,80}\}\}|<(?:insert|your|date|time|name|product|service|duration|number|customer|tbd|todo)\b[^<>\n]{0,60}>|(?<![\p{L}\p{N}])(?:TBD|TBC|TODO|FIXME|XXX+|lorem ipsum|N\.N\.)(?![\p{L}\p{N}])|_{4,}|(?<![\p{L}\p{N}:])(?:xx:xx|hh:mm|dd\.mm\.|yyyy-mm-dd)(?![\p{L}\p{N}])/giu;
const blanksInCode = /\{\{ ?[^{}\n]{1,80}\}\}|(?<![\p{L}\p{N}])(?:TBD|TODO|FIXME)(?![\p{L}\p{N}])/gu;

/** Somebody who did something wrong: one of us, and a word of blame in one sentence. */
function blame(plain: string): Finding[] {
  return plain.split(/(?<=[.!?。！？])\s|\n/).flatMap((sentence): Finding[] => {
    const person = somebody.exec(sentence);
    return person && wrong.test(sentence) ? [{ rule: 'cause', level: 'look', found: sentence.trim() }] : [];
  });
}
const somebody =
  /(?<![\p{L}])(?:(?:one|some|two|three|a member) of (?:our|us|the) ?\p{L}{0,20}|(?:an?|our|the|one|single|junior|senior|new) (?:single |junior |senior |new )?(?:engineer|developer|operator|administrator|admin|employee|contractor|intern|technician|colleague|team member)s?|(?:ein(?:e|em|er|es)?|unser\p{L}{0,2}) (?:mitarbeiter|kolleg|ingenieur|techniker|entwickler|administrator)\p{L}{0,5})(?![\p{L}])/iu;
const wrong =
  /(?<![\p{L}])(?:mistaken(?:ly)?|by mistake|wrong(?:ly)?|accident(?:al)?(?:ly)?|forgot(?:ten)?|mis-?(?:typed|configured|read|understood)|typo|careless(?:ly)?|failed to|ignored|overlooked|neglected|versehentlich|irrtümlich|vergessen|vergaß|falsch\p{L}{0,2}|übersehen|fahrlässig)(?![\p{L}])/iu;
