import { describe, expect, it } from 'vitest';
import { momentsOfTimeline } from '../../../../core/postmortem/reading/timeline/moments-of-timeline.ts';
import { timelineOf } from '../../../support/timelines.ts';

const context = { zone: 'Europe/Berlin' };
const momentsIn = (lines: readonly string[], more: Partial<Parameters<typeof momentsOfTimeline>[1]> = {}, heading?: string) => {
  const { start, end } = momentsOfTimeline(timelineOf(lines.map((line) => `- ${line}`).join('\n'), heading).entries, {
    ...context,
    ...more,
  });
  return [start?.moment, end?.moment];
};

describe('a timeline with days gives the start and the end', () => {
  it.each([
    ['of its first and last entry', ['2026-11-17 13:05 UTC a', '2026-11-17 13:31 UTC b'], '2026-11-17T13:05:00Z', '2026-11-17T13:31:00Z'],
    ['in the zone of the organisation', ['2026-11-17 13:05 a', '13:31 b'], '2026-11-17T12:05:00Z', '2026-11-17T12:31:00Z'],
    ['in the only zone that is written', ['2026-11-17 13:05 UTC a', '13:31 b'], '2026-11-17T13:05:00Z', '2026-11-17T13:31:00Z'],
    ['of the latest first', ['2026-11-17 13:31Z b', '2026-11-17 13:05Z a'], '2026-11-17T13:05:00Z', '2026-11-17T13:31:00Z'],
    ['of a range', ['2026-11-17 13:05 – 13:31 UTC a'], '2026-11-17T13:05:00Z', '2026-11-17T13:31:00Z'],
    ['of one entry, which has no end', ['2026-11-17 13:05 UTC a'], '2026-11-17T13:05:00Z', undefined],
    [
      'without what was written about it later',
      [
        '2026-11-17 13:05 UTC a',
        '2026-11-17 13:31 UTC b',
        '2026-11-17 16:00 UTC: postmortem written',
        '2026-11-20 09:00 UTC: review meeting',
      ],
      '2026-11-17T13:05:00Z',
      '2026-11-17T13:31:00Z',
    ],
    [
      'without a day alone',
      ['2026-11-17 13:05 UTC a', '2026-11-17 13:31 UTC b', '2026-11-20: all told'],
      '2026-11-17T13:05:00Z',
      '2026-11-17T13:31:00Z',
    ],
    [
      'without its lead-up weeks before',
      ['2026-10-20 10:00 UTC merged', '2026-11-17 13:05 UTC a', '2026-11-17 13:20 UTC b', '2026-11-17 13:31 UTC c'],
      '2026-11-17T13:05:00Z',
      '2026-11-17T13:31:00Z',
    ],
    [
      'but no end if something came days later',
      ['2026-11-17 13:05 UTC a', '2026-11-17 13:31 UTC b', '2026-11-20 08:00 UTC last customer repaired'],
      '2026-11-17T13:05:00Z',
      undefined,
    ],
    [
      'without what came weeks later',
      ['2026-11-17 13:05 UTC a', '2026-11-17 13:31 UTC b', '2026-12-20 08:00 UTC promise kept'],
      '2026-11-17T13:05:00Z',
      '2026-11-17T13:31:00Z',
    ],
    ['nothing of two days alike', ['2026-11-10 13:05 UTC a', '2026-11-17 13:31 UTC b'], undefined, undefined],
    ['nothing vague', ['before 2026-11-17 13:05 UTC a', '2026-11-17 13:31 UTC b'], '2026-11-17T13:31:00Z', undefined],
    ['nothing without a day', ['13:05 UTC a', '13:31 UTC b'], undefined, undefined],
    ['nothing without a year', ['11/17 13:05 UTC a', '11/17 13:31 UTC b'], undefined, undefined],
  ] as const)('%s', (_, lines, start, end) => {
    expect(momentsIn(lines)).toEqual([start, end]);
  });

  it('of times of day, if the day is known', () => {
    expect(momentsIn(['13:05 a', '13:31 b'], { day: '2026-11-17' }, 'Timeline (UTC)')).toEqual([
      '2026-11-17T13:05:00Z',
      '2026-11-17T13:31:00Z',
    ]);
  });

  it('over midnight, if the day is known', () => {
    expect(momentsIn(['23:50 a', '00:10 b'], { day: '2026-11-17' }, 'Timeline (UTC)')).toEqual([
      '2026-11-17T23:50:00Z',
      '2026-11-18T00:10:00Z',
    ]);
  });

  it('as written, with the zone that was assumed', () => {
    const { entries } = timelineOf('### Repair\n\n- 2026-11-17 13:05 a\n- 2026-11-17 13:31 CET b');
    expect(momentsOfTimeline(entries, context)).toEqual({
      start: { moment: '2026-11-17T12:05:00Z', at: 'Repair, 2026-11-17 13:05', zone: 'written' },
      end: { moment: '2026-11-17T12:31:00Z', at: 'Repair, 2026-11-17 13:31 CET', zone: 'written' },
    });
    expect(momentsOfTimeline(entries.slice(0, 1), context).start?.zone).toBe('assumed');
  });
});
