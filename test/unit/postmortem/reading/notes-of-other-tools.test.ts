import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';

const read = (text: string) =>
  readMarkdown(text, { aliases: severityAliases({}), now: new Date('2026-11-30T12:00:00Z'), zone: 'Europe/Berlin' });
const below = (text: string) => read(`# Row F lost its power\n\n${text}\n\n## Summary\n\nBoth switches went dark.\n`).postmortem;

describe('front matter with keys of another language', () => {
  it('is read as labels of a body are', () => {
    const { postmortem } = read('---\nseveridade: média\nestado: rascunho\ndata: 2026-02-03\n---\n\n# Falha\n\nA importação falhou.\n');
    expect(postmortem).toMatchObject({ severity: 'sev3', status: 'draft', startedAt: '2026-02-03' });
    expect(JSON.stringify(postmortem.sections)).toContain('rascunho');
  });
  it('is no refusal where it is not understood, and stays text', () => {
    const { postmortem } = read('---\nseveridade: enorme\n---\n\n# Falha\n\nA importação falhou.\n');
    expect(postmortem.severity).toBe('unclassified');
    expect(JSON.stringify(postmortem.sections)).toContain('enorme');
  });
  it('does not change a field that has a key of ours', () => {
    expect(read('---\nseverity: SEV-1\ngravedad: baja\n---\n\n# Caída\n\nTexto.\n').postmortem.severity).toBe('sev1');
  });
});

describe('a notice of the state of a document', () => {
  it.each([
    ['PRELIMINARY', 'preliminary'],
    ['**Retracted**', 'retracted'],
    [':::danger Retracted\n\nThe stated cause is wrong.\n\n:::', 'retracted'],
    ['> DRAFT - do not cite', 'draft'],
    ['REASON FOR OUTAGE - PRELIMINARY', 'preliminary'],
    ['- 状态:征求意见稿', 'preliminary'],
    ['- 复盘状态:草稿', 'draft'],
  ])('%s', (notice, status) => {
    expect(below(notice).status).toBe(status);
  });
  it('is neither the summary nor a day of the incident', () => {
    const { postmortem } = read('# Row F\n\nThis postmortem was retracted on 2026-06-01.\n\nBoth switches went dark.\n');
    expect(postmortem).toMatchObject({ status: 'retracted', summary: 'Both switches went dark.' });
    expect(postmortem.startedAt).toBeUndefined();
  });
  it('is no sentence about something else', () => {
    expect(below('The draft of the change was withdrawn before the deploy.').status).toBe('published');
  });
});

describe('labels of the times', () => {
  it.each([
    ['**Datum storing:** 8 september 2026\n**Begin:** 06:40\n**Einde:** 08:05', '2026-09-08T04:40:00Z', '2026-09-08T06:05:00Z'],
    [
      'Start:             Thu 12 Nov 2026 21:33 UTC\nEnd:               Fri 13 Nov 2026 00:48 UTC\nTicket:            88',
      '2026-11-12T21:33:00Z',
      '2026-11-13T00:48:00Z',
    ],
    ['* **Incident window**: July 3, 2026 11:30 PM ET to July 5, 2026 9:15 AM ET', '2026-07-04T03:30:00Z', '2026-07-05T13:15:00Z'],
    ['Started 2026-02-24 13:10 CET, over at 14:25 CET. Minor.', '2026-02-24T12:10:00Z', '2026-02-24T13:25:00Z'],
  ])('%s', (text, startedAt, resolvedAt) => {
    expect(below(text)).toMatchObject({ startedAt, resolvedAt });
  });
  it('have a grade behind them', () => {
    expect(below('Started 2026-02-24 13:10 CET, over at 14:25 CET. Minor.').severity).toBe('sev3');
  });
  it('have the day of publication in a line in italics', () => {
    const postmortem = read('# Posta\n\n*Pubblicato il 18 marzo 2025 – Redazione: Ufficio*\n\nLa posta è rimasta in coda.\n').postmortem;
    expect(postmortem).toMatchObject({ publishedAt: '2025-03-18T00:00:00Z', summary: 'La posta è rimasta in coda.' });
    expect(postmortem.startedAt).toBeUndefined();
  });
});

it('reads the services of a status page', () => {
  expect(below('This incident affected: Search API, Search UI.').services).toEqual(['Search API', 'Search UI']);
});
