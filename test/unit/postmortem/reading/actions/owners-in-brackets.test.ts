import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const actionsOf = (...lines: readonly string[]) =>
  fromMarkdown(`# Feeds were late\n\n## Action items\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`).postmortem.actionItems;

describe('an owner at the end of an action', () => {
  it.each([
    ['Rotate secrets with two valid ones (pia)', 'Rotate secrets with two valid ones', 'pia'],
    ['Test restarts (joão)', 'Test restarts', 'joão'],
    ['Create a panel of latencies — Caio', 'Create a panel of latencies', 'Caio'],
  ])('may be a given name alone: %j', (line, title, owner) => {
    expect(actionsOf(line)).toMatchObject([{ title, owner }]);
  });

  it.each(['Add an alert on the lag (kafka)', 'Restart the worker (nightly)', 'Move the page — soon'])('is no other word: %j', (line) => {
    expect(actionsOf(line)).toEqual([expect.not.objectContaining({ owner: expect.anything() })]);
  });

  it('stands with its day behind double hyphens', () => {
    expect(actionsOf('Reject high values -- Control -- 15 August 2026', 'Add a test -- QA -- 31 August 2026')).toMatchObject([
      { title: 'Reject high values', owner: 'Control', due: '2026-08-15' },
      { title: 'Add a test', owner: 'QA', due: '2026-08-31' },
    ]);
  });
});
