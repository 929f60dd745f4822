import type { DeliveryEvent, OpenLabel } from '../delivery/evidence.ts';

/**
 * What an open is judged by. It is not kept. The IP address is not even read, because people who
 * use Outlook also open from Microsoft's addresses.
 */
export interface SeenOpen {
  readonly userAgent: string;
  readonly secondsSinceSent: number;
}

/**
 * Scanners load what is in a mail as it arrives. The median of machine opens came 9 seconds after
 * sending, and 84 % came within 20 (putyourlightson/craft-campaign#546). Two thirds of scanners'
 * bursts of clicks came between 20 and 60 seconds.
 */
const onArrivalSeconds = 20;
const soonSeconds = 60;

/**
 * Apple's Mail Privacy Protection loads every mail in the background and sends exactly this. No
 * browser does.
 */
const privacyProxy = /^Mozilla\/5\.0$/;
/**
 * Gmail prefetches under the name of a browser that went out of use in 2016 (pentacent/keila#164).
 */
const prefetch = /\bEdge\/12\.246\b/;
const robot =
  /bot\b|crawl|spider|scan|preview|prefetch|headless|phantom|curl|wget|python|java\/|go-http|okhttp|axios|node-fetch|libwww|httpclient|proofpoint|barracuda|mimecast|symantec|trendmicro|fireeye|safelinks|monitor/i;
/**
 * Gmail and Yahoo fetch images through their own proxies, often for a person and sometimes ahead of
 * one. The two cannot be told apart.
 */
const imageProxy = /GoogleImageProxy|ggpht\.com|YahooMailProxy|YahooCacheSystem|ImageProxy|CloudImage/i;
/** A browser names its platform in brackets. Mail programs name themselves. */
const person =
  /^Mozilla\/5\.0 \([^)]{3,}\)|\b(Outlook|MSOffice|Microsoft Office|Thunderbird|AppleMail|Lotus-Notes|eM ?Client|Spark|Airmail)\b/i;

/** The kind of event for each label. */
export const openKinds = {
  'likely human': 'humanOpen',
  machine: 'machineOpen',
  unknown: 'unknownOpen',
} as const satisfies Record<OpenLabel, DeliveryEvent['kind']>;

/**
 * Estimates whether a person opened a mail. It is judged by this one open alone, so the order in
 * which opens are reported makes no difference.
 */
export function judgeOpen({ userAgent, secondsSinceSent }: SeenOpen): OpenLabel {
  const agent = userAgent.slice(0, 1000).trim();
  if (privacyProxy.test(agent) || prefetch.test(agent) || robot.test(agent)) return 'machine';
  if (secondsSinceSent < onArrivalSeconds) return 'machine';
  if (secondsSinceSent < soonSeconds || imageProxy.test(agent)) return 'unknown';
  return person.test(agent) ? 'likely human' : 'unknown';
}
