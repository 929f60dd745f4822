import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';

const given = { now: new Date('2026-12-01T00:00:00Z'), zone: 'Europe/Berlin', aliases: severityAliases({}) };
const read = (...lines: string[]) => readMarkdown(lines.join('\n'), given).postmortem;
const head = ['# Logins failed', '', 'Start: 2026-11-17 14:05', 'End: 2026-11-17 14:31', ''];

describe('the zone that a document states', () => {
  it.each([
    ['## Timeline (UTC)', '2026-11-17T14:05:00Z'],
    ['## 経緯(日本時間)', '2026-11-17T05:05:00Z'],
    ['All times are AEST (UTC+10).', '2026-11-17T04:05:00Z'],
    ['> all times UTC+8', '2026-11-17T06:05:00Z'],
    ['| Time (PST) | Event |\n|---|---|\n| 14:05 | Logins fail |', '2026-11-17T22:05:00Z'],
  ])('is that of all its times: %s', (line, startedAt) => {
    expect(read(...head, line, '', '- 14:05 Logins fail').startedAt).toBe(startedAt);
  });

  it.each([
    ['## Timeline (UTC)', '- 14:05 UTC (15:05 CET) Logins fail'],
    ['## Timeline', '- 14:05 Logins fail'],
    ['## Timeline (UTC)', 'The chart shows times in JST.'],
    ['## Timeline', 'We write all our logs in UTC.'],
  ])('is none where several are named, or the times of something else: %s %s', (heading, line) => {
    expect(read(...head, heading, '', line).startedAt).toBe('2026-11-17T13:05:00Z');
  });

  it('does not hold for a time with a zone of its own', () => {
    expect(read('# Logins failed', '', 'Start: 2026-11-17 14:05 UTC+1', '', '## Timeline (UTC)', '', '- Logins fail').startedAt).toBe(
      '2026-11-17T13:05:00Z',
    );
  });
});

describe('a bare date', () => {
  const told = 'On 17 November 2026 nobody could log in between 14:05 and 14:31.';

  it('is the day of the report where the text tells of an earlier day', () => {
    expect(read('# Logins failed', '', '**Date:** 2026-11-20', '', '## Summary', '', told)).toMatchObject({
      startedAt: '2026-11-17T13:05:00Z',
      publishedAt: '2026-11-20T00:00:00Z',
    });
  });

  it('is the day of the start where the text tells of no other day', () => {
    expect(read('# Logins failed', '', '**Date:** 2026-11-17', '', '## Summary', '', told)).toMatchObject({
      startedAt: '2026-11-17T13:05:00Z',
    });
    expect(read('# Logins failed', '', '**Date:** 2026-11-20', '', '## Summary', '', 'Nobody could log in.').startedAt).toBe('2026-11-20');
  });
});

describe('a list of readers', () => {
  it.each([
    ['all_employees@example.com', false],
    ['all-engineering-staff@example.com', false],
    ['all-security@example.com', true],
    ['payments@example.com', true],
  ])('with %s', (address, restricted) => {
    expect(read('# Logins failed', '', `**Shared with:** ${address}`, '', 'Logins failed.').restricted).toBe(restricted);
  });
});
