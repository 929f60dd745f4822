import { describe, expect, it } from 'vitest';
import { crossFunctionalRendition } from '../../../core/rendition/cross-functional-rendition.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { LeadershipRendition, leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { projectionFor } from '../../../core/rendition/renditions.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { ourTerms } from '../../../core/taxonomy/our-terms.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { fromMarkdown } from '../../support/reading.ts';
import { aPostmortem } from '../../support/rendition.ts';

const full = aPostmortem({
  status: 'preliminary',
  services: ['cart'],
  owningTeam: 'Storefront',
  authors: ['author-canary'],
  summary: 'The cart **broke**. It was Tuesday.',
  customerImpact: { text: 'Nobody could buy.', customersAffected: 7, regions: ['EU'] },
  rootCauses: ['One cause', 'Another cause.'],
  trigger: 'trigger-canary',
  timeline: [{ at: '09:14', event: 'timeline-canary' }],
  lessons: { wentWell: ['Paging worked'], wentWrong: [], gotLucky: [] },
  support: { say: ['It works again'], doNotSay: ['do-not-say-canary'], workaround: 'workaround-canary' },
  external: { title: 'external-title-canary', body: 'external-body-canary' },
  sections: [{ heading: 'Background', body: 'section-canary' }],
  actionItems: [{ title: 'Fix it', link: 'https://tracker.example.com/1', cost: 'Two weeks', consequence: 'It breaks again.' }],
});

describe('the engineering rendition', () => {
  const rendition = engineeringRendition(full);

  it('has nothing of what support and customers are to hear', () => {
    expect(JSON.stringify(rendition)).not.toMatch(/do-not-say|workaround|external|It works again/);
  });

  it('gives a card its plain words', () => {
    expect(rendition.gist).toEqual({
      whatHappened: 'The cart broke. It was Tuesday.',
      impact: 'Nobody could buy.',
      why: 'One cause. Another cause.',
      learnt: 'Paging worked.',
    });
  });

  it('keeps the document for the page, in reading order', () => {
    expect(rendition.sections.map(({ heading }) => heading)).toEqual([
      'Summary',
      'Impact',
      'Root causes',
      'Trigger',
      'What went well',
      'Background',
    ]);
    expect(rendition.sections[2]?.body).toBe('- One cause\n- Another cause.');
    expect(rendition.timeline).toEqual([{ at: '09:14', event: 'timeline-canary' }]);
  });

  it('falls back on the first text that says something', () => {
    const bare = aPostmortem({ sections: [{ heading: '', body: 'It lived behind the VPN.' }] });
    expect(engineeringRendition(bare).gist.whatHappened).toBe('It lived behind the VPN.');
  });

  it.each(['## Lessons', '## Lessons learned', '## What we learnt', '## Erkenntnisse'])(
    'takes what stands below %s for what was learnt',
    (heading) => {
      const { postmortem } = fromMarkdown(
        `# Cart down\n\n## Summary\n\nIt was down.\n\n${heading}\n\n- Test **backups**.\n- Test restores.\n`,
      );
      expect(engineeringRendition(aPostmortem({ ...postmortem })).gist.learnt).toBe('Test backups. Test restores.');
    },
  );

  it('takes lessons that the document sorts before those that it does not', () => {
    const sections = [{ heading: 'Lessons learned', body: 'Test backups.' }];
    const lessons = { wentWell: ['Paging worked.'], wentWrong: [], gotLucky: [] };
    expect(engineeringRendition(aPostmortem({ sections, lessons })).gist.learnt).toBe('Paging worked.');
  });

  it('says nothing where the document says nothing', () => {
    expect(Object.values(engineeringRendition(aPostmortem()).gist).filter(Boolean)).toEqual([]);
  });
});

describe('the leadership rendition', () => {
  it('has no technical depth and nobody to blame', () => {
    expect(JSON.stringify(leadershipRendition(full))).not.toMatch(/author|trigger|timeline|section|do-not-say|workaround|external|tracker/);
  });

  it('tells of an action what it costs and what happens without it', () => {
    expect(leadershipRendition(full).actionItems).toEqual([
      { title: 'Fix it', status: 'open', cost: 'Two weeks', consequence: 'It breaks again.' },
    ]);
  });

  it('of an earlier release has neither, and one of a later release is read without what it adds', () => {
    const { actionItems: _, ...rest } = leadershipRendition(full);
    const earlier = { title: 'Fix it', status: 'open' };
    const later = { title: 'Fix it', status: 'open', cost: { days: 3 }, approvedBy: 'Ada' };

    expect(LeadershipRendition.parse({ ...rest, actionItems: [earlier, later] }).actionItems).toEqual([
      { title: 'Fix it', status: 'open' },
      { title: 'Fix it', status: 'open', cost: undefined },
    ]);
  });

  it('knows whether a cause is named', () => {
    expect(leadershipRendition(full).causeKnown).toBe(true);
    expect(leadershipRendition(aPostmortem()).causeKnown).toBe(false);
  });
});

describe('the rendition for support, sales and marketing', () => {
  it('has what customers saw and what may be said, and nothing else', () => {
    const pm = aPostmortem({
      ...full,
      startedAt: '2026-11-17T12:52:00Z',
      support: { ...full.support, doing: ['**Restarting** it'], contact: '#incident-desk', nextNewsAt: '2026-11-17T16:00:00Z' },
    });

    expect(crossFunctionalRendition(pm)).toEqual({
      id: 'a-postmortem',
      title: 'Something broke',
      severity: 'sev3',
      status: 'preliminary',
      services: ['cart'],
      startedAt: '2026-11-17T12:52:00Z',
      customersAffected: 7,
      regions: ['EU'],
      saw: 'Nobody could buy.',
      say: ['It works again'],
      doNotSay: ['do-not-say-canary'],
      workaround: 'workaround-canary',
      doing: ['Restarting it'],
      contact: '#incident-desk',
      nextNewsAt: '2026-11-17T16:00:00Z',
    });
  });

  it('has no text in place of one that is missing', () => {
    const { summary, sections } = full;

    expect(crossFunctionalRendition(aPostmortem({ summary, sections, customerImpact: { customersAffected: 1 } }))).toMatchObject({
      saw: undefined,
      say: [],
      doing: [],
    });
  });

  it('is bounded, whatever the document has', () => {
    const long = 'word '.repeat(2000);
    const made = crossFunctionalRendition(aPostmortem({ support: { say: Array.from({ length: 100 }, () => long), workaround: long } }));

    expect(made?.say).toHaveLength(20);
    expect([...(made?.say ?? []), made?.workaround].filter((text) => (text?.length ?? 0) > 600)).toEqual([]);
  });

  it('is not made where customers felt nothing', () => {
    expect(crossFunctionalRendition(aPostmortem({ summary: 'A build failed.' }))).toBeUndefined();
  });
});

describe('the entry of the archive', () => {
  const pm = aPostmortem({
    title: 'Redis was full',
    tags: ['capacity'],
    rootCauses: ['The certificate of the replica had expired, so that it fell behind. Nobody was told.'],
    actionItems: [{ title: 'Alarm on replication lag' }],
  });
  const entryFor = (audience: Audience, taxonomy = taxonomyOf({})) =>
    projectionFor(audience, { postmortem: pm, revision: 3 }, '2026-11-18T10:00:00Z', taxonomy)?.entry;

  it('has the terms that the text shows, the most telling first, and the cause in a sentence', () => {
    expect(entryFor('engineering')).toMatchObject({
      revision: 3,
      terms: ['redis', 'capacity-shortage', 'expired-certificate'],
      why: 'The certificate of the replica had expired, so that it fell behind.',
    });
  });

  it('has those of the file', () => {
    const taxonomy = taxonomyOf({ taxonomy: { failureModes: [{ id: 'full-store', label: 'a full store', says: ['redis …2 full'] }] } });
    expect(entryFor('engineering', taxonomy)?.terms).toEqual(['redis', 'full-store', 'capacity-shortage', 'expired-certificate']);
  });

  it('has no terms for other audiences', () => {
    expect(entryFor('leadership')).not.toHaveProperty('terms');
  });

  it('stays small, however much a text says', () => {
    const all = ourTerms.map(({ label }) => label).join('\n\n');
    const long = aPostmortem({ summary: all, rootCauses: ['x'.repeat(5000)] });
    const entry = projectionFor('engineering', { postmortem: long, revision: 1 }, '2026-11-18T10:00:00Z', taxonomyOf({}))?.entry;
    expect(entry?.terms).toHaveLength(40);
    expect(entry?.why?.length).toBeLessThanOrEqual(221);
  });
});
