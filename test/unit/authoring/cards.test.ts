import { expect, it } from 'vitest';
import { cardFor } from '../../../core/authoring/cards.ts';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';

const draft = Postmortem.parse({
  id: 'a-failover',
  title: 'A failover logged everyone out',
  severity: 'sev2',
  customerImpact: { text: 'Everyone was logged out.' },
  startedAt: '2026-11-24T09:04:00Z',
  resolvedAt: '2026-11-24T09:30:00Z',
});
const impact = { severities: ['sev2'], schedule: { every: 'week', on: 'monday', at: '08:00' }, contact: '#incident-desk' };
const said = (streams: object) =>
  cardFor('cross-functional', draft, aDistribution({ streams }), new Date('2026-11-24T12:00:00Z'))?.parts.find(
    ({ label }) => label === 'Say',
  )?.texts;

it('names whom to ask, as the mails do', () => {
  expect(said({ 'customer-impact': impact })).toEqual(['Nothing has been approved to say yet. Ask #incident-desk.']);
});

it('asks nobody where no stream says whom', () => {
  expect(said({})).toEqual(['Nothing has been approved to say yet.']);
});
