import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { readJson } from '../../../../core/postmortem/reading/read-json.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';

const given = { now: new Date('2026-12-01T00:00:00Z'), zone: 'UTC', aliases: severityAliases({}) };
const read = (...lines: string[]) => readMarkdown(lines.join('\n'), given).postmortem;
const below = (line: string) => read('# Logins failed', '', line, '', '## Summary', '', 'Logins failed.');

describe('what a document says of its state', () => {
  it.each([
    ['**This is a preliminary report.** We expect to publish the full one soon.', 'preliminary'],
    ['> [!warning] Entwurf', 'draft'],
    ['**DRAFT**', 'draft'],
    ['Este informe es un borrador.', 'draft'],
    ['Dieser Bericht ist noch vorläufig.', 'preliminary'],
    ['This report was retracted on 1 July 2026.', 'retracted'],
  ])('%s', (line, status) => {
    expect(below(line).status).toBe(status);
  });

  it.each([
    ['Preliminary report: logins failed', 'preliminary'],
    ['Logins failed (draft)', 'draft'],
    ['Entwurf: Anmeldung gestört', 'draft'],
    ['[DRAFT] Logins failed', 'draft'],
    ['[Postmortem] [WIP] Logins failed', 'draft'],
    ['WIP: logins failed', 'draft'],
    ['Logins failed - DRAFT', 'draft'],
    ['Logins failed – Entwurf', 'draft'],
    ['Borrador - fallo de acceso', 'draft'],
    ['Brouillon : panne', 'draft'],
    ['Falha de acesso (rascunho)', 'draft'],
    ['【下書き】ログイン障害', 'draft'],
    ['草稿：登录故障', 'draft'],
    ['Lost the draft', 'published'],
    ['Order drafts - lost', 'published'],
    ['Draft orders were lost', 'published'],
    ['Concept store lost its orders', 'published'],
  ])('in its title "%s"', (title, status) => {
    expect(read(`# ${title}`, '', 'Logins failed.').status).toBe(status);
  });

  it.each([
    'This is our final review. We published our preliminary review on 2 November 2026.',
    'The draft of the change was not reviewed.',
    'This is a draft horse.',
    'The certificate was withdrawn.',
  ])('is not in "%s"', (line) => {
    expect(below(line).status).toBe('published');
  });

  it('in its title is told to the author, and in JSON and front matter alike', () => {
    const warning =
      '"DRAFT" in the title counts as a draft: it is kept, and nobody is told of it. If it is ready to be read, write `status: published`.';
    const title = 'Logins failed - DRAFT';
    for (const taken of [
      readMarkdown(`# ${title}\n\nLogins failed.`, given),
      readMarkdown(`---\ntitle: ${title}\n---\nLogins failed.`, given),
      readJson(JSON.stringify({ title, summary: 'Logins failed.' }), given),
    ]) {
      expect(taken.postmortem.status).toBe('draft');
      expect(taken.warnings).toContain(warning);
    }
    const ready = readJson(JSON.stringify({ title, status: 'published', summary: 'Logins failed.' }), given);
    expect(ready.postmortem.status).toBe('published');
    expect(ready.warnings.join()).toContain('The status is "published" in the field "status" and "DRAFT" in the title');
  });

  it('under review is told to everybody, and the author is told so', () => {
    const review = readMarkdown('# Logins failed\n\nStatus: In review\n\nLogins failed.', given);
    expect(review.postmortem.status).toBe('preliminary');
    expect(review.warnings).toContain(
      '"Status: In review" counts as preliminary: everybody is told of it, as preliminary. Write `status: draft` if it is not ready to be read.',
    );
  });

  it('is that of the template, whatever it says', () => {
    const template = readFileSync(new URL('../../../../docs/template.md', import.meta.url), 'utf8').replace(
      'status: draft',
      'status: published',
    );
    const taken = readMarkdown(template, given);
    expect(template).toContain('status: published');
    expect(taken.postmortem.status).toBe('draft');
    expect(taken.warnings.join()).toContain('The title is still "What broke, in one line"');
  });

  it('counts less than a label', () => {
    expect(read('# Logins failed (draft)', '', 'Status: final', '', 'Logins failed.').status).toBe('published');
  });
});

describe('the day of publication in a sentence', () => {
  it.each([
    '*Published 20 November 2026. Updated 25 November 2026 with new counts.*',
    'This version was published on 20 November 2026 and supersedes the earlier one.',
    'Veröffentlicht am 20.11.2026',
    'Publié le 20 novembre 2026',
  ])('%s', (line) => {
    expect(below(line)).toMatchObject({ publishedAt: '2026-11-20T00:00:00Z' });
    expect(below(line).startedAt).toBeUndefined();
  });

  it.each(['The full report will be published on 20 November 2026.', 'We published a new version of the app in 2026.'])(
    'is not in "%s"',
    (line) => {
      expect(below(line).publishedAt).toBeUndefined();
    },
  );

  it('is a day alone below the title that is later than the incident', () => {
    const told = 'On 17 November 2026 nobody could log in between 13:05 and 13:31 UTC.';
    expect(read('# Logins failed', '', '2026-11-20', '', told)).toMatchObject({
      startedAt: '2026-11-17T13:05:00Z',
      publishedAt: '2026-11-20T00:00:00Z',
    });
    expect(read('# Logins failed', '', '2026-11-17', '', 'Nobody could log in.').startedAt).toBe('2026-11-17');
  });
});

describe('a severity without a label', () => {
  it.each([
    ['This **sev-1** incident affected all customers.', 'sev1'],
    ['The incident was classified as a SEV-2.', 'sev2'],
    ['~"Incident::Resolved" ~"severity::3" ~"Service::Mail"', 'sev3'],
  ])('%s', (line, severity) => {
    expect(below(line).severity).toBe(severity);
  });

  it.each(['This was critical to us.', 'Add an alert ~"severity::3" to the queue.', 'The previous SEV-1 incident was worse.'])(
    'is not in "%s"',
    (line) => {
      expect(below(line).severity).toBe('unclassified');
    },
  );
});
