import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

const summary = '## Summary\n\nThe pool ran dry.\n';

describe('a severity in a title', () => {
  it.each([
    ['[Postmortem] SEV-1: Login down for everybody', 'sev1'],
    ['Postmortem SEV1 - Login down', 'sev1'],
    ['Postmortem: SEV-2: Login down', 'sev2'],
    ['Login down - P1', 'sev1'],
    ['Login down, SEV-3', 'sev3'],
    ['[DRAFT] SEV-2: Login down', 'sev2'],
    ['Incident report – SEV-2 – Login down', 'sev2'],
    ['[RCA] Login down (P2)', 'sev2'],
  ])('is read: %s', (title, severity) => {
    expect(fromMarkdown(`# ${title}\n\n${summary}`).postmortem.severity).toBe(severity);
  });

  it.each(['Review of P1 alerts', 'Incident with S3 buckets', 'Upgrade to Python 3', 'Postmortem of our S3 outage'])(
    'is not guessed: %s',
    (title) => {
      expect(fromMarkdown(`# ${title}\n\n${summary}`).postmortem.severity).toBe('unclassified');
    },
  );
});

describe('a severity in a row of a label', () => {
  it('is read behind a tab', () => {
    const { postmortem } = fromMarkdown(`# Login down\n\nSeverity   \tSEV-1\nStart\t2026-09-29 10:00 UTC\nServices\tdns\n\n${summary}`);
    expect(postmortem).toMatchObject({ severity: 'sev1', startedAt: '2026-09-29T10:00:00Z', services: ['dns'] });
  });

  it('is read in a table with drawn borders', () => {
    const table = [
      '+-----------+----------------------+',
      '| Severity  | SEV-1                |',
      '+-----------+----------------------+',
      '| Start     | 2026-09-29 10:00 UTC |',
      '+-----------+----------------------+',
    ].join('\n');
    const { postmortem } = fromMarkdown(`# Login down\n\n${table}\n\n${summary}`);
    expect(postmortem).toMatchObject({ severity: 'sev1', startedAt: '2026-09-29T10:00:00Z' });
  });
});

describe('a severity that was raised', () => {
  it.each([
    `# Login down\n\nSeverity: SEV-2 (later raised to SEV-1)\n\n${summary}`,
    `# Login down\n\n**Severity:** SEV-2, upgraded to SEV-1 at 14:05\n\n${summary}`,
    `---\ntitle: Login down\nseverity: SEV-2 (later raised to SEV-1)\n---\n\n${summary}`,
  ])('counts, with a warning: %j', (text) => {
    const { postmortem, warnings } = fromMarkdown(text);
    expect(postmortem.severity).toBe('sev1');
    expect(warnings.join()).toContain('SEV-1 counts, because it was raised.');
  });

  it('keeps the first one if it was lowered', () => {
    expect(fromMarkdown(`# Login down\n\nSeverity: SEV-1 (later changed to SEV-2)\n\n${summary}`).postmortem.severity).toBe('sev1');
  });
});

describe('a severity that is not read', () => {
  it.each([
    ['## Notes\n\nFor a while the state was unclear, and the severity was SEV-1 for an hour.', 'severity was SEV-1 for an hour'],
    ['## Notes\n\n; Severity = critical ;', 'Severity critical'],
  ])('is quoted: %j', (text, quoted) => {
    const { postmortem, warnings } = fromMarkdown(`# Login down\n\n${summary}\n${text}\n`);
    expect(postmortem.severity).toBe('unclassified');
    expect(warnings.join()).toContain(quoted);
    expect(warnings.join()).toContain('was not read as its severity');
  });

  it('is said to be missing where nothing names one', () => {
    expect(fromMarkdown(`# Login down\n\n${summary}`).warnings.join()).toContain('No severity was given');
  });
});
