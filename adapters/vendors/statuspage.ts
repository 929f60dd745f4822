import { objectOf, objectsOf, textOf } from '../../core/connector/event.ts';
import { type DocumentStatus, type Facts, factOf } from '../../core/connector/inbound-incident.ts';
import type { Looked, Vendor } from '../../core/connector/ports.ts';
import { ask, askForPart, notNow, type Reach } from './ask.ts';
import { readMoment } from './read-moment.ts';

export const statuspageUrl = 'https://api.statuspage.io';
type Thing = Record<string, unknown>;

/**
 * The API of Statuspage (developer.statuspage.io), for one page. An incident, the page, and the
 * text of a published postmortem: three calls. An incident says nothing before its postmortem is
 * published, because most incidents of a page never have one.
 */
export const statuspage = (reach: Reach, page: string): Vendor => {
  const own: Reach = { ...reach, authorization: (token) => `OAuth ${token}` };
  const pagePath = `/v1/pages/${encodeURIComponent(page)}`;
  return {
    async look(ref) {
      const path = `${pagePath}/incidents/${encodeURIComponent(ref)}`;
      const found = await ask(path, own);
      if (found.kind !== 'found') return found;
      const incident = objectOf(found.value);
      // Half an answer says nothing of the incident.
      if (!incident || textOf(incident.id) !== ref) return notNow;
      const looked: Looked = { facts: factsOf(incident), services: servicesOf(incident), times: timesOf(incident), actions: [] };
      if (looked.facts.status?.value !== 'published') return { kind: 'found', value: looked };
      const whole = await askForPart(pagePath, own);
      if (whole.kind !== 'found') return whole;
      const isPrivate = objectOf(whole.value)?.viewers_must_be_team_members;
      const seen = typeof isPrivate === 'boolean' ? factOf(isPrivate, incident.updated_at, 'api') : undefined;
      const shown = { ...looked, facts: { ...looked.facts, ...(seen && { private: seen }) } };
      if (seen?.value !== false) return { kind: 'found', value: shown };
      // What somebody writes for the next edition stands beside the text that is published.
      const postmortem = await ask(`${path}/postmortem`, own);
      if (postmortem.kind === 'later' || postmortem.kind === 'refused') return postmortem;
      const body = (postmortem.kind === 'found' ? textOf(objectOf(postmortem.value)?.body) : undefined) ?? textOf(incident.postmortem_body);
      return { kind: 'found', value: { ...shown, ...(body !== undefined && { body }) } };
    },
    async changedSince(since, place) {
      const page = Number(place) || 1;
      const answer = await ask(`${pagePath}/incidents?limit=100&page=${page}`, own);
      if (answer.kind !== 'found') return answer;
      if (!Array.isArray(answer.value)) return notNow;
      const refs = objectsOf(answer.value).flatMap((incident) => (isSince(incident, since) ? (textOf(incident.id) ?? []) : []));
      const hasNext = answer.value.length >= 100 && page < mostPages;
      return { kind: 'found', value: { refs, ...(hasNext && { next: String(page + 1) }) } };
    },
  };
};

/** The newest incidents come first, and the API answers one call a second. */
const mostPages = 5;

const changes = ['updated_at', 'postmortem_published_at', 'postmortem_body_last_updated_at'];
const isSince = (incident: Thing, since: string): boolean =>
  changes.some((name) => typeof incident[name] === 'string' && Date.parse(incident[name]) >= Date.parse(since));

function factsOf(incident: Thing): Facts {
  const at = incident.updated_at;
  const published = incident.postmortem_ignored === true ? undefined : textOf(incident.postmortem_published_at);
  if (published === undefined) {
    const status = factOf<DocumentStatus>(textOf(incident.postmortem_body) === undefined ? 'none' : 'draft', at, 'api');
    return status ? { status } : {};
  }
  const facts: Record<string, unknown> = {
    title: factOf(textOf(incident.name), at, 'api'),
    severity: factOf(textOf(incident.impact_override) ?? textOf(incident.impact), at, 'api'),
    permalink: factOf(textOf(incident.shortlink), at, 'api'),
    status: factOf('published', published, 'api'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}

function servicesOf(incident: Thing): string[] {
  const affected = objectsOf(incident.incident_updates).flatMap((update) => objectsOf(update.affected_components));
  return [...new Set([...objectsOf(incident.components), ...affected].flatMap(({ name }) => textOf(name) ?? []))];
}

function timesOf(incident: Thing): Looked['times'] {
  const times = { startedAt: readMoment(incident.started_at ?? incident.created_at), resolvedAt: readMoment(incident.resolved_at) };
  return Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined));
}
