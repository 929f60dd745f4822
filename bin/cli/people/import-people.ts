import { readFile } from 'node:fs/promises';
import { ImportAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Failure, UsedWrongly } from '../failure.ts';
import { counted } from '../printable.ts';
import type { Session } from '../session.ts';
import { decodeText } from './decode-text.ts';
import { type BadLine, type ReadPeople, readPeople } from './read-people.ts';

export const importHelp = `
The first line names the columns: address, name, team, role, zone, streams. Only address is a must; email, mail and time zone
are understood too. Commas, semicolons or tabs. An empty cell leaves what is known as it is; empty streams stand for what the
role gets by the distribution file, "none" for no stream.
Importing the same file again changes nothing. A bad line is listed and does not stop the others.

Example:
  afterword people import samples/people.csv`;

const batchSize = 100;

/** Sends a file of people in batches. What was sent before a failure stays; to import again is safe. */
export async function importPeople(session: Session, file: string): Promise<ExitCode> {
  const bytes = await readFile(file).catch(() => {
    throw new UsedWrongly(`There is no file "${file}" that can be read.`);
  });
  const { text, encoding } = decodeText(bytes);
  const people = readPeople(text);
  const imported = await sendRows(session, people);
  report(session, file, { ...people, encoding }, imported);
  if (imported.failure) throw imported.failure;
  return imported.refused.length > 0 ? exitCodes.refused : exitCodes.ok;
}

interface Imported {
  added: number;
  changed: number;
  unchanged: number;
  withoutStreams: number;
  refused: BadLine[];
  notSent: number;
  failure: Failure | undefined;
}

async function sendRows({ api, terminal }: Session, { rows, bad }: ReadPeople): Promise<Imported> {
  const imported: Imported = {
    added: 0,
    changed: 0,
    unchanged: 0,
    withoutStreams: 0,
    refused: [...bad],
    notSent: rows.length,
    failure: undefined,
  };
  const progress = terminal.progress(rows.length, 'people');
  try {
    for (let start = 0; start < rows.length; start += batchSize) {
      const batch = rows.slice(start, start + batchSize);
      const body = JSON.stringify({ rows: batch });
      const answer = await api({ method: 'POST', path: 'operator/people/import', body, type: 'application/json' }, ImportAnswer);
      add(imported, answer.body, batch.length);
      progress.step(batch.length);
    }
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    imported.failure = error;
  } finally {
    progress.stop();
  }
  return imported;
}

function add(imported: Imported, { added, changed, unchanged, withoutStreams, refused }: ImportAnswer, sent: number): void {
  imported.added += added;
  imported.changed += changed;
  imported.unchanged += unchanged;
  imported.withoutStreams += withoutStreams;
  imported.refused.push(...refused);
  imported.refused.sort((a, b) => a.line - b.line);
  imported.notSent -= sent;
}

function report({ terminal }: Session, file: string, read: ReadPeople & { encoding: string }, imported: Imported): void {
  const { added, changed, unchanged, withoutStreams, refused, notSent } = imported;
  const parts = [
    `${added} added`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    ...(refused.length > 0 ? [`${counted(new Set(refused.map(({ line }) => line)).size, 'line')} refused`] : []),
    ...(notSent > 0 ? [`${notSent} not sent`] : []),
  ];
  terminal.say(parts.join(', '));
  if (withoutStreams > 0) {
    terminal.say(
      `${counted(withoutStreams, 'person', 'people')} on no stream: neither the line nor the role, by the distribution file, names one.`,
    );
  }
  if (read.ignored.length > 0) terminal.say(`Columns that were not read: ${read.ignored.join(', ')}`);
  if (read.encoding !== 'utf-8') terminal.say(`Read as ${read.encoding}. If names look wrong, save the file as UTF-8.`);
  terminal.complain(refused.map((bad) => ({ ...bad, file })));
  terminal.answer({ added, changed, unchanged, withoutStreams, refused, notSent, ignoredColumns: read.ignored });
}
