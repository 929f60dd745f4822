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

it('reads a time without a zone in the zone of the organisation, wherever it stands', () => {
  const berlin = { zone: 'Europe/Berlin' };
  const read = [
    fromMarkdown('---\nstartedAt: 2026-10-05 09:00\n---\n# Disk full', berlin),
    fromMarkdown('# Disk full\n\n**Start time:** 2026-10-05 09:00\n', berlin),
    fromJson({ title: 'Disk full', startedAt: '2026-10-05 09:00' }, berlin),
  ];
  expect(read.map(({ postmortem }) => postmortem.startedAt)).toEqual(Array(3).fill('2026-10-05T07:00:00Z'));
  expect(new Set(read.map(({ postmortem }) => postmortem.id)).size).toBe(1);
  expect(fromJson({ title: 'Disk full', startedAt: '2026-10-05 09:00' }).postmortem.startedAt).toBe('2026-10-05T09:00:00Z');
});
