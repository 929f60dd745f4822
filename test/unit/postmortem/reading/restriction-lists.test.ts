import { describe, expect, it } from 'vitest';
import { fromJson, fromMarkdown } from '../../../support/reading.ts';

const summary = '## Summary\n\nThe pool ran dry.\n';
const withLine = (line: string) =>
  fromMarkdown(`# Keys of the vault\n\nSeverity: SEV-1\nDate: 2026-10-01\n${line}\n\n${summary}`).postmortem;
const withField = (field: string) => fromMarkdown(`---\ntitle: Keys of the vault\n${field}\n---\n\n${summary}`);

describe('a list of who gets the document', () => {
  it.each([
    'Distribution: CTO, CISO, General Counsel',
    '**Distribution:** CTO, CISO, General Counsel. Nobody else until the regulator was told.',
    '- **Distribution:** CTO, CISO',
    'Distribution: Ann Example, Bob Example',
    'Distribution: payments',
    'Distribution list: platform leads',
    'Distribution: engineering directors',
    'Distribution: all engineering managers',
    'Distribution: company lawyers',
    'Verteiler: Geschäftsleitung, Rechtsabteilung',
    'Verteiler: Anna Muster',
    'Readers: SRE leads, payments team',
    '| Distribution | General Counsel |\n|---|---|',
  ])('restricts it if it does not name everybody: %s', (line) => {
    expect(withLine(line).restricted).toBe(true);
  });

  it.each([
    'Distribution: all engineering',
    'Distribution: everyone',
    'Distribution: company',
    'Distribution: whole company',
    'Distribution: company-wide',
    'Distribution: CTO, CISO, all staff',
    'Distribution: internal',
    'Distribution: everyone at Acme',
    'Distribution: none',
    'Distribution: Ubuntu 22.04',
    'Verteiler: alle Mitarbeiter',
    'Readers: everybody',
    'Readers: 12 replicas',
  ])('leaves it open if it names everybody, or is about something else: %s', (line) => {
    expect(withLine(line).restricted).toBe(false);
  });
});

describe('a field about who may read the document', () => {
  it.each([
    'restrictions: {read: [group-secops]}',
    'restrictions: group-secops',
    'security: internal-only',
    'security_level: Executives',
    'securityLevel: level-x',
    'access_level: group-x',
    'classification: internal-only',
    'classification: executives',
    'restricted: ja',
    'vertraulich: ja',
    'vertraulich: sí',
    'restricted: はい',
    'restricted: treu',
  ])('restricts it: %s', (field) => {
    expect(withField(field).postmortem.restricted).toBe(true);
  });

  it.each([
    'restrictions: none',
    'security: public',
    'security_level: internal',
    'access_level: everyone',
    'classification: internal',
    'vertraulich: nein',
  ])('leaves it open: %s', (field) => {
    expect(withField(field).postmortem.restricted).toBe(false);
  });

  it('restricts by the security level of a ticket', () => {
    const ticket = { title: 'Keys of the vault', summary: 'The pool ran dry.', security: { id: '10021', name: 'Core team' } };
    expect(fromJson(ticket).postmortem.restricted).toBe(true);
  });

  it('asks for either value where it does not understand', () => {
    const { warnings } = withField('restricted: treu');
    expect(warnings.join()).toContain('Write `restricted: true` or `restricted: false`.');
    expect(warnings.join()).not.toContain('Say');
  });
});
