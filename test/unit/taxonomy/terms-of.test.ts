import { describe, expect, it } from 'vitest';
import { compile } from '../../../core/taxonomy/compile.ts';
import { ourTerms } from '../../../core/taxonomy/our-terms.ts';
import { type RenditionLike, termsOf, termsOfWords } from '../../../core/taxonomy/terms-of.ts';
import { takesLongerThan } from '../../support/processor-time.ts';

const taxonomy = compile(ourTerms);
const aText = (body: string, more: Partial<RenditionLike> = {}): RenditionLike => ({
  title: 'An incident',
  tags: [],
  services: [],
  sections: [{ heading: 'Summary', body }],
  timeline: [],
  ...more,
});
const idsIn = (body: string): string[] => termsOf(aText(body), taxonomy).map(({ id }) => id);

describe('termsOf', () => {
  it('finds a term with the words that show it and the part where they stand', () => {
    expect(termsOf(aText('At noon the **certificate** of the gateway had expired.'), taxonomy)).toEqual([
      {
        id: 'expired-certificate',
        kind: 'failure mode',
        label: 'an expired certificate',
        weight: 3,
        said: 'certificate of the gateway had expired',
        where: 'summary',
        times: 1,
      },
    ]);
  });

  it.each([
    'The certificate did not expire.',
    'Unlike an expired certificate, this shows in no log.',
    'We ruled it out: it was not an expired certificate.',
    'An expired certificate was ruled out.',
    'We renew early to avoid an expired certificate.',
    'If the certificate expires, nobody can sign in.',
    'The certificate was new. The lease had expired.',
    'The certificate was renewed by a job that Ada wrote two years ago, and a lease expired.',
    '<!-- was it an expired certificate? -->',
    'See https://example.com/expired-certificate for more.',
  ])('finds nothing where it was not so: %s', (text) => {
    expect(idsIn(text)).toEqual([]);
  });

  it('finds what was merely not noticed', () => {
    expect(idsIn('We did not notice that the certificate had expired.')).toEqual(['expired-certificate']);
  });

  it('takes a tag for the term that authors call so, and a company for no technology', () => {
    const found = termsOf(aText("Datadog's agents restarted.", { tags: ['Retries', 'capacity'], services: ['redis-sessions'] }), taxonomy);
    expect(found.map(({ id, where, said }) => [id, where, said])).toEqual([
      ['retry-storm', 'tags', 'Retries'],
      ['capacity-shortage', 'tags', 'capacity'],
      ['redis', 'services', 'redis'],
    ]);
  });

  it('counts once what several sequences say of one place', () => {
    expect(termsOf(aText('A failover failed. The failover failed again.'), taxonomy).map(({ id, times }) => [id, times])).toEqual([
      ['failover-failed', 2],
      ['failover', 2],
    ]);
  });

  it('takes time that grows with the text alone, whatever is written', () => {
    const words = ['certificate', 'failover', 'not', 'connection', '<!--', '\n', '*', 'a', '’', 'https://', '(', 'retry queue lock disk'];
    const slow = words.filter((word) => takesLongerThan(400, () => termsOf(aText(`${word} `.repeat(60_000)), taxonomy)));
    expect(slow).toEqual([]);
  });

  it('reads no promise and no lesson as what failed', () => {
    const sections = [
      { heading: 'Action items', body: 'Alert before a certificate expires.' },
      { heading: 'What went well', body: 'No expired certificate, and the certificate that expired was replaced.' },
    ];
    expect(termsOf(aText('', { sections }), taxonomy)).toEqual([]);
  });
});

describe('termsOfWords', () => {
  it('knows technologies by their names and by names that contain them', () => {
    expect(termsOfWords(['Go', 'redis-sentinel', 'capacity', 'Sessions Redis', 'REDIS'], taxonomy)).toEqual([
      'go',
      'redis-sentinel',
      'redis',
    ]);
  });
});
