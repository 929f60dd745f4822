import { describe, expect, it } from 'vitest';
import { byBm25 } from '../../../core/relevance/resembling.ts';

const documents = [
  { id: 'redis', text: 'The replicas of Redis asked the primary for a copy at once.' },
  { id: 'tls', text: 'A certificate expired on a Saturday.' },
  { id: 'queue', text: 'The queue of mails grew for hours.' },
];

describe('BM25', () => {
  it('ranks what shares more and rarer words first, and says which', () => {
    const [first, ...rest] = byBm25(documents).rank('Each replica wanted a copy of the primary, and mails waited');
    expect(first).toMatchObject({ id: 'redis', words: ['copy', 'primary', 'replica'] });
    expect(rest.map(({ id }) => id)).toEqual(['queue']);
  });

  it('names words as the text spells them, whatever their singular is', () => {
    expect(byBm25(documents).rank('Redis lost its Replicas')[0]?.words).toEqual(['redis', 'replicas']);
  });

  it('finds nothing by stop words, by numbers, and in nothing', () => {
    expect(byBm25(documents).rank('The 12 of 2026 were on a team for hours')).toEqual([]);
    expect(byBm25([]).rank('redis')).toEqual([]);
    expect(byBm25(documents).rank('')).toEqual([]);
  });

  it('gives from 0 to 1, whatever the length of the text', () => {
    const [short, long] = ['certificate expired', `certificate expired ${'certificate '.repeat(5000)}`].map(
      (text) => byBm25(documents).rank(text)[0]?.score ?? 0,
    );
    expect(short).toBeGreaterThan(0.5);
    expect(short).toBeLessThanOrEqual(1);
    expect(long).toBe(short);
  });

  it('does not depend on the order of the documents', () => {
    const text = 'A certificate and a queue';
    expect(byBm25(documents.toReversed()).rank(text)).toEqual(byBm25(documents).rank(text));
  });
});
