import { describe, expect, it } from 'vitest';
import { readingClub } from '../../../core/authoring/reading-club.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const sheet = (change: Parameters<typeof aPostmortem>[0] = {}, teams = [{ name: 'Payments', reasons: ['You run ledger.', 'Another.'] }]) =>
  readingClub({ postmortem: aPostmortem({ title: 'Down', ...change }), severityLabel: 'P1', teams, zone: 'UTC' });

describe('a sheet for a reading club', () => {
  it('stops in the middle of what happened, before the causes', () => {
    const timeline = ['alert', 'rollback', 'worse', 'fixed'].map((event, n) => ({ at: `09:0${n}`, event }));
    expect(sheet({ timeline, rootCauses: ['A lock.'] })).toMatch(
      /first half\n\n- 09:00 alert\n- 09:01 rollback\n\n\*\*Stop here\.[^#]*## What happened, the second half\n\n- 09:02 worse[\s\S]*## Why it happened\n\nA lock\./,
    );
  });

  it('does not stop where there is hardly anything to stop in', () => {
    const text = sheet({ timeline: [{ event: 'alert' }, { event: 'fixed' }] });
    expect(text).toContain('## What happened\n\n- alert\n- fixed');
    expect(text).not.toContain('Stop here');
  });

  it('asks about the hour in which nobody noticed', () => {
    const times = { startedAt: '2026-11-18T09:00:00Z', detectedAt: '2026-11-18T10:05:00Z' };
    expect(sheet(times)).toContain('It took 1 hour 5 minutes to notice.');
    expect(sheet({ startedAt: undefined })).toContain('How was it noticed?');
  });

  it('says for each team the strongest reason', () => {
    expect(sheet()).toContain('- Payments: You run ledger.');
    expect(sheet()).not.toContain('Another.');
    expect(sheet({}, [])).not.toContain('Teams that run something similar');
  });

  it('names neither authors nor owners', () => {
    const text = sheet({ authors: ['Mei Tanaka'], actionItems: [{ title: 'Alarm', owner: 'Oskar Brandt', team: 'Data', status: 'open' }] });
    expect(text).toContain('- Alarm · Data');
    expect(text).not.toMatch(/Tanaka|Brandt/);
  });

  it('lets no text of a stranger make headings or links of its own', () => {
    const text = sheet({
      title: '# [x](https://evil.example)',
      summary: '# Big\n\ntext',
      timeline: [{ event: '## no\n\n# heading' }],
      actionItems: [],
    });
    expect(text.split('\n').filter((line) => /^#{1,2} /.test(line))).toEqual([
      '# \\# \\[x\\]\\(https://evil.example\\)',
      '## What customers and colleagues saw',
      '## What happened',
      '## Questions',
    ]);
  });

  it('leaves hyphens as they are, where no line begins with one', () => {
    const text = sheet({ actionItems: [{ title: 'Re-read it', status: 'open', due: '2026-12-04' }], timeline: [{ event: '- no list' }] });
    expect(text).toContain('- Re-read it · due 2026-12-04');
    expect(text).toContain('- \\- no list');
  });

  it('leaves out what the document does not have', () => {
    const text = sheet({
      summary: undefined,
      customerImpact: undefined,
      timeline: [],
      rootCauses: [],
      lessons: undefined,
      actionItems: [],
    });
    expect(text.match(/^## .*/gm)).toEqual(['## Questions']);
  });
});
