import type { DeliveryEvent, OpenLabel } from '../delivery/evidence.ts';

/**
 * What is looked at, and then thrown away. The IP address is not even read: people at Outlook open
 * from Microsoft's addresses too.
 */
export interface SeenOpen {
  readonly userAgent: string;
  readonly secondsSinceSent: number;
}

/**
 * Scanners load what is in a mail as it arrives: of machine opens the median came 9 seconds after
 * sending, 84 % within 20 (putyourlightson/craft-campaign#546); of scanners' bursts of clicks two
 * thirds between 20 and 60 seconds.
 */
const onArrivalSeconds = 20;
const soonSeconds = 60;

/**
 * Apple's Mail Privacy Protection loads every mail in the background and says exactly this; no
 * browser does.
 */
const privacyProxy = /^Mozilla\/5\.0$/;
/**
 * Gmail loads ahead with the name of a browser that went out of use in 2016 (pentacent/keila#164).
 */
const prefetch = /\bEdge\/12\.246\b/;
const robot =
  /bot\b|crawl|spider|scan|preview|prefetch|headless|phantom|curl|wget|python|java\/|go-http|okhttp|axios|node-fetch|libwww|httpclient|proofpoint|barracuda|mimecast|symantec|trendmicro|fireeye|safelinks|monitor/i;
/**
 * Gmail and Yahoo fetch through a proxy of theirs: often for a person, sometimes ahead of one, and
 * it looks the same.
 */
const imageProxy = /GoogleImageProxy|ggpht\.com|YahooMailProxy|YahooCacheSystem|ImageProxy|CloudImage/i;
/** A browser names its platform in brackets; mail programs name themselves. */
const person =
  /^Mozilla\/5\.0 \([^)]{3,}\)|\b(Outlook|MSOffice|Microsoft Office|Thunderbird|AppleMail|Lotus-Notes|eM ?Client|Spark|Airmail)\b/i;

/** The kind of event that says so. */
export const openKinds = {
  'likely human': 'humanOpen',
  machine: 'machineOpen',
  unknown: 'unknownOpen',
} as const satisfies Record<OpenLabel, DeliveryEvent['kind']>;

/**
 * Whether a person opened, by how it looks. Judged by this one open alone, so that the order in
 * which opens are told makes no difference.
 */
export function judgeOpen({ userAgent, secondsSinceSent }: SeenOpen): OpenLabel {
  const agent = userAgent.slice(0, 1000).trim();
  if (privacyProxy.test(agent) || prefetch.test(agent) || robot.test(agent)) return 'machine';
  if (secondsSinceSent < onArrivalSeconds) return 'machine';
  if (secondsSinceSent < soonSeconds || imageProxy.test(agent)) return 'unknown';
  return person.test(agent) ? 'likely human' : 'unknown';
}
