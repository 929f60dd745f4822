import { describe, expect, it } from 'vitest';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
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
  actionItems: [{ title: 'Fix it', link: 'https://tracker.example.com/1' }],
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

  it('says nothing where the document says nothing', () => {
    expect(Object.values(engineeringRendition(aPostmortem()).gist).filter(Boolean)).toEqual([]);
  });
});

describe('the leadership rendition', () => {
  it('has no technical depth and nobody to blame', () => {
    expect(JSON.stringify(leadershipRendition(full))).not.toMatch(/author|trigger|timeline|section|do-not-say|workaround|external|tracker/);
  });

  it('knows whether a cause is named', () => {
    expect(leadershipRendition(full).causeKnown).toBe(true);
    expect(leadershipRendition(aPostmortem()).causeKnown).toBe(false);
  });
});
