import { describe, expect, it } from 'vitest';
import { emptiedContent, type PostSettings, postContent, struckContent } from '../../../core/content/post-content.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import { renditions } from '../../../core/rendition/renditions.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const settings: PostSettings = { link: 'https://lessons.example.com/s/abc', labels: severityLabels, zone: 'Europe/Berlin' };
const outage = aPostmortem({
  title: 'Retries turned a slow database into 58 minutes without checkout',
  severity: 'sev1',
  services: ['checkout', 'payments'],
  owningTeam: 'Payments',
  startedAt: '2026-11-19T12:35:00Z',
  mitigatedAt: '2026-11-19T13:33:00Z',
  summary: 'A new index slowed the payments database.',
  customerImpact: { text: 'Nobody could pay.', customersAffected: 120_000, regions: ['EU'] },
  lessons: { wentWrong: ['Retry budgets belong to the call, not to the layer.'] },
  actionItems: [{ title: 'Limit retries', team: 'Payments', due: '2026-12-04' }],
  support: { say: ['Paying by bank transfer works.', 'You were not charged.'], doNotSay: ['Why it broke.'] },
});

/** What an audience reads, from top to bottom. */
const readBy = (audience: Audience, pm = outage, more: Partial<PostSettings> = {}) => {
  const rendition = renditions[audience].make(pm);
  if (!rendition) throw new Error('does not concern them');
  return postContent(audience, rendition as never, { ...settings, ...more });
};

it('tells engineers what happened, who was hurt, what was learnt and what is promised', () => {
  expect(readBy('engineering')).toEqual({
    view: 'full',
    notification: 'Sev-1: Retries turned a slow database into 58 minutes without checkout',
    title: 'Retries turned a slow database into 58 minutes without checkout',
    meta: 'Sev-1 · checkout, payments · Payments · Thursday 19 November 2026, 13:35 to 14:33 Berlin time · 120,000 customers affected · final account',
    parts: [
      { label: 'What happened', texts: ['A new index slowed the payments database.'] },
      { label: 'Who was affected', texts: ['Nobody could pay.'] },
      { label: 'What we learnt', texts: ['Retry budgets belong to the call, not to the layer.'] },
      { label: 'What will change', texts: ['Limit retries (Payments, 4 December 2026).'] },
    ],
    link: { url: 'https://lessons.example.com/s/abc', words: 'Read the postmortem' },
  });
});

it('tells leaders the outcome, whom it reached and the next steps', () => {
  expect(readBy('leadership').parts).toEqual([
    { label: 'Where it stands', texts: ['Mitigated after 58 minutes.'] },
    { label: 'Who was affected', texts: ['Nobody could pay.'] },
    { label: 'Next steps', texts: ['Limit retries (Payments, 4 December 2026).'] },
  ]);
  for (const actionItems of [[], [{ title: 'No', status: 'declined' }]])
    expect(readBy('leadership', aPostmortem({ actionItems })).parts.at(-1)?.texts).toEqual(['No actions are promised.']);
});

it('tells support what customers saw, what to say and what not, under the warning', () => {
  const { banner, meta, parts } = readBy('cross-functional');

  expect(banner).toBe('Internal: do not forward. Tell customers only what stands under Say.');
  expect(meta).toBe('Sev-1 · Thursday 19 November 2026, 13:35 to 14:33 Berlin time · 120,000 customers affected · final account');
  expect(parts).toEqual([
    { label: 'What customers saw', texts: ['Nobody could pay.'] },
    { label: 'Say', texts: ['Paying by bank transfer works.', 'You were not charged.'] },
    { label: 'Do not say', texts: ['Why it broke.'] },
  ]);
});

it('says so where nothing is approved to say yet', () => {
  const [, say] = readBy('cross-functional', aPostmortem({ customerImpact: { text: 'Nobody could pay.' } })).parts;

  expect(say).toEqual({ label: 'Say', texts: ['Nothing has been approved to say yet.'] });
});

describe('when it was', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'over two days',
      { startedAt: '2026-11-19T22:30:00Z', mitigatedAt: '2026-11-20T00:30:00Z' },
      'Thursday 19 November 2026, 23:30 to Friday 20 November 2026, 01:30 Berlin time',
    ],
    ['days alone', { startedAt: '2026-11-19', resolvedAt: '2026-11-21' }, 'Thursday 19 November 2026 to Saturday 21 November 2026'],
    ['not over', { startedAt: '2026-11-19T12:35:00Z' }, 'since Thursday 19 November 2026 at 13:35, Berlin time, no end is given yet'],
    ['an end alone', { resolvedAt: '2026-11-19T12:35:00Z' }, 'over since Thursday 19 November 2026 at 13:35, Berlin time'],
  ])('%s', (_, times, told) => {
    expect(readBy('engineering', aPostmortem(times)).meta).toBe(`Sev-2 · ${told} · final account`);
  });

  it('is left out where nobody says', () => {
    expect(readBy('engineering', aPostmortem({ status: 'preliminary' })).meta).toBe('Sev-2 · preliminary account');
  });
});

it('speaks of a severity by its label, and of none in words', () => {
  expect(readBy('engineering', outage, { labels: { ...severityLabels, sev1: 'P0' } }).notification).toMatch(/^P0: Retries/);
  expect(readBy('engineering', aPostmortem({ severity: 'unclassified' })).notification).toMatch(/^Not yet classified: /);
});

it('has no link where there is none', () => {
  expect(readBy('engineering', outage, { link: undefined })).not.toHaveProperty('link');
});

it('is the same on each day, though a promise is overdue by now', () => {
  const late = aPostmortem({ actionItems: [{ title: 'Limit retries', due: '2020-01-01' }] });

  expect(JSON.stringify(readBy('engineering', late))).toContain('Limit retries (1 January 2020).');
});

it('lists four promises, the open ones first, and says how many more there are', () => {
  const actionItems = ['done', 'open', 'declined', 'open', 'open', 'open'].map((status, n) => ({ title: `Act ${n}`, status }));
  const { parts } = readBy('engineering', aPostmortem({ actionItems }));

  expect(parts.at(-1)).toEqual({
    label: 'What will change',
    texts: ['Act 1.', 'Act 3.', 'Act 4.', 'Act 5.', 'And 1 more in the postmortem.'],
  });
  expect(readBy('engineering', aPostmortem({ actionItems: [{ title: 'No', status: 'declined' }] })).parts.at(-1)?.label).not.toBe(
    'What will change',
  );
});

it('says how many texts it leaves out, so that nobody takes a list for complete', () => {
  const doNotSay = Array.from({ length: 9 }, (_, n) => `${n} ${'word '.repeat(30)}`.trim());
  const { parts } = readBy('cross-functional', aPostmortem({ customerImpact: { customersAffected: 1 }, support: { doNotSay } }));

  expect(parts.at(-1)?.texts.map((text) => text.slice(0, 8))).toEqual(['0 word w', '1 word w', '2 word w', 'And 6 mo']);
});

describe('taken back', () => {
  it('leaves the title, struck through, and when', () => {
    expect(struckContent('Partner exports were lost', '2026-11-26')).toEqual({
      view: 'struck',
      notification: 'Taken back: Partner exports were lost',
      title: 'Partner exports were lost',
      parts: [],
      note: 'Taken back on 26 November 2026. What stood here no longer counts.',
    });
  });

  it('leaves no title where nobody knows it any more', () => {
    expect(struckContent(undefined, '2026-11-26')).not.toHaveProperty('title');
  });
});

it.each([
  ['withdrawn', /was withdrawn/],
  ['not concerned', /no customer was affected/],
  ['shared', /shared with another company/],
] as const)('leaves nothing of it: %s', (why, said) => {
  const content = emptiedContent(why);

  expect(content).toEqual({ view: 'emptied', notification: content.note, parts: [], note: expect.stringMatching(said) });
});
