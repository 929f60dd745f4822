/**
 * Reads every attack and prints the result of each and its milliseconds of processor time, one a
 * line. A test runs it as a process with little memory and little time.
 */

import { severityAliases } from '../../../core/postmortem/reading/classification-words.ts';
import { readJson } from '../../../core/postmortem/reading/read-json.ts';
import { readMarkdown } from '../../../core/postmortem/reading/read-markdown.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { heavyAttacks } from './attacks.ts';

const given = { aliases: severityAliases({}), now: new Date('2026-11-23T12:00:00Z') };
for (const { name, type, body } of heavyAttacks) {
  const before = process.cpuUsage();
  const became = read(type, body);
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ name, became, ms: (user + system) / 1000 }));
}

function read(type: string, body: string): 'read' | 'refused' {
  try {
    const { postmortem } = (type === 'application/json' ? readJson : readMarkdown)(body, given);
    engineeringRendition(postmortem);
    leadershipRendition(postmortem);
    return 'read';
  } catch (error) {
    if (error instanceof Refused) return 'refused';
    throw error;
  }
}
