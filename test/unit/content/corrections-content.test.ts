import { describe, expect, it } from 'vitest';
import { type Correction, correctionsContent } from '../../../core/content/corrections-content.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import { aRendition } from '../../support/rendition.ts';

const printing = { labels: severityLabels, zone: 'Europe/Berlin', now: new Date('2026-11-30T08:00:00Z') };
const entryOf = (change: Partial<Correction> = {}) =>
  correctionsContent(
    [
      {
        postmortem: aRendition({ services: ['cart', 'billing'] }),
        before: aRendition({ services: ['cart'] }),
        changes: [{ fact: 'customersAffected', before: '1200', after: '900' }],
        mayQuote: true,
        toldIn: { mail: 'the leadership brief', at: '2025-12-30T08:00:00Z' },
        changedAt: '2026-11-24T23:30:00Z',
        ...change,
      },
    ],
    [],
    printing,
  )?.entries[0];

describe('a correction', () => {
  it('says in which mail it was said, and what is right, each day in the organisation’s zone', () => {
    expect(entryOf()).toMatchObject({
      meta: 'In the leadership brief of 30 December 2025 · changed on 25 November',
      rows: [{ fact: 'Customers affected', before: '1,200', after: '900' }],
      parts: [],
      line: { text: 'Customers affected: 900.', meta: 'Corrected' },
      topics: [{ topic: 'service:cart' }],
    });
  });

  it('that may not repeat the old text says only what is right, also in its line', () => {
    const entry = entryOf({
      mayQuote: false,
      changes: [
        { fact: 'impact', before: 'A name.' },
        { fact: 'why', before: 'B', after: 'A clock was wrong' },
      ],
    });
    expect(entry).toMatchObject({
      rows: [],
      parts: [
        { label: 'Impact', text: 'No longer given' },
        { label: 'Why', text: 'A clock was wrong' },
      ],
      line: { text: 'Impact: No longer given. Why: A clock was wrong.' },
    });
    expect(JSON.stringify(entry)).not.toContain('A name');
  });

  it('of a postmortem that concerns its readers no more says so', () => {
    expect(entryOf({ isGone: true, changes: [] })).toMatchObject({
      hasPage: false,
      isFinal: false,
      meta: 'In the leadership brief of 30 December 2025 · changed on 25 November',
      parts: [{ label: 'Correct', text: 'Customers did not feel it after all.' }],
      rows: [],
    });
  });

  it('is sanitised like any card', () => {
    const changes = [{ fact: 'why', before: 'a\u0002read\u0003b\nc', after: 'd\u202ee' }] as const;
    expect(entryOf({ changes })?.rows).toEqual([
      { fact: 'Why', before: expect.not.stringMatching(/[\u0002\u0003\n]/), after: expect.not.stringMatching(/\u202e/) },
    ]);
  });

  it('is none where there is nothing to correct', () => {
    expect(correctionsContent([], [], printing)).toBeUndefined();
  });
});
