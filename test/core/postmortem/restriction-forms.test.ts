import { describe, expect, it } from 'vitest';
import { fromMarkdown } from './reading.ts';

const rest = '\n\n## Summary\n\nThe pool ran dry.\n';
const read = (text: string) => fromMarkdown(text.startsWith('---') ? `${text}${rest}` : `# Keys of the vault\n\n${text}${rest}`);

describe('what a person would read as restricted', () => {
  it.each([
    'Access: Restricted to security team',
    'Access: security team only',
    '| Field | Value |\n|---|---|\n| Access | Restricted to security team |',
    '| Field | Value |\n|---|---|\n| Access | security team only |',
    '---\ntitle: S\nAccess: Restricted to security team\n---',
    '---\ntitle: S\naccess: security team only\n---',
    '<!-- CONFIDENTIAL: do not distribute -->',
    '<!--\nCONFIDENTIAL: do not distribute\n-->',
    '---\n# CONFIDENTIAL - do not distribute\ntitle: S\n---',
    '[//]: # (confidential)',
    'The contents of this postmortem are strictly confidential.',
    'Please treat this as strictly confidential.',
    'This incident report contains confidential information about a customer.',
    '⚠️ This PM is confidential, see #sec-inc',
    'Northwind Confidential – Security',
    'Sensitive / Confidential',
    'Page 1 of 3 – Northwind Internal – Confidential',
    'Dieses Dokument ist vertraulich.',
    'Ce document est confidentiel.',
    'Classification: [Confidential](https://wiki.example.com/classes)',
    '**Restricted access** – security only',
    'Readership restricted: security, legal, CTO.',
    'Restricted circulation',
    'Diffusion restreinte',
    'Accès : restreint',
    '## Confidentiality notice\n\nThe usual rules apply.',
    '## Distribution list\n\nRestricted to security and legal. Dieser Text ist streng vertraulich.',
    'Confidential until the customer has been told.',
    '(This section is confidential.)',
    '## Action items\n\n- Keep this postmortem confidential until the fix is out',
    '## Action items\n\n- [ ] Keep this postmortem confidential until the fix is out',
    '#confidential #security',
    '{panel:title=CONFIDENTIAL}',
    '!!! danger "Confidential"',
    '<details><summary>Classification</summary>Confidential</details>',
    '```\nCONFIDENTIAL\n```',
    '![Confidential](https://badge.example.com/c.svg)',
    '[![Confidential](https://badge.example.com/c.svg)](https://wiki.example.com)',
    '&#67;onfidential',
    'СONFIDENTIAL',
    '- [x] Restricted',
    '- [x] Restricted\n- [ ] Public',
    'Data classification | C3 Confidential\n--- | ---\nOwner | Jo',
    '| Who may read this | security only (confidential) |',
    '---\ntitle: S\nrestricted_to: security\n---',
    '---\ntitle: S\ninformation-classification: C3\n---',
    '---\ntitle: S\ninformation-classification: confidential\n---',
    '---\ntitle: S\nnote: do not share, confidential\n---',
    '---\ntitle: S\nvisibility: ~\n---',
    '---\ntitle: S\nrestricted: null\n---',
    'DO NOT SHARE outside of the security team',
    'Do not forward or distribute',
    'Internal only - security team',
    "For the security team's eyes only",
    'Need-to-know basis only',
    'Limited distribution: incident commanders and legal only',
    'SENSITIVE — leadership only',
    'Not for general distribution',
    'Audience: security team only',
    'Please keep it confidential.',
    'Streng geheim',
    'VS-NfD',
    'Nicht weitergeben. Nur für das Sicherheitsteam',
    'Zugriff: nur Sicherheitsteam',
    'Réservé à la direction',
    'TLP:AMBER+STRICT',
    '---\ntitle: S\naudience: leadership only\n---',
    '---\ntitle: S\nsensitivity: high\n---',
    '---\ntitle: S\ndistribution: security team only\n---',
    '---\ntitle: S\nshare: false\n---',
    '---\ntitle: S\npublish: false\n---',
    '---\ntitle: S\nembargo: until the fix is out\n---',
    'PRIVILEGED – Attorney Work Product',
    'Covered by attorney-client privilege',
  ])('%j', (text) => {
    const { postmortem, warnings } = read(text);
    expect(postmortem.restricted).toBe(true);
    expect(warnings.join('\n')).toMatch(/restricted/);
  });
});

describe('what is ordinary', () => {
  it.each([
    'Writes were restricted to 3 hosts.',
    'restricted to 3 hosts',
    'Access: restricted to 3 hosts',
    'The hosts stand in a private subnet.',
    'We moved to confidential computing.',
    'This report is about confidential computing.',
    'Confidential computing',
    'We had no visibility into replication.',
    'We restricted access to the cluster.',
    'Do not share one pool between services',
    'Do not forward requests to a replica that lags',
    'This document is not confidential.',
    'not confidential',
    'No confidential data was exposed.',
    'Confidential customer data was not exposed.',
    'The read-only replica',
    'The team called the internal only endpoint by mistake.',
    'We paged the security team only.',
    'What you need to know',
    'The vendor found the flaw in June and chose to keep it private.',
    'They chose to keep it confidential.',
    'Only one team was paged',
    'Customers saw "This document is confidential" instead of their invoice.',
    '---\ntitle: S\npublish: true\nshare: yes\nembargo: none\n---',
    '---\ntitle: S\nsensitivity: low\naudience: engineering\n---',
  ])('%j', (text) => {
    expect(read(text).postmortem.restricted).toBe(false);
  });
});

it('is outweighed by a plain no', () => {
  expect(read('---\ntitle: S\nrestricted: false\n---\n\nThis page is strictly confidential.').postmortem.restricted).toBe(false);
});
