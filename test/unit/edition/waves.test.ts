import { describe, expect, it } from 'vitest';
import { slotAt, waveDue, wavesOf } from '../../../core/edition/waves.ts';

describe('the wave of a slot', () => {
  it('leaves with the edition where the slot names no hour', () => {
    for (const slot of ['default', 'monthly', 'published']) expect(waveDue(slot, '2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00:00Z');
  });

  it('leaves at the first such day and hour from then on, that very instant included', () => {
    expect(waveDue('w1-0900-Europe--Berlin', '2026-11-23T08:00:00Z')).toBe('2026-11-23T08:00:00Z');
    expect(waveDue('w1-0800-Europe--Berlin', '2026-11-23T08:00:00Z')).toBe('2026-11-30T07:00:00Z');
    expect(waveDue('w3-0700-Asia--Kolkata', '2026-11-23T08:00:00Z')).toBe('2026-11-25T01:30:00Z');
    expect(waveDue('w1-1700-Asia--Kathmandu', '2026-11-23T08:00:00Z')).toBe('2026-11-23T11:15:00Z');
    expect(waveDue('m5-1600-America--New_York', '2026-12-01T07:00:00Z')).toBe('2026-12-04T21:00:00Z');
  });

  it('leaves at the first instant after an hour that the clocks leave out, and the first time of one that they repeat', () => {
    expect(waveDue('w7-0200-Europe--Berlin', '2026-03-27T08:00:00Z')).toBe('2026-03-29T01:00:00Z');
    expect(waveDue('w7-0200-Australia--Lord_Howe', '2026-10-02T00:00:00Z')).toBe('2026-10-03T15:30:00Z');
    expect(waveDue('w7-0200-Europe--Berlin', '2026-10-23T08:00:00Z')).toBe('2026-10-25T00:00:00Z');
  });

  it('leaves after a whole day that a place left out', () => {
    expect(waveDue('w5-0900-Pacific--Apia', '2011-12-29T00:00:00Z')).toBe('2011-12-30T10:00:00Z');
  });
});

describe('the slots that an edition goes to', () => {
  const chosen = ['default', 'w3-0700-UTC', 'monthly', 'm1-0900-UTC', 'published'];
  const scheduledFor = '2026-11-23T08:00:00Z';

  it('are those of its frequency for a digest', () => {
    const of = (frequency: 'weekly' | 'monthly' | 'published') =>
      Object.keys(wavesOf({ stream: 'engineering-digest', frequency, scheduledFor }, chosen)).toSorted();
    expect(of('weekly')).toEqual(['default', 'w3-0700-UTC']);
    expect(of('monthly')).toEqual(['m1-0900-UTC', 'monthly']);
    expect(of('published')).toEqual(['published']);
  });

  it('are all of them for a brief, so that nobody is lost when its schedule becomes monthly, and one for an alert', () => {
    expect(Object.keys(wavesOf({ stream: 'leadership-brief', frequency: 'monthly', scheduledFor }, chosen))).toEqual(chosen);
    expect(wavesOf({ stream: 'sev1-alerts', frequency: 'published', scheduledFor }, chosen)).toEqual({ default: scheduledFor });
  });

  it('have the stream’s own among them also before anybody chose one', () => {
    expect(wavesOf({ stream: 'engineering-digest', frequency: 'weekly', scheduledFor }, [])).toEqual({ default: scheduledFor });
  });
});

it('counts the slot held at the cut-off, that very instant included', () => {
  const held = [
    { slot: 'default', at: '2026-11-01T00:00:00Z' },
    { slot: 'monthly', at: '2026-11-20T00:00:00.500Z' },
  ];
  expect(slotAt(held, '2026-10-01T00:00:00Z')).toBe('default');
  expect(slotAt(held, '2026-11-20T00:00:00Z')).toBe('default');
  expect(slotAt(held, '2026-11-20T00:00:00.500Z')).toBe('monthly');
});
