import { expect, it } from 'vitest';
import { fromJson, fromMarkdown, refusal } from '../../../support/reading.ts';

const times = { title: 'Disk full', startedAt: '2026-10-05T13:05:00Z' };

it('keeps what has no hour as a day, by JSON, front matter and label line alike', () => {
  expect(fromJson({ ...times, startedAt: '2026-10-05', detectedAt: '5 October 2026' }).postmortem).toMatchObject({
    startedAt: '2026-10-05',
    detectedAt: '2026-10-05',
  });
  expect(fromMarkdown('---\ndate: 2026-10-05\nresolved: 2026-10-05T14:00:00Z\n---\n# Disk full').postmortem).toMatchObject({
    startedAt: '2026-10-05',
    resolvedAt: '2026-10-05T14:00:00Z',
  });
  expect(fromMarkdown('# Disk full\n\n**Date:** 2026-10-05\n').postmortem.startedAt).toBe('2026-10-05');
});

it('keeps the date of publication as an instant', () => {
  expect(fromJson({ ...times, publishedAt: '2026-10-06' }).postmortem.publishedAt).toBe('2026-10-06T00:00:00Z');
});

it('may have ended on the day on which it began at some hour', () => {
  expect(fromJson({ ...times, resolvedAt: '2026-10-05' }).postmortem.resolvedAt).toBe('2026-10-05');
  expect(fromJson({ ...times, startedAt: '2026-10-05', mitigatedAt: '2026-10-05T01:00:00Z' }).postmortem.startedAt).toBe('2026-10-05');
  expect(refusal(() => fromJson({ ...times, resolvedAt: '2026-10-04' })).fields).toEqual(['resolvedAt']);
  expect(refusal(() => fromJson({ ...times, resolvedAt: '2026-10-05T13:04:00Z' })).fields).toEqual(['resolvedAt']);
});
