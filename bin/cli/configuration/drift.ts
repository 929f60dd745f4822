import { DriftAnswer } from '../../../core/operator/api.ts';
import { grouped } from '../../../core/runbook/finding.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import type { Terminal } from '../terminal.ts';

type Found = DriftAnswer['findings'][number];

/**
 * Says what differs between the file in force and what is so, the worst first. Ends with 1 if there
 * is anything.
 */
export async function showDrift({ api, terminal }: Session): Promise<ExitCode> {
  const { body } = await api({ method: 'GET', path: 'operator/drift' }, DriftAnswer);
  const { findings, more, notLookedAt } = body;
  for (const { heading, findings: own } of grouped(findings)) {
    terminal.say(terminal.colours.bold(heading), ...own.flatMap((one) => findingLines(one, terminal)));
  }
  if (more > 0) terminal.say(`And ${counted(more, 'finding')} more. They are listed once some of these are mended.`);
  if (findings.length === 0) terminal.say('Nothing differs: what the file in force says is so.');
  for (const said of notLookedAt) terminal.say(`Not looked at: ${printableLine(said)}`);
  terminal.answer(body);
  return findings.length === 0 ? exitCodes.ok : exitCodes.refused;
}

const indent = ' '.repeat(7);

/** Two columns: how urgent it is, and what is so, with what mends it below. */
function findingLines({ urgency, what, why, remedy, address, postmortems = [], owners = [] }: Found, { colours }: Terminal): string[] {
  const paint = urgency === 'now' ? colours.red : urgency === 'soon' ? colours.yellow : String;
  const who = address === undefined ? '' : ` (${printableLine(address)})`;
  return [
    `${paint(printableLine(urgency).slice(0, 5).padEnd(5))}  ${printableLine(what)}${who}: ${printableLine(why)}.`,
    ...(owners.length > 0 ? [`${indent}${owners.map((owner) => `“${printableLine(owner)}”`).join(', ')}`] : []),
    ...(postmortems.length > 0 ? [`${indent}${postmortems.map(printableLine).join(', ')}`] : []),
    `${indent}${printableLine(remedy)}`,
  ];
}
