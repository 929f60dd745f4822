import { expect, it } from 'vitest';
import { givenBy } from '../../../core/intake/given-by.ts';
import { textToRevise } from '../../../core/intake/text-to-revise.ts';
import { readDocument } from '../../../core/postmortem/reading/read-document.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const now = new Date('2026-11-30T12:00:00Z');
const distribution = aDistribution();
const whole = aPostmortem({
  title: 'A failover: "everyone" out',
  summary: 'First.\n\n- one\n- two\n\n```\n---\nid: other\n---\n```',
  startedAt: '2026-11-17T10:00:00Z',
  customerImpact: { text: 'No logins.', customersAffected: 12, regions: ['eu'] },
  rootCauses: ['Lag: nobody looked.'],
  lessons: { wentWell: [], wentWrong: ['No alarm.'], gotLucky: [] },
  timeline: [{ at: '09:14', event: 'It began.' }],
  support: { say: ['It is over.'], doNotSay: [] },
  sections: [{ heading: 'Appendix', body: '# A heading in it\n\ntrue' }],
});
const revise = (change: object, source?: { type: 'text/markdown'; text: string }) =>
  textToRevise(
    {
      ...{ postmortem: { ...whole, ...change }, hash: 'h', revision: 3, updatedAt: '2026-11-20T00:00:00Z' },
      ...{ owed: [], editions: [], namedIn: [] },
    },
    distribution,
    {
      sources: { readSource: async (id, revision, hash) => (id === 'pm-1' && revision === 3 && hash === 'h' ? source : undefined) },
      now: () => now,
    },
  );

it('is the document as its author sent it', async () => {
  const source = { type: 'text/markdown', text: '# As sent\n' } as const;
  expect(await revise({}, source)).toEqual({ ...source, isAsSent: true });
});

it.each([{}, { restricted: true }, { status: 'draft' as const }])(
  'is written out of what is stored where none is kept, and says the same: %j',
  async (change) => {
    const { isAsSent, ...written } = await revise(change);
    expect(isAsSent).toBe(false);
    expect(written.text).toMatch(/^---\nid: pm-1\n/);
    expect(readDocument(written, givenBy(distribution, now)).postmortem).toEqual({ ...whole, ...change });
  },
);

it('is written out as JSON where front matter would say something else', async () => {
  const ahead = { startedAt: '2026-12-24T10:00:00Z' };
  const { type, text } = await revise(ahead);
  expect(type).toBe('application/json');
  expect(JSON.parse(text)).toMatchObject(ahead);
});
