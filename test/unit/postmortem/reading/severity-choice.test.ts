import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

it.each(['SEV-1 | SEV-2 | SEV-3 | SEV-4', 'SEV1/SEV2/SEV3', 'Critical / Major / Minor'])(
  'the choice of a template is no severity, and the author is told: %s',
  (choice) => {
    const { postmortem, warnings } = fromMarkdown(`# Batch print failed\n\n**Severity:** ${choice}\n\n## Summary\n\nPrints were empty.`);

    expect(postmortem.severity).toBe('unclassified');
    expect(warnings.join(' ')).toContain('counts as unclassified');
  },
);

it('a severity that was raised is the one that it was raised to', () => {
  expect(fromMarkdown('# A\n\n**Severity:** SEV-3 (raised to SEV-2 at 14:00)\n\nText.').postmortem.severity).toBe('sev2');
});
