import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headingKey, headingReader, languages } from '../../../../../core/postmortem/reading/headings/heading-map.ts';
import { fromMarkdown } from '../../../../support/reading.ts';

const read = headingReader();
const meaningOf = (heading: string) => read(heading)?.meaning;

describe.each(Object.entries(languages))('%s', (_, { rows }) => {
  it('names every part of a postmortem', () => {
    const named = new Set(rows.map(({ field }) => field));
    const wanted = [
      'summary',
      'whatHappened',
      'customerImpact',
      'timeline',
      'rootCauses',
      'trigger',
      'detection',
      'resolution',
      'actionItems',
      'lessons',
    ];
    expect(wanted.filter((field) => !rows.some((row) => row.field === field && named.has(row.field)))).toEqual([]);
  });

  it('gives a name one meaning, whatever other languages say', () => {
    const fields = rows.flatMap(({ field, names }) => names.map((name) => ({ field, name, key: headingKey(name) })));
    const twice = fields.filter(({ key, field }, i) => fields.some((other, j) => j !== i && other.key === key && other.field >= field));
    const firstMeaning = new Map(rows.toReversed().map(({ field, names: [first = ''] }) => [field, meaningOf(first)?.to]));
    const moved = fields.filter(({ name, field }) => meaningOf(name)?.to !== firstMeaning.get(field));
    expect({ twice, moved }).toEqual({ twice: [], moved: [] });
  });
});

it.each([
  ['Störungsverlauf', 'timeline'],
  ['Ablauf der Störung', 'timeline'],
  ['Zusammenfassung des Vorfalls', 'summary'],
  ['Massnahmen', 'actionItems'],
  ['2. Ursache & Auslöser', 'rootCauses'],
  ['Causa raiz', 'rootCauses'],
  ['¿Qué pasó?', 'summary'],
  ['Cronología del incidente', 'timeline'],
  ["Chronologie de l'incident", 'timeline'],
  ['Ce qui s’est bien passé', 'wentWell'],
  ['CONSÉQUENCES', 'impactText'],
  ['Linha do tempo', 'timeline'],
  ['【原因】', 'rootCauses'],
  ['障害の原因', 'rootCauses'],
  ['■ 影響範囲', 'impactText'],
  ['原因と対策', 'actionItems'],
  ['タイムライン（JST）', 'timeline'],
  ['一、故障概述', 'summary'],
  ['故障的原因', 'rootCauses'],
  ['後續改善', 'actionItems'],
  ['根本原因', 'rootCauses'],
  ['장애 타임라인', 'timeline'],
  ['근본 원인', 'rootCauses'],
  ['재발 방지 대책', 'actionItems'],
  ['Cosa non ha funzionato', 'wentWrong'],
  ['Verbeterpunten', 'actionItems'],
  ['Verloop van de storing', 'timeline'],
  ['Åtgärder', 'actionItems'],
  ['Hændelsesforløb', 'timeline'],
  ['Hva skjedde?', 'summary'],
  ['Przyczyna źródłowa', 'rootCauses'],
  ['Kořenová příčina', 'rootCauses'],
  ['Kök Neden Analizi', 'rootCauses'],
  ['Что пошло не так', 'wentWrong'],
  ['3. Хронологія інциденту', 'timeline'],
  ['D2 Problembeschreibung', 'summary'],
  ['D3: Interim containment actions', 'resolution'],
  ['D4 – Root cause', 'rootCauses'],
  ['D7 Prevent recurrence', 'actionItems'],
  ['**3. Causa raiz**', 'rootCauses'],
  ['Was tun wir, damit das nicht wieder passiert?', 'actionItems'],
  ['Known error', 'rootCauses'],
  ['What went wrong, and how it failed', 'rootCauses'],
  ['What went wrong', 'wentWrong'],
])('"%s" is %s', (heading, field) => {
  expect(meaningOf(heading)?.to).toBe(field);
});

describe('a document', () => {
  const read = (name: string) =>
    fromMarkdown(readFileSync(new URL(`../../../../fixtures/reading/cases/${name}.md`, import.meta.url), 'utf8'), {
      now: new Date('2026-12-01T12:00:00Z'),
    });

  it.each(['de-stoerung', 'ja-shogai'])('has its sections: %s', (name) => {
    expect(read(name).sections).toEqual(['summary', 'impact', 'timeline', 'cause', 'actions']);
  });
});

it.each([
  ['a question', 'Warum ist es passiert?', 'rootCauses'],
  ['a numbered line', '4.\tROOT CAUSE', 'rootCauses'],
  ['a line with a Chinese number', '四、根本原因', 'rootCauses'],
  ['a line in brackets', '【原因】', 'rootCauses'],
  ['a line with a mark', '■ 原因', 'rootCauses'],
])('%s alone on a line is a heading: "%s"', (_, line, field) => {
  const { postmortem } = fromMarkdown(`# A title\n\nThe lead.\n\n${line}\n\nThe disk was full.\n`);
  expect(postmortem).toMatchObject({ [field]: ['The disk was full.'] });
});

describe('headings of a company', () => {
  it('are read as it says, before the known ones', () => {
    const own = headingReader({ rootCauses: ['Die tiefere Geschichte'], text: ['Prevention'] });
    expect(own('3. Die tiefere Geschichte:')?.meaning.to).toBe('rootCauses');
    expect(own('Prevention')?.meaning.to).toBe('section');
    expect(meaningOf('Die tiefere Geschichte')).toBeUndefined();
  });
});
