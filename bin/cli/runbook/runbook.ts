import { readFile, writeFile } from 'node:fs/promises';
import { RunbookAnswer } from '../../../core/operator/api.ts';
import { runbook as write } from '../../../core/runbook/runbook.ts';
import { complaintsOf, readDistribution } from '../configuration/read-distribution.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type Complaint, UsedWrongly } from '../failure.ts';
import { printable, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { type ChangedLine, lineChanges } from './line-changes.ts';

export const runbookHelp = `
One page of Markdown for whoever is on call, leads a team or audits: by severity what is mailed and posted to whom and when, what each
audience sees, what happens at a serious incident, how to publish, correct, restrict and retract, who decides, whom to ask, what is not
configured. It depends on the distribution file alone: the same file gives the same text on any day, so that it can live in Git.

With --distribution it needs no API and no key. Without it, the file in force counts: the key needs the scope read, and the scope people
for the addresses in it.

--check ends with 1 and shows the lines that differ if the file is out of date. In CI, beside the distribution file:

  afterword runbook --distribution distribution.yaml --check runbook.md

Examples:
  afterword runbook
  afterword runbook --distribution distribution.yaml --out runbook.md
  afterword runbook --check runbook.md --api https://…`;

export interface RunbookOptions {
  readonly distribution?: string;
  readonly out?: string;
  readonly check?: string;
}

/** Prints the runbook, writes it into a file, or says whether a file has it. */
export async function runbook(session: Session, options: RunbookOptions): Promise<ExitCode> {
  const { terminal } = session;
  const { distribution: file, out, check } = options;
  if (out !== undefined && check !== undefined) throw new UsedWrongly('--check only looks, so it cannot be used with --out.');
  const made = file === undefined ? await inForce(session, options) : await ofFile(file);
  if ('complaints' in made) {
    terminal.complain(made.complaints);
    terminal.answer({ file, flaws: made.complaints });
    return exitCodes.refused;
  }
  const { markdown } = made;
  if (check !== undefined) return compare(session, check, markdown, options);
  if (out === undefined) terminal.say(printable(markdown).trimEnd());
  else {
    await writeFile(out, markdown).catch((error: unknown) => {
      throw new UsedWrongly(`Cannot write "${out}": ${error instanceof Error ? error.message : error}`);
    });
    terminal.say(`Wrote ${printableLine(out)}.`);
  }
  terminal.answer({ markdown, ...(out !== undefined && { out }) });
  return exitCodes.ok;
}

type Made = { readonly markdown: string } | { readonly complaints: readonly Complaint[] };

async function ofFile(file: string): Promise<Made> {
  const read = await readDistribution(file);
  return 'flaws' in read ? { complaints: complaintsOf(file, read.flaws) } : { markdown: write(read.distribution) };
}

/** Of the file in force. A comparison needs its addresses. */
async function inForce({ api, terminal }: Session, { check }: RunbookOptions): Promise<Made> {
  const { body } = await api({ method: 'GET', path: 'operator/runbook' }, RunbookAnswer);
  if (body.addresses) return body;
  if (check !== undefined)
    throw new UsedWrongly(
      'The key lacks the scope people, so the runbook comes without addresses and would always differ. Use another key, or --distribution FILE.',
    );
  terminal.warn('The key lacks the scope people: addresses are left out.');
  return body;
}

async function compare({ terminal }: Session, file: string, markdown: string, { distribution }: RunbookOptions): Promise<ExitCode> {
  const from = distribution === undefined ? '' : ` --distribution ${distribution}`;
  const remedy = `afterword runbook${from} --out ${file}`;
  const found = await readFile(file, 'utf8').catch(() => {
    throw new UsedWrongly(`Cannot read the file "${file}". Make it: ${remedy}`);
  });
  const changes = lineChanges(linesOf(found), linesOf(markdown));
  const { colours } = terminal;
  if (changes.length === 0) terminal.say(`${printableLine(file)} is up to date.`);
  else {
    terminal.say(`${printableLine(file)} is out of date. Make it again: ${printableLine(remedy)}`);
    const shown = changes.slice(0, mostShown);
    terminal.say(...shown.map((change) => (change.kind === 'gone' ? colours.red(lineOf(change)) : colours.green(lineOf(change)))));
    if (changes.length > shown.length) terminal.say(`… and ${changes.length - shown.length} more lines.`);
  }
  terminal.answer({ file, upToDate: changes.length === 0, changes });
  return changes.length === 0 ? exitCodes.ok : exitCodes.refused;
}

const mostShown = 40;

/** Git may have written the file with the line ends of another system. */
const linesOf = (written: string): string[] => written.replaceAll('\r\n', '\n').split('\n');

const lineOf = ({ kind, line, text }: ChangedLine): string =>
  `${String(line).padStart(4)} ${kind === 'gone' ? '-' : '+'} ${printableLine(text)}`;
