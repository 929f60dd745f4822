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

it.each(['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt'])('refuses a field %s of more than a day ahead', (field) => {
  expect(refusal(() => fromJson({ title: 'Disk full', [field]: '2026-10-08' })).fields).toContain(field);
  expect(refusal(() => fromMarkdown(`---\n${field}: 2027-10-05T10:00:00Z\n---\n# Disk full`)).fields).toContain(field);
  expect(fromJson({ title: 'Disk full', [field]: '2026-10-07' }).postmortem).toMatchObject({ [field]: '2026-10-07' });
});

it('leaves out a time of more than a day ahead in a body, keeps its words and quotes them', () => {
  const read = fromMarkdown('# Disk full\n\n**Start:** 2027-10-05 10:00 UTC\n\nThe disk was full.\n');
  expect(read.postmortem.startedAt).toBeUndefined();
  expect(read.warnings).toContain(
    'The start "2027-10-05 10:00 UTC" in the line below the title is in the future, so it was left out. Correct it.',
  );
  expect(JSON.stringify(read.postmortem.sections)).toContain('2027-10-05 10:00 UTC');
});

it('warns of a publication before the incident', () => {
  const warning = 'It says that it was published on 2025-01-01, before the incident began (2026-10-05T13:05:00Z). Correct one of them.';
  expect(fromJson({ ...times, publishedAt: '2025-01-01' }).warnings).toContain(warning);
  expect(fromJson({ ...times, publishedAt: '2026-10-05' }).warnings.join()).not.toContain('before the incident');
});

it('began at the first time of a timeline of the day that a label gives, in the zone of the document', () => {
  const read = fromMarkdown(
    '# DNS failed\n\nDate: Oct 2, 2026\n\n## Timeline\n2026-10-02 (all times Pacific)\n\n* 17:05 outage begins\n* 17:59 outage ends\n',
  );
  expect(read.postmortem).toMatchObject({ startedAt: '2026-10-03T00:05:00Z', resolvedAt: '2026-10-03T00:59:00Z' });
});

it.each([
  ['Duration: 3 hours', '2026-10-05T13:00:00Z'],
  ['**Duration:** 45 min', '2026-10-05T10:45:00Z'],
  ['- Outage duration: 1h 30m', '2026-10-05T11:30:00Z'],
  ['Dauer: 2 Stunden', '2026-10-05T12:00:00Z'],
  ['Duration: about 3 hours', undefined],
  ['Duration: 2 days', undefined],
  ['Time to detect: 5 minutes', undefined],
])('ended, by the start and "%s"', (line, resolvedAt) => {
  const start = '**Start:** 2026-10-05 10:00 UTC';
  const read = fromMarkdown(`# Disk full\n\n${start}\n${line}\n\n## Summary\n\nThe disk was full.\n`);
  expect(read.postmortem.resolvedAt).toBe(resolvedAt);
  if (resolvedAt !== undefined) {
    expect(read.recognised).toContainEqual({ what: 'end', value: resolvedAt, from: 'the start and the duration' });
    expect(JSON.stringify(read.postmortem.sections)).toContain(line.replace(/^.*:[* ]*/, ''));
  }
});

it('did not end by a length where an end or no hour of the start is given', () => {
  const end = fromMarkdown('# Disk full\n\n**Start:** 2026-10-05 10:00 UTC\n**End:** 2026-10-05 11:00 UTC\n**Duration:** 3 hours\n');
  expect(end.postmortem.resolvedAt).toBe('2026-10-05T11:00:00Z');
  expect(fromMarkdown('# Disk full\n\n**Date:** 2026-10-05\n**Duration:** 3 hours\n').postmortem.resolvedAt).toBeUndefined();
});
