import { type Signed, sign } from '../../local/vendors/sign.ts';
import type { TestStack } from '../../test/support/running-stack.ts';

export type Tool = 'incident-io' | 'rootly';
const at = '2026-12-08T09:00:00Z';
const sources: readonly Tool[] = ['incident-io', 'rootly'];
export const refOf = (n: number): string => `B${String(n).padStart(4, '0')}`;
export const toolOf = (n: number): Tool => sources[n % sources.length] ?? 'rootly';

/** So many finished incidents, half of them at each tool, as their APIs tell them. */
export async function finishIncidents(stack: TestStack, count: number): Promise<void> {
  for (const source of sources) {
    const refs = Array.from({ length: count }, (_, n) => n).filter((n) => toolOf(n) === source);
    const answers = Object.assign({}, ...refs.map((n) => apiOf[source](refOf(n), n)), listsOf[source](refs));
    await stack.call('PUT', `/_local/vendors/${source}`, answers);
  }
}

const text = (n: number) => `A certificate of service ${n} had run out. ${'Nobody had been asked to renew it. '.repeat(50)}`;
const apiOf: Readonly<Record<Tool, (ref: string, n: number) => object>> = {
  'incident-io': (ref, n) => ({
    [`/v2/incidents/${ref}`]: {
      incident: { id: ref, name: `Cards were refused ${n}`, visibility: 'public', severity: { name: 'Minor' }, updated_at: at },
    },
    [`/v1/postmortem_documents/D${ref}/content`]: { markdown: `## Summary\n\n${text(n)}` },
  }),
  rootly: (ref, n) => ({
    [`/v1/incidents/${ref}`]: {
      data: { id: ref, attributes: { title: `Logins were slow ${n}`, private: false, severity: 'SEV3', updated_at: at } },
    },
    [`/v1/incidents/${ref}/action_items`]: { data: [] },
  }),
};
const listsOf: Readonly<Record<Tool, (refs: readonly number[]) => object>> = {
  'incident-io': (refs) => ({
    '/v1/postmortem_documents': {
      postmortem_documents: refs.map((n) => ({ id: `D${refOf(n)}`, incident_id: refOf(n), status: 'completed', updated_at: at })),
    },
    '/v2/follow_ups': { follow_ups: [] },
  }),
  rootly: (refs) => ({
    '/v1/post_mortems': {
      data: refs.map((n) => ({
        id: `P${refOf(n)}`,
        attributes: { incident_id: refOf(n), status: 'published', updated_at: at, content: `<h2>Summary</h2><p>${text(n)}</p>` },
      })),
    },
  }),
};

/** The n-th event about an incident, signed now. */
export function anEvent(incident: number, n: number, now: Date): Signed & { readonly source: Tool } {
  const [source, ref] = [toolOf(incident), refOf(incident)];
  const changed = 'public_incident.incident_updated_v2';
  const body =
    source === 'rootly'
      ? { event: { id: `e${n}`, type: 'incident.updated', issued_at: at }, data: { id: ref, private: false, updated_at: at } }
      : { event_type: changed, [changed]: { id: ref, visibility: 'public', updated_at: at } };
  return { source, ...sign(source, JSON.stringify(body), { now, id: `msg_${n}` }) };
}
