import { expect, it } from 'vitest';
import { findSeverity, severityAliases } from '../../../core/postmortem/severity-aliases.ts';

it('lets an organisation’s own names win over the usual ones', () => {
  const aliases = severityAliases({ sev1: { label: 'Catastrophe', aliases: [] }, sev3: { aliases: ['P-2', 'major'] } });

  expect(findSeverity('catastrophe', aliases)).toBe('sev1');
  expect(findSeverity('p2', aliases)).toBe('sev3');
  expect(findSeverity('Major', aliases)).toBe('sev3');
});

it('never guesses', () => {
  for (const name of ['', 'sev', 'sev11', 'constructor', '__proto__', 'toString'])
    expect(findSeverity(name, severityAliases({}))).toBeUndefined();
});
