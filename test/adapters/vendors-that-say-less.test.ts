import { expect, it } from 'vitest';
import { fireHydrant } from '../../adapters/vendors/firehydrant.ts';
import { pagerDuty } from '../../adapters/vendors/pagerduty.ts';
import { statuspage } from '../../adapters/vendors/statuspage.ts';
import { aHearingWorld } from '../support/connector/world.ts';

/** A vendor that answers by path; what is not among it is 404. */
function aReach(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const fetched: typeof fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    asked.push(`${new Headers(init?.headers).get('authorization')} ${pathname}`);
    return new Response(JSON.stringify(answers[pathname] ?? {}), { status: pathname in answers ? 200 : 404 });
  };
  return { asked, reach: { url: 'https://api.vendor.example', token: async () => 'secret', fetch: fetched } };
}
const now = () => new Date('2026-12-08T10:00:00Z');
const fireHydrantOf = (incident: Record<string, unknown>, reports: unknown = [], seesPublicOnly = true, at = now()) => {
  const paths = { '/v1/incidents/1': { id: '1', name: 'Search was empty', severity: 'SEV1', ...incident } };
  const { reach } = aReach({ ...paths, '/v1/post_mortems/reports': { data: reports }, '/v1/post_mortems/reports/R/reasons': { data: [] } });
  return fireHydrant(reach, { seesPublicOnly, now: () => at }).look('1');
};
const report = { id: 'R', incident_id: '1', summary: 'The index was lost.' };
const value = (facts: Record<string, unknown>) => ({ kind: 'found', value: { facts } });

it('takes of FireHydrant for public only what it says, or what the file says of the key', async () => {
  expect(await fireHydrantOf({})).toMatchObject(value({ private: { value: false, at: '2026-12-08T09:59:00Z' } }));
  expect(await fireHydrantOf({ restricted: true })).toMatchObject(value({ private: { value: true } }));
  expect(JSON.stringify(await fireHydrantOf({}, [], false))).not.toContain('"private"');
});

it('takes of FireHydrant when an incident was declared', async () => {
  expect(await fireHydrantOf({ created_at: '2026-12-08T08:04:00.123Z' })).toMatchObject({ value: { declaredAt: '2026-12-08T08:04:00Z' } });
});

it('reads of FireHydrant no text before it is finished, none of another incident, and none that nobody wrote', async () => {
  const closed = { current_milestone: 'closed', milestones: [{ type: 'closed', updated_at: '2026-12-01T09:00:00Z' }] };
  expect(await fireHydrantOf(closed, [report])).toMatchObject({
    value: { body: '## Summary\n\nThe index was lost.', facts: { status: { value: 'published' } }, finishedAt: '2026-12-01T09:00:00Z' },
  });
  expect(await fireHydrantOf(closed)).toMatchObject(value({ status: { value: 'none' } }));
  const without = [
    await fireHydrantOf({ current_milestone: 'resolved' }, [report]),
    await fireHydrantOf(closed, [{ ...report, incident_id: '2' }]),
    await fireHydrantOf({ ...closed, restricted: true }, [report]),
    await fireHydrantOf({ ...closed, summary: 'We look into it.' }, [
      { ...report, summary: '', questions: [{ title: 'Why?', body: ' ' }] },
    ]),
  ];
  for (const looked of without) expect(looked).not.toHaveProperty('value.body');
});

it.each([
  ['closed before its retrospective was written', {}, []],
  ['archived by mistake', { discarded_at: '2026-12-08T09:30:00Z' }, [report]],
])('publishes what FireHydrant had %s', async (_, change, reports) => {
  const closed = {
    severity: 'Critical',
    current_milestone: 'closed',
    milestones: [{ type: 'closed', updated_at: '2026-12-01T09:00:00Z' }],
  };
  const world = aHearingWorld({ now: '2026-12-16T10:00:00Z' });
  world.answer = await fireHydrantOf({ ...closed, ...change }, reports);
  await world.hear();
  world.answer = await fireHydrantOf(closed, [report], true, new Date('2026-12-16T09:00:00Z'));
  await world.hear();
  // It is no news: it was finished more than two weeks ago.
  expect(world.stored?.postmortem).toMatchObject({ status: 'published', restricted: false, publishedAt: '2026-12-01T09:00:00Z' });
});

it('joins an incident of PagerDuty that was merged, and takes back what has a lower priority', async () => {
  const incident = { id: 'Q1', title: 'Orders', priority: { summary: 'P1' }, updated_at: '2026-12-08T09:00:00Z' };
  const look = (change: Record<string, unknown>) => {
    const { asked, reach } = aReach({ '/incidents/Q1': { incident: { ...incident, ...change } } });
    return { asked, looked: pagerDuty(reach, { seesPublicOnly: true, isMapped: (name) => name === 'P1', now }).look('Q1') };
  };
  const { asked, looked } = look({ resolve_reason: { type: 'merge_resolve_reason', incident: { id: 'Q2' } } });
  expect(await looked).toMatchObject(value({ joins: { value: 'pagerduty-q2' }, status: { value: 'none' }, severity: { value: 'P1' } }));
  expect(asked).toEqual(['Token token=secret /incidents/Q1']);
  for (const priority of [null, { summary: 'P4' }])
    expect(await look({ priority }).looked).toMatchObject(value({ status: { value: 'deleted' } }));
});

it('asks nobody about an incident of PagerDuty that a producer took over, whatever becomes of its priority', async () => {
  const { reach } = aReach({
    '/incidents/Q1': { incident: { id: 'Q1', title: 'Orders', priority: { summary: 'Critical' }, updated_at: '2026-12-08T09:00:00Z' } },
  });
  const look = (isMapped: boolean) =>
    pagerDuty(reach, {
      seesPublicOnly: true,
      isMapped: () => isMapped,
      now: () => new Date(`2026-12-08T10:0${isMapped ? 0 : 1}:00Z`),
    }).look('Q1');
  const world = aHearingWorld({ as: 'pagerduty', answer: await look(true) });
  expect((await world.hear()).incident.state).toBe('declared');
  world.putByKey();
  world.answer = await look(false);
  expect((await world.hear()).incident).toMatchObject({ state: 'ignored' });
});

it.each(['2026-12-08T09:00:00Z', '2026-12-08T09:00:01Z', '2026-12-08T09:00:02Z', '2026-12-08T09:00:03Z'])(
  'declares what PagerDuty changed last at %s once its priority is mapped, and takes it back without',
  async (updated_at) => {
    const { reach } = aReach({
      '/incidents/Q1': { incident: { id: 'Q1', title: 'Orders', priority: { summary: 'Critical' }, updated_at } },
    });
    const world = aHearingWorld();
    const states: string[] = [];
    for (const [minute, isMapped] of [false, true, false, true].entries()) {
      const at = () => new Date(`2026-12-08T10:0${minute}:00Z`);
      world.answer = await pagerDuty(reach, { seesPublicOnly: true, isMapped: () => isMapped, now: at }).look('Q1');
      states.push((await world.hear()).incident.state);
    }
    expect(states).toEqual(['hidden', 'declared', 'hidden', 'declared']);
  },
);

it('reads of Statuspage the text that is published, not the draft of the next', async () => {
  const incident = { id: '1', name: 'Mails', impact: 'major', updated_at: '2026-12-08T09:00:00Z' };
  const published = { ...incident, postmortem_published_at: '2026-12-08T09:00:00Z', postmortem_body: 'Of the incident.' };
  const look = (one: unknown, page: unknown) => {
    const text = { body: 'The queue was full.', body_draft: 'Not yet.' };
    const { asked, reach } = aReach({ '/v1/pages/p/incidents/1': one, '/v1/pages/p': page, '/v1/pages/p/incidents/1/postmortem': text });
    return { asked, looked: statuspage(reach, 'p').look('1') };
  };
  const { asked, looked } = look(published, { viewers_must_be_team_members: false });
  expect(await looked).toMatchObject({ value: { body: 'The queue was full.', facts: { severity: { value: 'major' } } } });
  expect(asked[0]).toBe('OAuth secret /v1/pages/p/incidents/1');
  expect(await look(published, {}).looked).not.toHaveProperty('value.body');
  expect(await look(published, { viewers_must_be_team_members: true }).looked).toMatchObject(value({ private: { value: true } }));
  expect(await look(incident, {}).looked).toEqual({
    kind: 'found',
    value: { facts: { status: { value: 'none', at: '2026-12-08T09:00:00Z', seen: 'api' } }, services: [], times: {}, actions: [] },
  });
});

it('asks again where half an answer came', async () => {
  const { reach } = aReach({ '/v1/incidents/1': {}, '/incidents/1': {}, '/v1/pages/p/incidents/1': {}, '/v1/pages/p/incidents': {} });
  const later = { kind: 'later', seconds: 60 };
  expect(await fireHydrant(reach, { seesPublicOnly: true, now }).look('1')).toEqual(later);
  expect(await pagerDuty(reach, { seesPublicOnly: true, isMapped: () => true, now }).look('1')).toEqual(later);
  expect([await statuspage(reach, 'p').look('1'), await statuspage(reach, 'p').changedSince('2026-12-08T00:00:00Z')]).toEqual([
    later,
    later,
  ]);
});

it('names what changed since, page by page', async () => {
  const since = '2026-12-08T00:00:00Z';
  const entry = (id: string, updated_at = '2026-12-08T09:00:00Z') => ({ id, updated_at });
  const { reach } = aReach({
    '/v1/incidents': { data: [entry('1')] },
    '/v1/post_mortems/reports': { data: [{ id: 'R', incident: { id: '2' } }] },
    '/incidents': { incidents: [entry('3'), entry('old', '2026-12-01T00:00:00Z')], more: true },
    '/v1/pages/p/incidents': [
      { ...entry('4', '2026-12-01T00:00:00Z'), postmortem_body_last_updated_at: '2026-12-08T01:00:00Z' },
      entry('5'),
    ],
  });
  const found = (refs: string[], next?: string) => ({ kind: 'found', value: { refs, ...(next && { next }) } });
  const hydrant = fireHydrant(reach, { seesPublicOnly: true, now });
  expect(await hydrant.changedSince(since)).toEqual(found(['1'], 'archived:'));
  expect(await hydrant.changedSince(since, 'reports:')).toEqual(found(['2']));
  expect(await pagerDuty(reach, { seesPublicOnly: true, isMapped: () => true, now }).changedSince(since)).toEqual(found(['3'], '2'));
  expect(await statuspage(reach, 'p').changedSince(since)).toEqual(found(['4', '5']));
});
