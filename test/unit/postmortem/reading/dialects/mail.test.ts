import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

it.each([
  [
    'From: Theo Marchetti <theo@example.com>\nTo: customers@example.com\nDate: Thu, 21 May 2026 09:14:07 +0100\nSubject: Fwd: Your mail',
    'Hi all,',
  ],
  ['De : Theo Marchetti\nEnvoyé : 21/05/2026 09:14:07 +0100\nÀ : tous\nObjet : Your mail', 'Bonjour à tous,'],
  [
    'Von: Theo Marchetti\nGesendet: Donnerstag, 21. Mai 2026 09:14:07 +01:00\nAn: alle\nBetreff: WG: Your mail',
    'Liebe Kolleginnen und Kollegen,',
  ],
])('reads the mail that begins with %j', (headers, greeting) => {
  const { postmortem } = fromMarkdown(`${headers}\n\n${greeting}\n\nMail was stuck on our relay.\n\nTheo\n\n> Is mail down?\n`);
  expect(postmortem).toMatchObject({ title: 'Your mail', authors: ['Theo Marchetti'], summary: 'Mail was stuck on our relay.' });
  expect(postmortem.publishedAt).toMatch(/^2026-05-21T/);
  for (const kept of [greeting, 'Is mail down?']) expect(JSON.stringify(postmortem)).toContain(kept);
});

it('takes labels of a document for no headers of a mail', () => {
  const { postmortem } = fromMarkdown('Subject: Relay\nFrom: 2026-05-19 14:10 UTC\nSeverity: SEV-2\n\nMail was stuck.\n');
  expect(postmortem).toMatchObject({ severity: 'sev2' });
});
