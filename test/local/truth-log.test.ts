import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { truthLog } from '../../local/ses/truth-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (to: string) => ({
  edition: 'e',
  slot: null,
  subscriber: 's',
  attempt: 1,
  to,
  acceptedAt: '2026-11-23T08:00:00.000Z',
  sha256: 'a',
});

it('has in the data folder, the moment a mail is accepted, what a killed stack would lose', () => {
  const before = truthLog(folder);
  before.add(line('ana@example.com'));
  before.add(line('ben@example.com'));
  // Nothing of `before` is closed: that is how a killed process leaves it, here with half a line.
  appendFileSync(join(folder, 'accepted-mails.jsonl'), '{"edition":"e","sl');

  const after = truthLog(folder);
  expect(after.lines()).toEqual([line('ana@example.com'), line('ben@example.com')]);
  after.add(line('cem@example.com'));
  expect(
    truthLog(folder)
      .lines()
      .map(({ to }) => to),
  ).toEqual(['ana@example.com', 'ben@example.com', 'cem@example.com']);
});

it('ends with the stack without one', () => {
  truthLog(undefined).add(line('ana@example.com'));
  expect(truthLog(undefined).lines()).toEqual([]);
});
