import { expect, it } from 'vitest';
import { checkAlone } from '../../../core/intake/check-alone.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-19T12:00:00Z');
const alone = (text: string, distribution = aDistribution()) => checkAlone({ type: 'text/markdown', text }, 'pool', { distribution, now });
const front = (lines: string) => `---\ntitle: The pool ran dry\npublishedAt: 2026-11-19T10:00:00Z\n${lines}\n---\n## Summary\nIt did.\n`;

it('says who would be told by the file, and names no revision', async () => {
  const answer = await alone(front('severity: SEV-1'));

  expect(answer).toMatchObject({ id: 'pool', outcome: 'checked', severity: 'sev1', sections: ['summary'], warnings: [] });
  expect(answer.tells?.[0]).toBe('Sev-1 alerts, at once');
  expect(answer).not.toHaveProperty('revision');
});

it('says without a file nothing of who would be told', async () => {
  const answer = await checkAlone({ type: 'text/markdown', text: front('severity: SEV-1') }, 'pool', { distribution: undefined, now });

  expect(answer).not.toHaveProperty('tells');
});

it('does not claim that the postmortem which tells of it instead is not there', async () => {
  const answer = await alone(front('severity: SEV-1\nmerged into: other'));

  expect(answer.status).toBe('retracted');
  expect(answer.warnings.join()).not.toContain('nothing has the id');
});

it('refuses as publishing would, with line and column', async () => {
  const refusal = await alone(front('severity: huge')).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(Refused);
  expect(refusal).toMatchObject({ flaws: [{ field: 'severity', line: 4, column: 11 }] });
});

it('tells that a text was garbled before it came', async () => {
  expect((await alone(front('severity: SEV-2\nowningTeam: Caf\uFFFD'))).warnings[0]).toContain('could not be read');
});
