import type { Nodes } from 'mdast';
import { expect } from 'vitest';
import { parseMarkdown } from '../../core/postmortem/parse-markdown.ts';
import { Postmortem } from '../../core/postmortem/postmortem.ts';
import type { ReadPostmortem } from '../../core/postmortem/reading/reading.ts';
import { Refused } from '../../core/shared/errors.ts';

/** Text within the limits parses to fewer nodes than this. */
const mostNodes = 60_000;

/**
 * The result of reading, or undefined if the document was refused with a reason. Any other error
 * fails the test.
 */
export function readOrRefused(read: () => ReadPostmortem): ReadPostmortem | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    expect(error.flaws.length).toBeGreaterThan(0);
    for (const { problem, remedy } of error.flaws) expect([problem, remedy]).not.toContain('');
    return undefined;
  }
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
const nodesOf = (node: Nodes): number => ('children' in node ? node.children : []).reduce((sum, child) => sum + nodesOf(child), 1);

/**
 * Checks that a postmortem is valid by the schema, has no characters that hide, reorder or end a
 * line, and is quick to parse again.
 */
export function expectHarmless({ postmortem, warnings }: ReadPostmortem): void {
  expect(Postmortem.parse(postmortem)).toEqual(postmortem);
  for (const text of textsIn({ postmortem, warnings })) {
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
  for (const line of [postmortem.title, postmortem.id, ...postmortem.services, ...postmortem.authors, ...postmortem.tags, ...warnings])
    expect(line).not.toMatch(/[\r\n\u2028\u2029]/);
  const addresses = [...postmortem.links.map(({ url }) => url), ...postmortem.actionItems.flatMap(({ link }) => link ?? [])];
  for (const address of addresses) expect(address).toMatch(/^(?:https?|mailto):/i);
  expect(textsIn(postmortem).reduce((sum, text) => sum + nodesOf(parseMarkdown(text)), 0)).toBeLessThan(mostNodes);
}
