import { describe, expect, it } from 'vitest';
import { dayOfTitle, type FindContext, type FoundMoments, findMoments } from '../../../../core/postmortem/reading/moments/find-moments.ts';

const inUtc: FindContext = { zone: 'UTC', latest: '2026-11-30T00:00:00Z' };

/** The words, the start, and behind `..` the end. */
function told(found: FoundMoments | undefined): readonly [words: string, moments: string] | undefined {
  if (found === undefined) return undefined;
  const { start, end } = found.found;
  return [found.text, end === undefined ? start : `${start}..${end}`];
}

const day = '2026-11-17';
const at = '2026-11-17T13:05:00Z';
const both = '2026-11-17T13:05:00Z..2026-11-17T13:31:00Z';

describe('the time of an incident in prose', () => {
  it.each([
    [
      'On 17 November 2026 between 21:27 UTC and 07:27 UTC nobody could log in.',
      '17 November 2026 between 21:27 UTC and 07:27 UTC',
      '2026-11-17T21:27:00Z..2026-11-18T07:27:00Z',
    ],
    ['Search was down for 66 minutes on 2026-11-17 from 13:05 UTC.', '2026-11-17 from 13:05 UTC', at],
    ['2026-11-18, 10:00 to 14:30 UTC: no orders.', '2026-11-18, 10:00 to 14:30 UTC', '2026-11-18T10:00:00Z..2026-11-18T14:30:00Z'],
    ['On Monday, 2026-11-16 our website was down.', 'Monday, 2026-11-16', '2026-11-16'],
    ['At 13:05 UTC on 17 November 2026 the pool ran dry.', '13:05 UTC on 17 November 2026', at],
    ['On Nov. 17, 2026, at 1:05 p.m. UTC, the pool ran dry.', 'Nov. 17, 2026, at 1:05 p.m. UTC', at],
    ['The pool ran dry (2026-11-17 13:05–13:31 UTC).', '2026-11-17 13:05–13:31 UTC', both],
    ['The pool ran dry on the morning of 17 November 2026.', '17 November 2026', day],
    ['On 2026-11-17 at 13:05 (UTC) the pool ran dry.', '2026-11-17 at 13:05 (UTC)', at],
    ['The pool ran dry. It was the 17th of November 2026. We saw it late.', '17th of November 2026', day],
    [
      'On 17 November 2026, nobody could log in between 13:05 and 13:31 UTC.',
      '17 November 2026, nobody could log in between 13:05 and 13:31 UTC',
      both,
    ],
    [
      'Between 13:05 and 13:31 UTC nobody could log in (17 November 2026).',
      '13:05 and 13:31 UTC nobody could log in (17 November 2026',
      both,
    ],
    ['Since 2026-11-17 13:05 UTC nobody can log in.', '2026-11-17 13:05 UTC', at],
    ['We run 1.2.3 since 2019. On 2026-11-17 it broke.', '2026-11-17', day],
    ['We upgraded to 12.0.2 by 2026-11-10. On 2026-11-17 it broke.', '2026-11-17', day],
    ['From January 14 to January 19, 2026 the checkout was broken.', 'January 14 to January 19, 2026', '2026-01-14..2026-01-19'],
    [
      'Am 17. November 2026 war die Suche von 13:05 bis 13:31 Uhr nicht erreichbar.',
      '17. November 2026 war die Suche von 13:05 bis 13:31 Uhr',
      both,
    ],
    ['Le 17 novembre 2026 à 13h05, la base a cessé de répondre.', '17 novembre 2026 à 13h05', at],
    [
      'El 17 de noviembre de 2026, entre las 13:05 y las 13:31 UTC, nadie pudo entrar.',
      '17 de noviembre de 2026, entre las 13:05 y las 13:31 UTC',
      both,
    ],
    ['2026年11月17日13:05に障害が発生しました。', '2026年11月17日13:05', at],
  ])('%s', (text, words, moments) => {
    const found = findMoments(text, inUtc);

    expect(told(found)).toEqual([words, moments]);
    expect(text.slice(found?.index, (found?.index ?? 0) + words.length)).toBe(words);
  });

  it('takes the year from what is near, if that is known', () => {
    const text = 'From March 15th to March 17th the pool ran dry.';

    expect(findMoments(text, inUtc)).toBeUndefined();
    expect(told(findMoments(text, { ...inUtc, near: new Date('2023-03-23T20:10:01Z') }))?.[1]).toBe('2023-03-15..2023-03-17');
  });

  it.each([
    'Version 1.2.3 and v2026.11.17 are affected.',
    'The ticket INC-2026-11-17 says more.',
    'See https://status.example.com/2026/11/17/outage for more.',
    'Ticket 20261117 was opened.',
    'It cost $2,026 and 11 17 hosts.',
    'It lasted 13:05 minutes, from 10.0.0.1 to 10.0.0.17.',
    'We will replace it by 2026-11-20.',
    'The certificate expires on 2026-11-20.',
    'Published on 2026-11-20.',
    'Last updated: 2026-11-18',
    'All of it was restored on Tuesday, November 17, 2026.',
    'The fix was completed by 2026-11-17 13:31 UTC.',
    'Since 2019 we use Redis.',
    'Since 2026-03-01 we use Redis.',
    'On 2027-03-01 we leave the old region.',
    'On 11/12/2026 it broke.',
    'In May 5 hosts failed, and 3/4 of the users saw it.',
    'You may 17 times retry.',
    'The fix is in release 2026-11-17.',
    'At 13:05 UTC the pool ran dry.',
    'In November 2026 we saw more of it.',
  ])('is not in %j', (text) => {
    expect(findMoments(text, { ...inUtc, near: new Date('2026-11-20T00:00:00Z') })).toBeUndefined();
  });
});

describe('the date of a title', () => {
  it.each([
    ['2026-11-17 sign-in outage', day],
    ['2026-11-17: sign-in outage', day],
    ['2026-11-17-sign-in-outage', day],
    ['20261117 sign-in outage', day],
    ['[2026-11-17] Sign-in outage', day],
    ['Incident 17 November 2026: sign-in outage', day],
    ['INC-7 – 2026-11-17', day],
    ['INC-7 – 2026-11-17 – sign-in outage', day],
    ['Postmortem: 2026-11-17', day],
    ['Sign-in outage (17 November 2026)', day],
    ['Sign-in outage on November 17, 2026', day],
    ['Sign-in outage – 2026-11-17 13:05–13:31 UTC', both],
    ['January 14-19, 2026: checkout outage', '2026-01-14..2026-01-19'],
    ['Störung am 17.11.2026', day],
    ['2026年11月17日の障害について', day],
  ])('%s', (title, moments) => {
    expect(told(dayOfTitle(title, inUtc))?.[1]).toBe(moments);
  });

  it.each([
    'Sign-in outage',
    'Sign-in outage of 17 November',
    'The move to API 2026-11-17 broke the checkout',
    'Rollback of release 2026-11-17',
    'Outage 11/12/2026',
    'Year 2038',
  ])('is not in %s', (title) => {
    expect(dayOfTitle(title, inUtc)).toBeUndefined();
  });
});
