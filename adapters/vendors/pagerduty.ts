import { objectOf, objectsOf, textOf } from '../../core/connector/event.ts';
import { type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import type { Looked, Vendor } from '../../core/connector/ports.ts';
import { idAtVendor } from '../../core/postmortem/id-at-vendor.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { ask, notNow, type Reach } from './ask.ts';
import { readMoment } from './read-moment.ts';

export const pagerDutyUrls = { us: 'https://api.pagerduty.com', eu: 'https://api.eu.pagerduty.com' } as const;
type Thing = Record<string, unknown>;

export interface PagerDutyOptions {
  /** The key sees only what everybody in the organisation may see. */
  readonly seesPublicOnly: boolean;
  /** Whether the distribution file says what this priority counts as. */
  readonly isMapped: (priority: string) => boolean;
  readonly now: () => Date;
}

/**
 * The API of PagerDuty (developer.pagerduty.com): one call. It has no postmortems, so an incident
 * is declared and never published. Most incidents are pages that need no postmortem: one whose
 * priority is not mapped counts as taken back, so that a lower priority ends the waiting.
 */
export const pagerDuty = (reach: Reach, { seesPublicOnly, isMapped, now }: PagerDutyOptions): Vendor => {
  const own: Reach = {
    ...reach,
    authorization: (token) => `Token token=${token}`,
    accept: 'application/vnd.pagerduty+json;version=2',
  };
  return {
    async look(ref) {
      const asked = toInstant(now());
      const found = await ask(`/incidents/${encodeURIComponent(ref)}`, own);
      if (found.kind !== 'found') return found;
      const incident = objectOf(objectOf(found.value)?.incident);
      // Half an answer says nothing of the incident.
      if (!incident || textOf(incident.id) !== ref) return notNow;
      const service = textOf(objectOf(incident.service)?.summary);
      const facts = factsOf(incident, { seesPublicOnly, isMapped, asked });
      return { kind: 'found', value: { facts, services: service === undefined ? [] : [service], times: timesOf(incident), actions: [] } };
    },
    async changedSince(since, page) {
      // The list can be narrowed by when incidents began only, not by when they changed.
      const began = encodeURIComponent(toInstant(new Date(Date.parse(since) - lookBackMs)));
      const from = Number(page) || 0;
      const answer = await ask(`/incidents?since=${began}&until=${encodeURIComponent(farAhead(since))}&limit=100&offset=${from}`, own);
      if (answer.kind !== 'found') return answer;
      const whole = objectOf(answer.value);
      if (!Array.isArray(whole?.incidents)) return notNow;
      const listed = objectsOf(whole.incidents);
      const refs = listed.flatMap((incident) => (isSince(changeOf(incident), since) ? (textOf(incident.id) ?? []) : []));
      const hasNext = whole.more === true && listed.length > 0 && from + listed.length < mostListed;
      return { kind: 'found', value: { refs, ...(hasNext && { next: String(from + listed.length) }) } };
    },
  };
};

/** What changes longer after it began comes by its event alone. */
const lookBackMs = 7 * dayMs;
/** The API lists no more than these. */
const mostListed = 10_000;
/** Without an end PagerDuty takes the present, and the API allows less than half a year. */
const farAhead = (since: string): string => toInstant(new Date(Date.parse(since) + 30 * dayMs));

const changeOf = ({ updated_at, last_status_change_at, created_at }: Thing): unknown => updated_at ?? last_status_change_at ?? created_at;
const isSince = (change: unknown, since: string): boolean => typeof change === 'string' && Date.parse(change) >= Date.parse(since);

interface Seen extends Pick<PagerDutyOptions, 'isMapped' | 'seesPublicOnly'> {
  readonly asked: string;
}

function factsOf(incident: Thing, { seesPublicOnly, isMapped, asked }: Seen): Facts {
  const at = changeOf(incident);
  const priority = textOf(objectOf(incident.priority)?.summary) ?? textOf(objectOf(incident.priority)?.name);
  const counts = priority !== undefined && isMapped(priority);
  const reason = objectOf(incident.resolve_reason);
  const merged = textOf(reason?.type) === 'merge_resolve_reason' ? textOf(objectOf(reason?.incident)?.id) : undefined;
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.title), at, 'api'),
    severity: factOf(counts ? priority : undefined, at, 'api'),
    private: factOf(seesPublicOnly ? false : undefined, at, 'api'),
    permalink: factOf(textOf(incident.html_url), at, 'api'),
    // It follows from the file as well, which changes without the incident.
    status: factOf(counts ? 'none' : 'deleted', asked, 'api'),
    joins: factOf(merged && idAtVendor('pagerduty', merged), at, 'api'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

function timesOf(incident: Thing): Looked['times'] {
  const resolved = incident.status === 'resolved' ? (incident.resolved_at ?? incident.last_status_change_at) : undefined;
  const times = { startedAt: readMoment(incident.created_at), resolvedAt: readMoment(resolved) };
  return Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined));
}
