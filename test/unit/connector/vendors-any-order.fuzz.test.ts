import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fireHydrant } from '../../../adapters/vendors/firehydrant.ts';
import { pagerDuty } from '../../../adapters/vendors/pagerduty.ts';
import { statuspage } from '../../../adapters/vendors/statuspage.ts';
import { connectors } from '../../../core/connector/connectors.ts';
import type { Vendor } from '../../../core/connector/ports.ts';
import type { Source } from '../../../core/connector/source.ts';
import { aHearingWorld } from '../../support/connector/world.ts';
import { tries } from '../../support/hostile/fuzz.ts';

/** All that is true of an incident for one hour. */
interface Hour {
  readonly isPrivate: boolean;
  readonly isFinished: boolean;
  readonly isArchived: boolean;
  readonly severity: string;
}
const hours = fc.array(
  fc.record<Hour>({
    isPrivate: fc.boolean(),
    isFinished: fc.boolean(),
    isArchived: fc.boolean(),
    severity: fc.constantFrom('Critical', 'Minor', 'Cosmetic'),
  }),
  { minLength: 1, maxLength: 5 },
);
const at = (n: number, seconds = 0) => new Date(Date.UTC(2026, 10, 18, 10 + n, 0, seconds)).toISOString();

/** An API that answers by path. */
const reachOf = (answers: Readonly<Record<string, unknown>>) => ({
  url: 'https://api.vendor.example',
  token: async () => 'secret',
  fetch: (async (input) => {
    const answer = answers[new URL(String(input)).pathname];
    return new Response(JSON.stringify(answer ?? {}), { status: answer === undefined ? 404 : 200 });
  }) as typeof fetch,
});

interface Told {
  readonly vendor: (hour: Hour, n: number, now: string) => Vendor;
  readonly event: (hour: Hour) => unknown;
  /** Whether an event can hide. */
  readonly hides: boolean;
  readonly becomes: (end: Hour) => 'published' | 'draft' | 'nothing to see' | 'as it was';
}

const vendors: Partial<Record<Source, Told>> = {
  firehydrant: {
    vendor: ({ isPrivate, isFinished, isArchived, severity }, n, now) =>
      fireHydrant(
        reachOf({
          '/v1/incidents/1': {
            id: '1',
            name: 'Search was empty',
            severity,
            restricted: isPrivate,
            current_milestone: isFinished ? 'closed' : 'resolved',
            milestones: [{ type: 'closed', updated_at: at(n) }],
            ...(isArchived && { discarded_at: at(n) }),
          },
          '/v1/post_mortems/reports': { data: [{ id: 'R', incident_id: '1', summary: 'The index was lost.' }] },
          '/v1/post_mortems/reports/R/reasons': { data: [] },
        }),
        { seesPublicOnly: false, now: () => new Date(now) },
      ),
    event: ({ isPrivate }) => ({ data: { incident: { id: '1', ...(isPrivate && { restricted: true }) } } }),
    hides: true,
    becomes: ({ isPrivate, isFinished, isArchived, severity }) =>
      isPrivate || isArchived ? 'nothing to see' : isFinished && severity !== 'Cosmetic' ? 'published' : 'as it was',
  },
  pagerduty: {
    vendor: ({ severity, isFinished }, n, now) =>
      pagerDuty(
        reachOf({
          '/incidents/1': {
            incident: {
              id: '1',
              title: 'Orders are refused',
              priority: { summary: severity },
              status: isFinished ? 'resolved' : 'triggered',
              updated_at: at(n),
            },
          },
        }),
        { seesPublicOnly: true, isMapped: (priority) => priority !== 'Cosmetic', now: () => new Date(now) },
      ),
    event: () => ({ event: { event_type: 'incident.priority_updated', data: { id: '1', type: 'incident' } } }),
    hides: false,
    becomes: ({ severity }) => (severity === 'Cosmetic' ? 'nothing to see' : 'draft'),
  },
  statuspage: {
    vendor: ({ isPrivate, isFinished, severity }, n) =>
      statuspage(
        reachOf({
          '/v1/pages/p/incidents/1': {
            id: '1',
            name: 'Mails come late',
            impact: severity,
            updated_at: at(n),
            postmortem_published_at: isFinished ? at(n) : null,
          },
          '/v1/pages/p': { viewers_must_be_team_members: isPrivate },
          '/v1/pages/p/incidents/1/postmortem': { body: 'The queue was full.' },
        }),
        'p',
      ),
    event: () => ({ incident: { id: '1' } }),
    hides: false,
    becomes: ({ isPrivate, isFinished, severity }) =>
      !isFinished ? 'as it was' : isPrivate ? 'nothing to see' : severity === 'Cosmetic' ? 'as it was' : 'published',
  },
};

/** Events in any order and number, each while the API answers as of its hour, or half a minute late. */
const histories = hours.chain((all) =>
  fc.record({
    all: fc.constant(all),
    heard: fc.array(fc.record({ event: fc.nat(all.length - 1), hour: fc.nat(all.length - 1), isLate: fc.boolean() }), { maxLength: 7 }),
  }),
);

/** An event tells of what became private before a copy of the API knows. */
const shown: Hour = { isPrivate: false, isFinished: true, isArchived: false, severity: 'Critical' };
const becamePrivate = {
  all: [shown, { ...shown, isPrivate: true }],
  heard: [
    { event: 0, hour: 0, isLate: false },
    { event: 1, hour: 1, isLate: true },
  ],
};

it.each(Object.entries(vendors) as [Source, Told][])(
  '%s comes to the same in any order, and shows nothing private',
  async (source, told) => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ all, heard }) => {
        const world = aHearingWorld({ as: source });
        const isShown = () =>
          world.stored !== undefined && !world.stored.postmortem.restricted && world.stored.postmortem.status !== 'retracted';
        const look = (n: number, now: string) => told.vendor(all[n] as Hour, n, now).look('1');
        for (const { event, hour, isLate } of heard.toSorted((a, b) => a.hour - b.hour)) {
          const now = at(hour, isLate ? 30 : 600);
          const answered = isLate ? Math.max(0, hour - 1) : hour;
          world.answer = await look(answered, now);
          const said = Math.min(event, hour);
          const read = connectors[source].readEvent(JSON.stringify(told.event(all[said] as Hour)), now);
          if (read.kind !== 'about') throw new Error('the event was not read');
          await world.hear(read.facts);
          if (told.hides && all[said]?.isPrivate) expect(isShown()).toBe(false);
          expect(told.becomes(all[answered] as Hour) === 'nothing to see' && !isLate && isShown()).toBe(false);
        }
        // The poll comes in the end, whatever was lost before.
        const [last, end] = [all.length - 1, all.at(-1) as Hour];
        world.answer = await look(last, at(last + 1));
        await world.hear();
        const alone = aHearingWorld({ as: source, answer: world.answer });
        await alone.hear();
        const becomes = told.becomes(end);
        if (becomes === 'nothing to see') expect(isShown()).toBe(false);
        else if (becomes !== 'as it was') expect(world.stored?.postmortem).toEqual(alone.stored?.postmortem);
        if (becomes === 'published' || becomes === 'draft') expect(world.stored?.postmortem.status).toBe(becomes);
        if (source === 'pagerduty') expect(world.revisions.filter(({ status }) => status === 'published')).toEqual([]);
      }),
      { ...tries(0.2), examples: [[becamePrivate]] },
    );
  },
);
