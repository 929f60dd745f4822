import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { findSpan } from '../../../../core/postmortem/reading/moments/find-span.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';

const given = { now: new Date('2026-12-01T00:00:00Z'), zone: 'UTC', aliases: severityAliases({}) };
const read = (...lines: string[]) => readMarkdown(lines.join('\n'), given).postmortem;
const span = (text: string, day?: string) => {
  const found = findSpan(text, { zone: 'UTC', latest: '2026-12-01T00:00:00Z', ...(day !== undefined && { day }) });
  return found === undefined ? undefined : [found.start.start, found.end?.start].filter(Boolean);
};
const both = ['2026-11-17T13:05:00Z', '2026-11-17T13:31:00Z'];

describe('start and end in several places of a text', () => {
  it.each([
    ['On 17 November 2026 nobody could log in. The outage began at 13:05 UTC and was resolved by 13:31 UTC.'],
    ['At 13:05 UTC on 17 November 2026 logins failed. As of 13:31 all systems were functioning as normal.'],
    ['At 2026-11-17 13:05 UTC we deployed. We reverted at 13:20; the last errors were seen at 13:31 UTC.'],
    ['Logins failed on 17 November 2026. While the event started at 13:05 UTC and ended at 13:31 UTC, mails were late until evening.'],
    ['Am 17.11.2026 um 13:05 Uhr fiel die Anmeldung aus. Die Störung war behoben um 13:31 Uhr.'],
    ['Between {13:05 and 13:31} on 17 November 2026 nobody could log in.'],
    ['Le 17 novembre 2026, la connexion était coupée, de 13 h 05 à 13 h 31.'],
  ])('%s', (text) => {
    expect(span(text)).toEqual(both);
  });

  it('passes midnight', () => {
    expect(span('The outage of 17 November 2026 began at 23:40 UTC. Service was restored at 00:10 UTC.')).toEqual([
      '2026-11-17T23:40:00Z',
      '2026-11-18T00:10:00Z',
    ]);
  });

  it('reads times of a day that the labels tell', () => {
    expect(span('Nobody could log in from 13:05 to 13:31 UTC.', '2026-11-17')).toEqual(both);
  });

  it.each([
    ['On 17 November 2026 logins failed. The nightly job starts at 13:05 UTC and nobody noticed until 13:31.', ['2026-11-17']],
    ['At 13:05 UTC on 17 November 2026 logins failed. It should have been resolved by 13:10.', ['2026-11-17T13:05:00Z']],
    ['The previous incident of this sort was on 20 January 2026 at 10:00 UTC.', undefined],
    ['Analysis date: 23/11/2026', undefined],
    ['On Tue, 17 Nov 2026 at 16:02, Bea wrote: is mail down?', undefined],
  ])('takes no more than is said: %s', (text, expected) => {
    expect(span(text)).toEqual(expected);
  });
});

describe('the times of a document', () => {
  it('are those of a text below any heading about the incident', () => {
    const text = 'Nobody could log in on 17 November 2026 between 13:05 and 13:31 UTC.';
    for (const heading of ['What happened', 'Impact', 'D2 Problembeschreibung', 'The outage']) {
      expect(read('# Logins failed', '', '## Cause', '', 'A full pool.', '', `## ${heading}`, '', text)).toMatchObject({
        startedAt: both[0],
        resolvedAt: both[1],
      });
    }
  });

  it.each(['Background', 'Related incidents', 'Revision history', 'Next steps'])('are not those below "%s"', (heading) => {
    const text = 'Nobody could log in on 17 November 2025 between 13:05 and 13:31 UTC.';
    expect(read('# Logins failed', '', 'Logins failed.', '', `## ${heading}`, '', text).startedAt).toBeUndefined();
  });

  it('are those of the entries that say so', () => {
    const timeline = [
      '- 13:01 Deploy',
      '- 13:05 **OUTAGE BEGINS**',
      '- 13:09 Incident begins',
      '- 13:31 Impact ends.',
      '- 14:20 Report sent',
    ];
    expect(read('# Logins failed', '', '**Date:** 2026-11-17', '', '## Timeline (UTC)', '', ...timeline)).toMatchObject({
      startedAt: both[0],
      resolvedAt: both[1],
    });
  });

  it('are not those of the output of a program', () => {
    const log = ['```', '2026-11-17T13:05:03Z worker exit 101', '```'];
    expect(
      read('# Logins failed', '', 'Logins failed.', '', '## What went wrong', '', 'It crashed:', '', ...log).startedAt,
    ).toBeUndefined();
  });
});
