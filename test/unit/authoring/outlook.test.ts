import { expect, it } from 'vitest';
import { cardFor } from '../../../core/authoring/cards.ts';
import { outlookOf } from '../../../core/authoring/outlook.ts';
import type { ListedEdition } from '../../../core/edition/ports.ts';
import { draftAsStored } from '../../../core/intake/draft-as-stored.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-26T12:00:00Z');
const schedule = { every: 'week', on: 'monday', at: '09:00' };
const distribution = aDistribution({
  streams: {
    'engineering-digest': { schedule, subscribe: [] },
    'sev1-alerts': { severities: ['sev1'], subscribe: [] },
    'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' }, subscribe: [] },
    'customer-impact': { schedule, severities: ['sev1', 'sev2'], contact: '#support', subscribe: [] },
  },
});
const draft = (more = '', front = '') =>
  draftAsStored(
    {
      type: 'text/markdown',
      text: `---\nseverity: sev1\nstart: 2026-11-26 10:00\n${front}---\n# Pool ran dry\n\n## Summary\n\nNo orders.\n\n${more}`,
    },
    distribution,
    { postmortems: { readCurrent: async () => undefined }, now: () => now },
  );
const sent = (edition: string, accepted: number): ListedEdition => ({
  ...{ edition, stream: edition.split('_')[0] ?? '', scheduledFor: '2026-11-23T08:00:00Z', composedAt: '2026-11-23T08:00:00Z' },
  ...{ subject: '', postmortems: 1, state: 'complete', counts: { accepted, 'skipped: snoozed': 3 } },
});
const outlook = async (more = '', front = '') =>
  outlookOf(
    await draft(more, front),
    distribution,
    [sent('engineering-digest_2026-W47', 1030), sent('engineering-digest_2026-10', 5)],
    now,
  );

it('says what each audience gets, when, and how many got the last one', async () => {
  expect(await outlook()).toEqual([
    {
      audience: 'engineering',
      mails: [
        { stream: 'engineering-digest', way: 'as published', frequency: 'published' },
        { stream: 'engineering-digest', way: 'next edition', frequency: 'weekly', at: new Date('2026-11-30T08:00:00Z'), readers: 1030 },
      ],
    },
    {
      audience: 'leadership',
      mails: [
        { stream: 'sev1-alerts', way: 'at once', frequency: 'published' },
        { stream: 'leadership-brief', way: 'next edition', frequency: 'weekly', at: new Date('2026-12-01T07:00:00Z') },
      ],
    },
    expect.objectContaining({ audience: 'cross-functional', mails: [], why: 'They get nothing yet. It needs one of these:' }),
  ]);
});

it('gives headings that are enough, once something stands below them', async () => {
  const [, , before] = await outlook();
  const pasted = (before?.paste ?? '').replaceAll('…', 'They could not order.');
  const [, , after] = await outlook(pasted);

  expect(after?.mails.map(({ stream, way }) => `${stream} ${way}`)).toEqual(['customer-impact at once', 'customer-impact next edition']);
  const card = cardFor('cross-functional', (await draft(pasted)).postmortem, distribution, now);
  expect(card?.parts.map(({ label }) => label)).toEqual(expect.arrayContaining(['What customers saw', 'Say', 'Do not say']));
});

it.each([
  ['', 'restricted: true\n', 'It is restricted: nobody is told of it.'],
  ['', 'status: retracted\n', 'It is retracted: nobody is told of it.'],
  ['## Impact\n\nNone.\n', '', 'It says that customers noticed nothing. If they did, say what they saw.'],
])('says why nobody who talks with customers is told: %j %j', async (more, front, why) => {
  expect((await outlook(more, front))[2]).toMatchObject({ mails: [], why });
});

it('shows each audience its own card', async () => {
  const { postmortem } = await draft('## What went wrong\n\nNo alarm.\n');
  const labels = (['engineering', 'leadership'] as const).map((one) =>
    cardFor(one, postmortem, distribution, now)?.parts.map(({ label }) => label),
  );
  expect(labels).toEqual([
    ['What happened', 'What we learnt'],
    ['Where it stands', 'What happened'],
  ]);
  expect(cardFor('cross-functional', postmortem, distribution, now)).toBeUndefined();
});
