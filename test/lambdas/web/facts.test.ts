import { expect, it } from 'vitest';
import { EngineeringBody } from '../../../lambdas/shared/postmortem/engineering-body.tsx';
import { Facts } from '../../../lambdas/shared/postmortem/facts.tsx';
import { aRendition } from '../../support/rendition.ts';

const now = new Date('2026-11-30T08:00:00Z');
const factsOf = (fields: Record<string, unknown>) => String(Facts({ of: aRendition(fields), now, zone: 'Europe/Berlin' }));

it('tells a day as a day', () => {
  expect(factsOf({ startedAt: '2026-11-26' })).toContain('<dt>Began</dt><dd dir="auto">Thursday 26 November</dd>');
  expect(factsOf({ startedAt: '2025-11-26' })).toContain('Wednesday 26 November 2025</dd>');
  expect(factsOf({ startedAt: '2026-11-26', resolvedAt: '2026-11-26T14:00:00Z' })).not.toContain('Lasted');
  expect(factsOf({ startedAt: '2026-11-21', resolvedAt: '2026-11-26' })).toContain('<dt>Lasted</dt><dd dir="auto">6 days</dd>');
});

it('tells the hour with its zone where it is known', () => {
  const facts = factsOf({ startedAt: '2026-11-26T08:00:00Z', mitigatedAt: '2026-11-26T08:41:00Z' });
  expect(facts).toContain('Thursday 26 November at 09:00, Berlin time</dd>');
  expect(facts).toContain('<dt>Lasted</dt><dd dir="auto">41 minutes</dd>');
});

it('tells a day of publication as that day, west of Greenwich too', () => {
  const of = aRendition({ publishedAt: '2026-11-26T00:00:00Z' });
  expect(String(Facts({ of, now, zone: 'America/Los_Angeles' }))).toContain('<dt>Published</dt><dd dir="auto">26 November</dd>');
});

it('tells a timeline in the zone of who looks, and names it, unless it has no instant', () => {
  const bodyOf = (at: string, zone: string) =>
    String(EngineeringBody({ of: aRendition({ timeline: [{ at, event: 'Paged' }] }), now, zone }));

  expect(bodyOf('2026-11-26T18:30:00Z', 'Asia/Tokyo')).toContain('Times are Tokyo time.</p><dl><dt>Friday 27 November 03:30</dt>');
  expect(bodyOf('2026-11-26T18:30:00Z', 'Europe/Berlin')).toContain('Times are Berlin time.</p><dl><dt>Thursday 26 November 19:30</dt>');
  expect(bodyOf('around noon', 'Asia/Tokyo')).not.toContain('Times are');
});
