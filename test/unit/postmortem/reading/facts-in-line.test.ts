import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

const times = { startedAt: '2026-09-17T13:05:00Z', resolvedAt: '2026-09-17T13:31:00Z' };
const read = (line: string, zone = 'UTC') => fromMarkdown(`# Everybody was logged out\n\n${line}\n\n## Cause\n\nA restart.\n`, { zone });

describe('a line of facts in a row', () => {
  it.each([
    ['sev2, 2026-09-17 13:05-13:31 UTC'],
    ['SEV-2 | 2026-09-17 13:05–13:31 UTC'],
    ['Severity: SEV-2, start 2026-09-17 13:05 UTC, end 2026-09-17 13:31 UTC'],
    ['SEV2, started 2026-09-17 13:05 UTC and ended at 2026-09-17 13:31 UTC.'],
    ['SEV2; began on 17 September 2026 13:05 UTC; resolved 17 September 2026 13:31 UTC'],
  ])('is read: %j', (line) => {
    const { postmortem, warnings } = read(line);
    expect(postmortem).toMatchObject({ severity: 'sev2', ...times });
    expect(warnings).toEqual([]);
  });

  it('may state the zone of its times at its end', () => {
    const line = '**Incident began at** 2026-09-17 06:05 and ended at 2026-09-17 06:31 (all times are **US/Pacific**).';
    expect(read(line).postmortem).toMatchObject(times);
  });

  it.each([
    ['Started the migration on 2026-09-17, resolved a conflict of 2026-09-18 by hand.'],
    ['sev2, as in the report of 2026-09-17'],
    ['We began at 13:05, and it was bad.'],
  ])('is nothing else: %j', (line) => {
    const { postmortem } = read(line);
    expect(postmortem.severity).toBe('unclassified');
    expect(JSON.stringify(postmortem)).toContain(line);
  });
});

describe('a line with labels', () => {
  it('keeps what stands before the first one', () => {
    const { postmortem } = read('_Published 30 September 2026 · severity: **High** · reference SEC-26-09_');
    expect(postmortem.severity).toBe('sev2');
    expect(JSON.stringify(postmortem)).toContain('Published 30 September 2026');
    expect(JSON.stringify(postmortem)).toContain('SEC-26-09');
  });

  it('of Statuspage has its impact as a grade, which any severity overrides', () => {
    expect(read('**Impact:** Minor').postmortem.severity).toBe('sev3');
    expect(read('**Impact:** Minor\n**Priority:** P2')).toMatchObject({ postmortem: { severity: 'sev2' }, warnings: [] });
    expect(read('**Impact:** Minor delays of mails').postmortem).toMatchObject({
      severity: 'unclassified',
      customerImpact: { text: 'Minor delays of mails' },
    });
  });
});

describe('the order of numbers in dates', () => {
  const dated = (headings: readonly [string, string], label: string) =>
    fromMarkdown(`# X-7\n\n**${label}:** 07/09/2026 14:00\n\n## ${headings[0]}\n\nAbc.\n\n## ${headings[1]}\n\nDef.\n`);

  it.each([
    ['Spanish', ['Resumen', 'Causa raíz'], 'Inicio'],
    ['Portuguese', ['Resumo', 'Causa raiz'], 'Início'],
    ['French', ['Résumé', 'Cause racine'], 'Début'],
    ['German', ['Zusammenfassung', 'Ursache'], 'Beginn'],
    ['Italian', ['Riepilogo', 'Causa principale'], 'Inizio'],
  ] as const)('is that of %s headings, and it is said', (_, headings, label) => {
    const { postmortem, warnings } = dated(headings, label);
    expect(postmortem.startedAt).toBe('2026-09-07T14:00:00Z');
    expect(warnings).toContainEqual(
      expect.stringMatching(/^"07\/09\/2026.*" was taken as 2026-09-07, because .* language, have the day first\.$/),
    );
  });

  it('is unknown in English', () => {
    const { postmortem, warnings } = dated(['Summary', 'Root cause'], 'Start');
    expect(postmortem.startedAt).toBeUndefined();
    expect(warnings).toContainEqual(expect.stringContaining('may be'));
  });

  it('is what another date shows, whatever the language', () => {
    const text = '# X-7\n\n**Inicio:** 07/09/2026 14:00\n**Fin:** 07/31/2026 15:00\n\n## Resumen\n\nAbc.\n\n## Causa raíz\n\nDef.\n';
    expect(fromMarkdown(text).postmortem.startedAt).toBe('2026-07-09T14:00:00Z');
  });
});

it.each([
  ['Japanese', ['概要', '根本原因'], '重大度'],
  ['German', ['Zusammenfassung', 'Ursache'], 'Schweregrad'],
  ['English', ['Summary', 'Root cause'], 'Severity'],
] as const)('a table of facts in %s may hold sections', (_, [summary, cause], severity) => {
  const rows = [`| ${severity} | SEV1 |`, `| ${summary} | Two of ten failed |`, `| ${cause} | A small limit |`];
  const { postmortem } = fromMarkdown(`# X-7 Payments\n\n| A | B |\n|---|---|\n${rows.join('\n')}\n`);
  expect(postmortem).toMatchObject({ severity: 'sev1', summary: 'Two of ten failed', rootCauses: ['A small limit'] });
});

it.each([
  ['# Package index unavailable, 14 Feb 2026 (report)', '2026-02-14'],
  ['# Package index unavailable, 14 Feb 2026 (build 77)', undefined],
  ['# Package index unavailable, 14 Feb 2026 in two regions', undefined],
])('the date of a title may have a remark behind it: %j', (title, startedAt) => {
  expect(fromMarkdown(`${title}\n\n## Cause\n\nA full disk.\n`).postmortem.startedAt).toBe(startedAt);
});

describe('a severity', () => {
  const below = (line: string, summary = 'Queues were full.') =>
    fromMarkdown(`# Queues were full\n\n${line}\n\n## Summary\n\n${summary}\n\n## Cause\n\nA change.\n`);

  it('may be a label of GitLab, beside others', () => {
    const { postmortem } = below('~"Incident::Resolved" ~"severity::3" ~"Service::Sidekiq" ~"RootCause::Software-Change" ~backstage');
    expect(postmortem).toMatchObject({ severity: 'sev3', status: 'published', services: ['Sidekiq'] });
    expect(JSON.stringify(postmortem)).toContain('RootCause::Software-Change');
    expect(JSON.stringify(postmortem)).toContain('backstage');
  });

  it.each([
    ['This **sev-1** incident affected all customers.', 'sev1'],
    ['It was declared a P2 incident at once.', 'sev2'],
    ['The last sev-1 incident was worse.', 'unclassified'],
    ['This sev-1 incident was declared a sev-2 incident. This sev-2 incident is over.', 'unclassified'],
  ])('may stand in the summary: %j', (summary, severity) => {
    expect(below('Abc.', summary).postmortem.severity).toBe(severity);
  });

  it('of a label is trusted more than the summary', () => {
    expect(below('**Severity:** SEV-3', 'This sev-1 incident hurt.')).toMatchObject({ postmortem: { severity: 'sev3' }, warnings: [] });
  });
});
