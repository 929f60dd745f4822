import { describe, expect, it } from 'vitest';
import { readDay } from '../../../../core/postmortem/reading/moments/dates.ts';
import { dayOfTitle, findMoments } from '../../../../core/postmortem/reading/moments/find-moments.ts';
import { readMoments } from '../../../../core/postmortem/reading/moments/read-moments.ts';
import { takesLongerThan } from '../../../support/processor-time.ts';

const long = 100_000;
const repeated = (part: string) => part.repeat(Math.ceil(long / part.length)).slice(0, long);
const parts = [
  ...[
    '7',
    '2026',
    'Mon ',
    'Nov ',
    '-',
    '–',
    ' ',
    '\n',
    '. ',
    '.A',
    '(',
    '((2026-',
    '[',
    '~',
    '/',
    ':',
    ',',
    '13:',
    '13:05 ',
    '13:05 – ',
    'a ',
    'at ',
    'T',
  ],
  ...[
    '2026-11-17',
    '2026-11-17 ',
    '2026-11-17 – ',
    'Nov 17 ',
    '17 Nov 2026, ',
    '2026年',
    'UTC',
    'UTC+',
    'Europe/',
    'by 2026-11-17 ',
    'Ａ',
    '\u0301',
    '🕐',
    'Mon Nov 2026. A',
  ],
];

/** A quadratic reader takes minutes of the processor for it. */
describe('a hundred thousand characters', () => {
  it.each(parts)('of %j are read or left in a moment', (part) => {
    const text = repeated(part);
    const read = () => {
      readMoments(text, { zone: 'UTC' });
      readDay(text, new Date(0));
      dayOfTitle(text, { zone: 'UTC' });
      findMoments(text, { zone: 'UTC' });
      findMoments(`On 2026 ${text}`, { zone: 'UTC', near: new Date(0) });
    };

    expect(takesLongerThan(4000, read)).toBe(false);
  });

  it.each(parts)('of %j at the most that is looked at are read in a moment', (part) => {
    const text = repeated(part).slice(0, 200);
    const read = () => {
      for (let i = 0; i < 20; i++) readMoments(text, { zone: 'UTC' });
    };

    expect(takesLongerThan(4000, read)).toBe(false);
  });
});
