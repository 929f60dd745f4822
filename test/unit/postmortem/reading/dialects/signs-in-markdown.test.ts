import { describe, expect, it } from 'vitest';
import { inMarkdown } from '../../../../../core/postmortem/reading/dialects/in-markdown.ts';
import { headingReader } from '../../../../../core/postmortem/reading/headings/heading-map.ts';
import { fromMarkdown } from '../../../../support/reading.ts';

const converted = (text: string) => inMarkdown(text, headingReader()).trim();

describe('a box', () => {
  it.each([
    [
      ':::info\n:date: **When:** 2026-11-25 16:30\n:wrench: **Services:** `mailer`\n:::',
      '- **When:** 2026-11-25 16:30\n- **Services:** `mailer`',
    ],
    [':::warning Careful\nThe full one follows.\n:::', '> **Warning:** Careful\n>\n> The full one follows.'],
    ['!!! note "Times"\n    All in UTC.\n\nText.', '> **Times**\n>\n> All in UTC.\n\nText.'],
    [
      '> [!info]- Facts\n> **Start**:: 2026-09-10 14:20\n> **End**:: 2026-09-10 16:45',
      '**Facts**\n\n**Start:** 2026-09-10 14:20\n**End:** 2026-09-10 16:45',
    ],
    ['> [!note]\n> Nobody was hurt.', '> Nobody was hurt.'],
    [':::info\nnever closed', ':::info\nnever closed'],
  ])('of %j becomes plain Markdown', (text, markdown) => {
    expect(converted(text)).toBe(markdown);
  });

  it('with a state as its title tells the status', () => {
    const { postmortem } = fromMarkdown('# Pool outage\n\n> [!warning] Draft\n> Not agreed with the team.\n\n## Summary\n\nNo orders.\n');
    expect(postmortem).toMatchObject({ status: 'draft', summary: 'No orders.' });
    expect(JSON.stringify(postmortem)).toContain('Not agreed with the team.');
  });

  it('that says that it is confidential is heard', () => {
    expect(
      fromMarkdown('# Pool outage\n\n:::danger Confidential\nFor the board.\n:::\n\n## Summary\n\nNo orders.\n').postmortem.restricted,
    ).toBe(true);
  });
});

it('takes bullets and boxes of a chat for items', () => {
  const { postmortem } = fromMarkdown(
    '# Stale index\n\n:fire: *Severity:* SEV-3\n:gear: *Services:* indexer\n\n## Timeline\n• 14:40 token revoked\n• 17:05 index caught up\n\n## To do\n☑ Tag the tokens (Oona)\n☐ Alert on age (Deshawn, 2026-04-10)\n',
  );
  expect(postmortem).toMatchObject({
    severity: 'sev3',
    services: ['indexer'],
    timeline: [{ event: 'token revoked' }, { event: 'index caught up' }],
    actionItems: [
      { title: 'Tag the tokens', owner: 'Oona', status: 'done' },
      { title: 'Alert on age', owner: 'Deshawn', due: '2026-04-10', status: 'open' },
    ],
  });
});

it('takes links between notes for their words', () => {
  expect(converted('- [[Host 3|the host]] hangs\n- [[Team A]] came, [[toc]]\n')).toBe('- the host hangs\n- Team A came, [[toc]]');
});

it('takes the items of a document that is one list for its headings', () => {
  const { postmortem, sections } = fromMarkdown(
    '- **The big flush**\n- What happened\n  - a script ran on the wrong host\n- What went well\n  - we said so\n- What we will do\n  - colour the prompt (Nadia)\n  - close tunnels (Sol) - done\n',
  );
  expect(postmortem).toMatchObject({
    title: 'The big flush',
    actionItems: [
      { title: 'colour the prompt', owner: 'Nadia', status: 'open' },
      { owner: 'Sol', status: 'done' },
    ],
  });
  expect(sections).toEqual(['summary', 'lessons', 'actions']);
});

describe('plain text', () => {
  it('has headings with numbers or in capital letters, and rows with tabs', () => {
    const { postmortem, sections } = fromMarkdown(
      'MAJOR INCIDENT REPORT\n\nNORTHLINE PLC\n\nIncident Title:\tLoss of voice\nIncident Priority:\tP1\n\n1.\tEXECUTIVE SUMMARY\n\nCalls failed.\n\n2.\tCHRONOLOGY OF EVENTS\n\n09:10\tCard replaced\n11:25\tOld card back\n\nROOT CAUSE\n\nOld firmware.\n\n4. Corrective actions\n\nCA-1\tCheck the spares\tOwner: Field Ops\tDue: 30 June 2026\tStatus: Open\nCA-2\tUpdate the manual\tOwner: G. Ostrowe\tDue: 15 May 2026\tStatus: Closed\n',
    );
    expect(postmortem).toMatchObject({
      title: 'Loss of voice',
      severity: 'sev1',
      summary: 'Calls failed.',
      rootCauses: ['Old firmware.'],
      timeline: [{ event: 'Card replaced' }, { event: 'Old card back' }],
      actionItems: [
        { owner: 'Field Ops', due: '2026-06-30' },
        { owner: 'G. Ostrowe', due: '2026-05-15', status: 'done' },
      ],
    });
    expect(sections).toEqual(['summary', 'timeline', 'cause', 'actions']);
    expect(JSON.stringify(postmortem)).toContain('NORTHLINE PLC');
  });

  it('has questions as headings, and a title below the letterhead', () => {
    const { postmortem } = fromMarkdown(
      'KLINIKUM AUENFELD – Zentrale IT\nBericht zum Ausfall des Labors\n\nPriorität: 1\n\nWas ist passiert?\nDas Labor war nicht erreichbar.\n\nWarum ist es passiert?\nEin Zertifikat war abgelaufen.\n',
    );
    expect(postmortem).toMatchObject({
      title: 'Bericht zum Ausfall des Labors',
      severity: 'sev1',
      summary: 'Das Labor war nicht erreichbar.',
      rootCauses: ['Ein Zertifikat war abgelaufen.'],
    });
  });

  it('has no title in the name of its kind', () => {
    expect(fromMarkdown('# MAJOR INCIDENT REPORT\n\n## Loss of voice\n\nCalls failed.\n').postmortem.title).toBe('Loss of voice');
  });

  it('may be nothing but a line and labels', () => {
    const { postmortem } = fromMarkdown(
      'Print server down (again)\nsev: low\nwhy: cups ate the memory\nfixed by: restart (Lou)\ntodo: disable cups (Lou)\n',
    );
    expect(postmortem).toMatchObject({ title: 'Print server down (again)', severity: 'sev4', rootCauses: ['cups ate the memory'] });
  });

  it.each([
    '# Pool\n\nSUMMARY\n\nNo orders.\n\nROOT CAUSE\n\nA disk.\n',
    'No orders at all.\n\nWhy: a disk.\n',
    '1. Timeline\n2. Root cause\n3. Impact\n',
  ])('is nothing that has other headings, or is a list: %j', (text) => {
    expect(converted(text)).toBe(text.trim());
  });
});
