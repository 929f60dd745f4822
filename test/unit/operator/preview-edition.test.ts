import { describe, expect, it } from 'vitest';
import { type PromisedAction, readActionRow } from '../../../core/action/action.ts';
import type { BriefContent } from '../../../core/content/brief-content.ts';
import type { Block } from '../../../core/mail/fragments.ts';
import { type PreviewDeps, previewEdition, type WantedPreview } from '../../../core/operator/preview-edition.ts';
import { renditions } from '../../../core/rendition/renditions.ts';
import { renderDigest } from '../../../emails/render-edition.ts';
import { aProfile, someFragments } from '../../support/delivery.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { reviewsInMemory } from '../../support/reviews-in-memory.ts';

const late: PromisedAction = {
  aid: 'a',
  title: 'Alarm on lag',
  status: 'open',
  due: '2026-11-09',
  postmortem: 'old',
  postmortemTitle: 'Old',
  promisedAt: '2026-09-01T10:00:00Z',
};
const monthly = { 'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' } } };

/** A preview on 10 November, and the briefs that were rendered for it. */
function aPreview(streams: object = monthly) {
  const briefs: BriefContent[] = [];
  const deps: PreviewDeps = {
    distribution: async () => aDistribution({ streams }),
    postmortems: {
      changedSince: async () => [],
      read: async () => undefined,
      editionsOf: async () => new Map(),
      listedOf: async () => new Map(),
      readRevision: async () => undefined,
      recordEdition: async () => expect.fail('a preview notes nothing'),
    },
    renditions: async () => undefined,
    actions: async () => [late, { ...late, aid: 'b', due: '2026-11-20' }].map((action) => readActionRow({ ...action })),
    relevance: async () => new Map(),
    readership: { readings: { of: async () => [] }, sizes: { read: async () => undefined } },
    similar: async () => [],
    actionRows: async () => [],
    externals: { read: async () => undefined },
    sids: async () => ({}),
    editions: {
      read: async () => undefined,
      putContent: async () => expect.fail('a preview stores nothing'),
      create: async () => expect.fail('a preview stores nothing'),
      withhold: async () => {},
      correct: async () => {},
      begin: async () => expect.fail('a preview begins nothing'),
    },
    renderDigest: () => someFragments({ blocks: [] }),
    renderBrief: (content) => {
      briefs.push(content);
      return someFragments({ blocks: [] });
    },
    renderAlert: () => someFragments({ blocks: [] }),
    renderUpdate: () => someFragments({ blocks: [] }),
    renderImpact: () => someFragments({ blocks: [] }),
    renderImpactWeek: () => someFragments({ blocks: [] }),
    renderReminders: () => someFragments({ blocks: [] }),
    renderService: () => someFragments({ blocks: [] }),
    updates: { read: async () => undefined, put: async () => expect.fail('a preview decides nothing') },
    ranges: { read: async () => undefined },
    zones: async () => [],
    drift: { read: async () => undefined },
    heldMail: { read: async () => undefined },
    reviews: reviewsInMemory(),
    registry: { slots: async () => expect.fail('a preview has no readers') },
    now: () => new Date('2026-11-10T12:00:00Z'),
    publicUrl: 'https://lessons.example.com',
    profileOf: async () => undefined,
  };
  return { briefs, preview: (stream: 'leadership-brief' | 'customer-notices', at?: string) => previewEdition({ stream, at }, deps), deps };
}

describe('a preview of the leadership brief', () => {
  it('tells of the month that is running, as far as it is known by now', async () => {
    const { preview, briefs } = aPreview();
    expect((await preview('leadership-brief')).edition).toBe('leadership-brief_2026-11');
    expect(briefs[0]?.headline).toBe('A quiet month. One action is 1 day overdue.');
  });

  it('tells of the week that is running where the brief is weekly', async () => {
    const { preview } = aPreview({ 'leadership-brief': { schedule: { every: 'week', on: 'monday', at: '08:00' } } });
    expect((await preview('leadership-brief')).edition).toBe('leadership-brief_2026-W46');
  });

  it('of an earlier instant is told as of then', async () => {
    const { preview, briefs } = aPreview();
    expect((await preview('leadership-brief', '2026-11-01T07:00:00Z')).edition).toBe('leadership-brief_2026-10');
    expect(briefs[0]?.headline).toBe('A quiet month.');
  });
});

it.each([
  ['a stream that the file leaves out', 'leadership-brief', {}, 'Add it under streams'],
  ['a stream that nothing composes', 'customer-notices', monthly, 'Use engineering-digest or leadership-brief or customer-impact or sev1-'],
] as const)('refuses %s and says what to do', async (_, stream, streams, remedy) => {
  await expect(aPreview(streams).preview(stream)).rejects.toMatchObject({
    flaws: [{ field: 'stream', remedy: expect.stringContaining(remedy) }],
  });
});

describe('a preview of the digest', () => {
  const digest = { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' } } };

  it('shows the month’s, and one postmortem as it is published, to who chose that', async () => {
    const { deps } = aPreview(digest);
    const month = await previewEdition({ stream: 'engineering-digest', frequency: 'monthly' }, deps);
    expect(month.edition).toBe('engineering-digest_2026-11');
    const stored = {
      postmortem: aPostmortem(),
      revision: 1,
      hash: 'h',
      updatedAt: '2026-11-10T00:00:00Z',
      owed: [],
      editions: [],
      namedIn: [],
    };
    const told = { ...deps, postmortems: { ...deps.postmortems, read: async () => stored } };
    const published = await previewEdition({ stream: 'engineering-digest', frequency: 'published', postmortem: 'pm-1' }, told);
    expect(published.edition).toBe('engineering-digest_pm-1_r1');
  });

  it.each([
    ['frequency', { stream: 'leadership-brief', frequency: 'monthly' }],
    ['postmortem', { stream: 'engineering-digest', frequency: 'published' }],
    ['postmortem', { stream: 'engineering-digest', frequency: 'published', postmortem: 'nowhere' }],
  ] as const)('is refused by its %s', async (field, wanted) => {
    await expect(previewEdition(wanted, aPreview(digest).deps)).rejects.toMatchObject({ flaws: [{ field }] });
  });
});

describe('what a mail program shows of a preview', () => {
  const wanted = { stream: 'leadership-brief' } as const;
  const brief = distributionYaml.replace(
    /streams:[\s\S]*?teams:/,
    'streams: { leadership-brief: { schedule: { every: month, on: 1, at: "08:00" } } }\nteams:',
  );

  it('is the sender, the reader that was named, and where replies go', async () => {
    const { deps } = aPreview();
    const anybodys = await previewEdition(wanted, deps);
    expect(anybodys).toMatchObject({ from: 'Afterword <afterword@example.com>', replyTo: 'afterword@example.com' });
    expect(anybodys.to ?? anybodys.headers['Reply-To']).toBeUndefined();

    const adas = await previewEdition(
      { ...wanted, as: 'ada' },
      { ...deps, profileOf: async () => aProfile({ address: 'ada@example.com' }) },
    );
    expect(adas.to).toBe('ada@example.com');
  });

  it('is that of a file which is not applied, if one is sent', async () => {
    const brands: unknown[] = [];
    const { deps } = aPreview({});
    const renderBrief: PreviewDeps['renderBrief'] = (_, brand) => {
      brands.push(brand);
      return someFragments({ blocks: [] });
    };
    const shown = (distribution: string) => previewEdition({ ...wanted, distribution }, { ...deps, renderBrief });

    expect(await shown(`${brief}brand: { accent: "#7a1fa2", replyTo: desk@example.com }\n`)).toMatchObject({
      replyTo: 'desk@example.com',
      headers: { 'Reply-To': 'desk@example.com' },
    });
    expect(brands).toEqual([{ accent: '#7a1fa2', replyTo: 'desk@example.com' }]);
    await expect(shown(`${brief}brand: { accent: "#ffff00" }\n`)).rejects.toMatchObject({ flaws: [{ field: 'brand.accent' }] });
  });
});

describe('a preview of what matters much to a team', () => {
  const postmortem = aPostmortem({ severity: 'sev1', publishedAt: '2026-11-09T10:00:00Z' });
  const reason = { reason: { kind: 'runs' as const, service: 'ledger' }, key: 'runs ledger', sentence: 'You run ledger.' };
  const matters = (score: number) => ({
    ...{ postmortem: 'pm-1', revision: 1, at: '2026-11-09T10:00:00Z', terms: [], similar: [] },
    teams: [{ team: 'team:payments', name: 'Payments', score, reasons: [reason] }],
  });
  function aMail(score: number, streams: object = { 'relevant-incidents': { severities: ['sev1'] } }) {
    const { deps } = aPreview(streams);
    const stored = { postmortem, revision: 1, hash: 'h', updatedAt: '2026-11-09T10:00:00Z', owed: [], editions: [], namedIn: [] };
    const told = {
      ...deps,
      postmortems: { ...deps.postmortems, read: async () => stored },
      renditions: async () => renditions.engineering.make(postmortem),
      relevance: async () => new Map([['pm-1', matters(score)]]),
      renderDigest,
      profileOf: async () => aProfile({ team: 'Payments' }),
    };
    return (more: Partial<WantedPreview> = {}) => previewEdition({ stream: 'relevant-incidents', postmortem: 'pm-1', ...more }, told);
  }

  it('shows the card to anybody, and its reason to who is in the team', async () => {
    const mail = aMail(7);
    const { edition, text } = await mail();
    expect(edition).toBe('relevant-incidents_pm-1_r1');
    expect(text).toContain(postmortem.title);
    expect(text).not.toContain('You run ledger.');
    expect((await mail({ as: 'ada@example.com' })).text).toContain('You run ledger.');
  });

  it.each([
    ['without a postmortem', aMail(7), { postmortem: undefined }, 'Say which: --postmortem ID.'],
    ['where it matters much to nobody', aMail(4), {}, 'afterword relevance ID'],
    ['of a severity that the file does not name', aMail(7, { 'relevant-incidents': { severities: ['sev2'] } }), {}, 'severe enough'],
    ['where the file does not name the stream', aMail(7, {}), {}, 'Add it under streams'],
    [
      'of a draft, of which nobody knows to whom it matters',
      aMail(7),
      { postmortem: undefined, draft: { type: 'text/markdown', text: '# A' } },
      'Preview the digest with it.',
    ],
  ] as const)('is refused %s', async (_why, mail, wanted, remedy) => {
    await expect(mail(wanted)).rejects.toMatchObject({ flaws: [{ remedy: expect.stringContaining(remedy) }] });
  });
});

it('says which frequency a stream does not offer', async () => {
  const wanted = { stream: 'customer-impact', frequency: 'monthly' } as const;
  await expect(previewEdition(wanted, aPreview().deps)).rejects.toMatchObject({
    flaws: [
      { field: 'frequency', problem: 'monthly is not offered by customer-impact', remedy: 'Use published or weekly, or leave it out.' },
    ],
  });
});

it('leaves out what was restricted since it was listed', async () => {
  const { deps } = aPreview();
  const names = { postmortems: ['old'], instead: { html: 'A promise that is not shown', text: 'A promise that is not shown' } };
  const promise: Block = { kind: 'fixed', fragment: { html: 'from “Old”', text: 'from “Old”' }, names };
  const renderBrief = () => someFragments({ blocks: [promise], standsWithoutCards: true });
  const stored = { revision: 2, hash: 'h', updatedAt: '2026-11-10T00:00:00Z', owed: [], editions: [], namedIn: [] };
  const read = async (change: object) => ({ ...stored, postmortem: aPostmortem({ id: 'old', ...change }) });
  const preview = (change: object) =>
    previewEdition(
      { stream: 'leadership-brief' },
      { ...deps, renderBrief, postmortems: { ...deps.postmortems, read: () => read(change) } },
    );

  expect((await preview({ status: 'published' })).text).toContain('from “Old”');
  const { html, text } = await preview({ restricted: true });
  expect(html + text).not.toContain('Old');
});
