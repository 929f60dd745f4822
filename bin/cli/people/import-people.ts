import { readFile, writeFile } from 'node:fs/promises';
import pc from 'picocolors';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { complaintLine } from '../terminal.ts';
import { decodeText } from './decode-text.ts';
import { lineRanges } from './line-ranges.ts';
import { type BadLine, type ReadPeople, readPeople } from './read-people.ts';
import { type Imported, sendBatches } from './send-batches.ts';
import { listActiveStaff, type Synced, suspendMissing } from './sync-people.ts';

export const importHelp = `
The first line names the columns: address, name, team, role, zone, handles, streams. Only address is required; email, mail and time
zone work too. Handles are the names in chats and repositories by which action items call somebody: "amara amara-o". The file may have commas, semicolons or tabs, and be in UTF-8, UTF-16 or Windows-1252, as Excel saves it.
An empty cell keeps what is stored. Empty streams mean what the distribution file gives to the role; "none" means no stream.
Importing the same file again changes nothing. A bad line is listed and does not stop the others. The first fifty are printed;
--errors FILE writes them all.

--sync is for a file that names everybody. Once the whole file is stored, it suspends staff who are not in it. They get no mail and
keep every setting; a later file that names them brings them back. The command lists them and asks first, beginning with people
who joined by themselves or were approved by the owner of a stream. It suspends nobody if a line was refused, and no more than
10 % of the staff without --yes. It never suspends customers.

Examples:
  afterword people import samples/people.csv
  afterword people import everybody.csv --sync`;

export interface ImportOptions {
  readonly sync?: boolean;
  readonly yes?: boolean;
  /** A file that receives every refused line. */
  readonly errors?: string;
}

type ReadFile = ReadPeople & { readonly file: string; readonly encoding: string; readonly isGuess: boolean };

/**
 * Sends a file of people in batches. Batches sent before a failure stay stored. Importing again is
 * safe.
 */
export async function importPeople(
  session: Session,
  file: string,
  { sync = false, yes = false, errors }: ImportOptions = {},
): Promise<ExitCode> {
  const read = await readFileOf(file);
  if (sync && read.rows.length === 0 && read.bad.length === 0) {
    throw new UsedWrongly(`"${file}" names nobody, so --sync would suspend everybody. Nothing was changed.`);
  }
  const before = sync ? await listActiveStaff(session) : [];
  const imported = await sendBatches(session, read.rows);
  for (const bad of read.bad) imported.refused.push(bad);
  imported.refused.sort((a, b) => a.line - b.line);
  const synced = sync ? await suspendMissing(session, before, imported, yes) : undefined;
  report(session, read, imported, { synced, errors });
  if (errors !== undefined) await writeErrors(errors, read.file, imported.refused);
  const failure = imported.failure ?? synced?.failure;
  if (failure) throw failure;
  return imported.refused.length > 0 || synced?.refusal !== undefined ? exitCodes.refused : exitCodes.ok;
}

async function readFileOf(file: string): Promise<ReadFile> {
  const bytes = await readFile(file).catch(() => {
    throw new UsedWrongly(`Cannot read the file "${file}".`);
  });
  const { text, encoding, isGuess } = decodeText(bytes);
  return { ...readPeople(text), file, encoding, isGuess };
}

/** At most this many refused lines are printed, because a file can have thousands. */
const shownLines = 50;
const shownPeople = 10;

/** `a, b and 3 more`. */
const named = (addresses: readonly string[]): string =>
  addresses.slice(0, shownPeople).map(printableLine).join(', ') +
  (addresses.length > shownPeople ? ` and ${addresses.length - shownPeople} more` : '');

function addressesOf(lines: readonly number[], { rows }: ReadPeople): string[] {
  const wanted = new Set(lines);
  return rows.filter(({ line }) => wanted.has(line)).map(({ line, address }) => `${address}, line ${line}`);
}

async function writeErrors(path: string, file: string, refused: readonly BadLine[]): Promise<void> {
  const plain = pc.createColors(false);
  const lines = refused.map((bad) => `${complaintLine({ ...bad, file }, plain)}\n`);
  await writeFile(path, lines.join('')).catch((error: unknown) => {
    throw new UsedWrongly(`Cannot write "${path}": ${error instanceof Error ? error.message : error}`);
  });
}

/** Lists everybody, although the text for people names only the first fifty. */
const addressesIn = ({ missing = [] }: Synced) => missing.map(({ address, joined }) => ({ address, ...(joined && { joined }) }));

interface Reported {
  readonly synced: Synced | undefined;
  /** The file that receives every refused line. */
  readonly errors: string | undefined;
}

function report({ terminal }: Session, read: ReadFile, imported: Imported, { synced, errors }: Reported): void {
  const { added, changed, unchanged, restored, withoutStreams, suspended, refused, forgotten, unanswered } = imported;
  const unknownTeams = [...imported.unknownTeams.values()];
  const parts = [
    `${added} added`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    ...(restored > 0 ? [`${restored} no longer suspended`] : []),
    ...(synced && !synced.refusal ? [`${synced.suspended} suspended`] : []),
    ...(refused.length > 0 ? [`${counted(new Set(refused.map(({ line }) => line)).size, 'line')} refused`] : []),
    ...(unanswered.length > 0 ? [`${unanswered.length} not sent or not answered (lines ${lineRanges(unanswered)})`] : []),
  ];
  terminal.say(parts.join(', '));
  if (withoutStreams.length > 0) {
    terminal.say(
      `${counted(withoutStreams.length, 'person', 'people')} on no stream: neither the line nor their role in the distribution file names one ` +
        `(${named(addressesOf(withoutStreams, read))}). Lines that say none are not counted here.`,
    );
  }
  if (suspended.length > 0) {
    terminal.say(
      `${counted(suspended.length, 'person', 'people')} stay${suspended.length === 1 ? 's' : ''} suspended, as an operator or the directory decided ` +
        `(${named(addressesOf(suspended, read))}): afterword people unsuspend ADDRESS --reason TEXT`,
    );
  }
  for (const { name, meant, people } of unknownTeams.slice(0, shownPeople)) {
    const question = meant === undefined ? '.' : `; did you mean ${printableLine(meant)}?`;
    terminal.say(
      `team: "${printableLine(name)}" (${counted(people, 'person', 'people')}) is not a team in the distribution file${question}`,
    );
  }
  if (unknownTeams.length > shownPeople)
    terminal.say(`team: ${unknownTeams.length - shownPeople} more are not teams in the distribution file.`);
  if (synced?.kept) {
    terminal.say(`${counted(synced.kept, 'person', 'people')} changed meanwhile and were left as they are. Import again to be sure.`);
  }
  if (forgotten.length > 0) {
    terminal.say(
      `${counted(forgotten.length, 'line')} left out: ${forgotten.length === 1 ? 'this person was' : 'these people were'} erased (${lineRanges(forgotten)}). They can come back by signing up themselves.`,
    );
  }
  if (read.ignored.length > 0) terminal.say(`Columns that were ignored: ${read.ignored.join(', ')}`);
  if (read.isGuess)
    terminal.warn(
      `${read.file} does not name its encoding. It was read as ${read.encoding}. If names look wrong, save it as UTF-8 and import it again.`,
    );
  terminal.complain(refused.slice(0, shownLines).map((bad) => ({ ...bad, file: read.file })));
  if (refused.length > shownLines)
    terminal.say(
      `… and ${refused.length - shownLines} more. ${errors === undefined ? 'Write all of them into a file with --errors FILE.' : `All of them go into ${errors}.`}`,
    );
  if (synced?.refusal) terminal.warn(synced.refusal);
  terminal.answer({
    ...{
      added,
      changed,
      unchanged,
      restored,
      withoutStreams: withoutStreams.length,
      linesWithoutStreams: withoutStreams,
      linesSuspended: suspended,
      unknownTeams,
      refused,
      forgotten,
      notSent: unanswered.length,
      ignoredColumns: read.ignored,
      encoding: read.encoding,
    },
    ...(synced && {
      sync: {
        suspended: synced.suspended,
        kept: synced.kept,
        missing: addressesIn(synced),
        ...(synced.refusal && { refusal: synced.refusal }),
      },
    }),
  });
}
