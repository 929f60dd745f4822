import { describe, expect, it } from 'vitest';
import {
  findSeverity,
  guessSeverity,
  knownSeverities,
  type NamedSeverities,
  severityAliases,
} from '../../../../core/postmortem/reading/classification-words.ts';

it('lets an organisation’s own names win over the usual ones', () => {
  const aliases = severityAliases({ sev1: { label: 'Catastrophe', aliases: [] }, sev3: { aliases: ['P-2', 'major'] } });

  expect(findSeverity('catastrophe', aliases)).toBe('sev1');
  expect(findSeverity('p2', aliases)).toBe('sev3');
  expect(findSeverity('Major', aliases)).toBe('sev3');
});

it('means by SEV1 the severity that is labelled so, and by SEV4 ours', () => {
  const labelled = (label: string) => ({ label, aliases: [] });
  const fromNought = { sev1: labelled('SEV0'), sev2: labelled('SEV1'), sev3: labelled('SEV2'), sev4: labelled('SEV3') };
  const meant = ['SEV0', 'Sev-1', 'sev 2', 'sev3', 'SEV4'].map((name) => findSeverity(name, severityAliases(fromNought)));

  expect(meant).toEqual(['sev1', 'sev2', 'sev3', 'sev4', 'sev4']);
});

it('never guesses', () => {
  for (const name of ['', 'sev', 'sev11', 'constructor', '__proto__', 'toString'])
    expect(findSeverity(name, severityAliases({}))).toBeUndefined();
});

describe('what is told of an unknown one', () => {
  const sev1 = { label: 'P0', aliases: ['meltdown'] };
  const [sev2, sev3, sev4] = [1, 2, 3].map((n) => ({ label: `P${n}`, aliases: [] }));
  const named = { sev1, sev2, sev3, sev4 } as NamedSeverities;
  const own = { aliases: severityAliases(named), named };

  it('is each severity by the organisation’s own name, and by ours where it has none', () => {
    expect(knownSeverities(own)).toBe('P0, P1, P2, P3');
    expect(knownSeverities({ aliases: severityAliases({}) })).toBe('sev1, sev2, sev3, sev4');
    expect(knownSeverities({ aliases: {}, named: { sev1, unclassified: { label: 'P?', aliases: [] } } })).toBe('P0, sev2, sev3, sev4, P?');
  });

  it.each([
    ['PO', 'P0'],
    ['p o', 'P0'],
    ['meltdwon', 'meltdown (P0)'],
    ['Critcal', 'critical (P0)'],
    ['SEV-l', 'sev-1 (P0)'],
    ['P9', undefined], // as near to P0 as to P3
    ['whatever', undefined],
  ])('is for %s the name that was meant: %s', (written, meant) => {
    expect(guessSeverity(written, own)).toBe(meant);
  });
});
