import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';

const given = { now: new Date('2026-12-01T00:00:00Z'), zone: 'Europe/Berlin', aliases: severityAliases({}) };
const read = (...lines: string[]) =>
  readMarkdown(['# Logins failed', '', ...lines, '', '## Summary', '', 'Logins failed.'].join('\n'), given);

describe('labels of start and end', () => {
  it.each([
    ['Beginn der Störung: 2026-11-17 14:05', 'Ende der Störung: 2026-11-17 14:31'],
    ['Ausfallbeginn: 17.11.2026 14:05', 'Ausfallende: 17.11.2026 14:31'],
    ['Datum des Ereignisses: 17.11.2026 14:05', 'Wiederhergestellt: 17.11.2026 14:31'],
    ["Début de l'incident : 17/11/2026 14:05", 'Rétabli à : 17/11/2026 14:31'],
    ['Inicio de la interrupción: 17/11/2026 14:05', 'Restablecimiento: 17/11/2026 14:31'],
    ['Início da falha: 17/11/2026 14:05', 'Término: 17/11/2026 14:31'],
    ['Inizio del disservizio: 17/11/2026 14:05', 'Ripristino: 17/11/2026 14:31'],
    ['Begin van de storing: 17-11-2026 14:05', 'Einde: 17-11-2026 14:31'],
    ['Początek: 2026-11-17 14:05', 'Koniec: 2026-11-17 14:31'],
    ['障害発生: 2026年11月17日 14:05', '障害復旧: 2026年11月17日 14:31'],
    ['故障发生时间: 2026-11-17 14:05', '故障恢复时间: 2026-11-17 14:31'],
    ['장애 발생: 2026-11-17 14:05', '장애 종료: 2026-11-17 14:31'],
  ])('reads "%s"', (start, end) => {
    const { postmortem } = read(start, end);
    expect(postmortem).toMatchObject({ startedAt: '2026-11-17T13:05:00Z', resolvedAt: '2026-11-17T13:31:00Z' });
  });

  it('reads a row of values below a row of names', () => {
    const { postmortem } = read(
      '| Begin | Einde | Systemen |',
      '|---|---|---|',
      '| 17-11-2026 14:05 | 17-11-2026 14:31 | loket, archief |',
    );
    expect(postmortem).toMatchObject({
      startedAt: '2026-11-17T13:05:00Z',
      resolvedAt: '2026-11-17T13:31:00Z',
      services: ['loket', 'archief'],
    });
  });

  it('takes the day of a report, a meeting or a review for no start', () => {
    const { postmortem } = read('Datum des Berichts: 2026-11-20', 'Date of review: 2026-11-21', 'Fecha del informe: 2026-11-22');
    expect(postmortem.startedAt).toBeUndefined();
  });
});

describe('labels of a severity', () => {
  it.each([
    ['Level: SEV-2', 'sev2'],
    ['Klasse: Prio 3', 'sev3'],
    ['Classificatie: middel (prio 3)', 'sev3'],
    ['장애 등급: 2등급', 'sev2'],
    ['Prioridad: Prioridad 1', 'sev1'],
    [':rotating_light: *Severity:* Sev 3', 'sev3'],
    ['🔴 **Severity:** SEV-1', 'sev1'],
    ['Impact: SEV-2', 'sev2'],
  ])('reads "%s"', (line, severity) => {
    expect(read('**Status:** final', line).postmortem.severity).toBe(severity);
  });

  it.each(['Level: high', 'Class: internal', 'Einstufung: Vertraulich', 'Type: P1 or P2', 'Category: S3 storage', 'Level: 2'])(
    'takes none from "%s"',
    (line) => {
      expect(read('**Status:** final', line).postmortem.severity).toBe('unclassified');
    },
  );
});

describe('the state of the document', () => {
  it.each([
    ['Estado del documento: Borrador', 'draft'],
    ['Status rapport: concept', 'draft'],
    ['Status des Berichts: vorläufig', 'preliminary'],
    ['Report Version: 0.3 DRAFT', 'draft'],
    ['Versión: 0.9 (borrador)', 'draft'],
    ['Version: 1.0 final', 'published'],
    ['Document status: withdrawn', 'retracted'],
  ])('reads "%s"', (line, status) => {
    expect(read('**Severity:** SEV-2', line).postmortem.status).toBe(status);
  });
});

it.each(['Published on', 'Veröffentlicht am', 'Publié le', 'Fecha de publicación', 'Gepubliceerd op', 'Data di pubblicazione', '公開日'])(
  'takes "%s" for the day of publication and no start',
  (label) => {
    const { postmortem } = read(`${label}: 2026-11-20`, 'Severity: SEV-2');
    expect(postmortem).toMatchObject({ publishedAt: '2026-11-20T00:00:00Z' });
    expect(postmortem.startedAt).toBeUndefined();
  },
);
