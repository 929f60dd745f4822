import type { SeverityMapping } from '../../../core/exports/exported-record.ts';
import { parseSeverities } from '../../../core/exports/parse-severities.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { type ChangedFile, type ChangedFiles, changedFiles, pathsNowhere, readerAt } from '../git/changed-files.ts';
import { parseRange } from '../git/commits.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { accountsOf, sayAccounts } from './export-accounts.ts';
import { findFiles } from './find-files.ts';
import { type Gathered, gather } from './gather.ts';
import { type PublishOptions, queryOf } from './options.ts';
import type { ReadDocument } from './read-document.ts';
import { reportToPerson, reportToProgram } from './report.ts';
import { resuming } from './resume.ts';
import { sayRelevance } from './say-relevance.ts';
import { type SendResult, type Store, sendDocuments, storeBy } from './send-documents.ts';
import { storeAlone } from './store-alone.ts';

export const publishHelp = `
A file is Markdown (.md, .markdown, .mdx or .txt, with or without front matter), another markup (.org, .adoc, .asciidoc, .rst,
.wiki or .textile), HTML, or JSON (.json, also as a tool exports it). A
folder means all such files in it except HTML, .txt, README and _index.md, and a zip (.zip) the same of what is packed in it. The id comes from "id" in the document, or else from the name of the file
or, of index.md, of its folder. A dash reads one document from stdin. Publishing the same document again changes nothing.
What has no date counts as published now, with a warning, and alerts nobody. For an archive, use --history; what has no date at all is
then refused, unless --published-at gives one.
A JSON file may be an export of Statuspage (incidents.json), Opsgenie or Dispatch: each record becomes a postmortem of its own, whose id
is made of the tool and its number there, so a second run changes nothing. --severities says what the tool's words mean; those that neither
it nor the distribution file knows are refused. What has no date of publication in the export counts as history: no mail tells of it.
With --resume FILE, a run that was cut off goes on: what stands in the file is not sent again. Delete the file to send everything.
With --check, the deployment that --api, --profile or the environment names says what would become of them. If none is named, or with
--distribution, this machine reads them alone: it needs no API and no key, and does not know what is stored.
With --changed, documents are read as the second commit has them; files and folders are paths of git. What was deleted is listed and not
taken back. A file that was renamed is refused if its id was made of its name.

Examples:
  afterword publish checkout-down.md
  afterword publish postmortems/*.md
  afterword publish postmortems/ --json
  afterword publish --check draft.md
  afterword publish --check draft.md --distribution distribution.yaml
  afterword publish --changed origin/main..HEAD postmortems/
  afterword publish archive/ --history --published-at 2020-01-01
  afterword publish incidents.json --severities critical=sev1,major=sev2,minor=sev3
  afterword publish old-postmortems.zip --history --resume done.txt
  my-export | afterword publish -`;

/** Publishes postmortems or checks them. A refused one does not stop the others. */
export async function publish(session: Session, named: readonly string[], options: PublishOptions = {}): Promise<ExitCode> {
  const { terminal } = session;
  if (options.distribution !== undefined && !options.check) throw new UsedWrongly('--distribution is for --check.');
  if (named.length === 0 && options.changed === undefined)
    throw new UsedWrongly('Name files or folders, or what changed: --changed BASE..HEAD');
  if (options.resume !== undefined && options.check) throw new UsedWrongly('--resume is for publishing: a check stores nothing.');
  const severities = severitiesOf(options);
  const isAlone = options.check && (options.distribution !== undefined || !session.isNamed);
  const plain = isAlone ? await storeAlone(options) : storeBy(session.api, options);
  const way = () => JSON.stringify([session.address(), queryOf(options).toString()]);
  const store = options.resume === undefined ? plain : await resuming(plain, options.resume, way());
  const { sent, failure } =
    options.changed === undefined
      ? await sendGathered(session, await gather(await findFiles(named), severities), store)
      : await sendChanged(session, options.changed, named, store);
  await sayRelevance(sent, session);
  if (isAlone) terminal.say('', alone);
  if (failure) throw failure;
  return sent.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}

const alone = 'This machine read it alone: what is stored was not looked at. --api asks a deployment.';

/** Throws UsedWrongly for a path that is a mistake. */
async function sendChanged(session: Session, changed: string, paths: readonly string[], store: Store) {
  const range = await parseRange(changed);
  const [nowhere] = await pathsNowhere(range, paths);
  if (nowhere !== undefined)
    throw new UsedWrongly(`"${printableLine(nowhere)}" is at neither commit of ${changed}. Name paths as git has them there.`);
  return sendAll(session, await changedFiles(range, paths), { read: await readerAt(range.head, paths), store });
}

interface Way<File> {
  readonly read: (file: File) => Promise<ReadDocument>;
  readonly store: Store;
}

/** Sends what changed, and says what of it is left to a person. */
export async function sendAll(session: Session, { changed, deleted, leftOut }: ChangedFiles, { read, store }: Way<ChangedFile>) {
  const { terminal } = session;
  const byPath = new Map(changed.map((file) => [file.path, file]));
  const readPath = async (path: string) => read(byPath.get(path) ?? { path, blob: '' });
  if (changed.length === 0) terminal.say('No document was added or changed.');
  const done = await sendFiles(session, [...byPath.keys()], { read: readPath, store }, () => ({ deleted, leftOut }));
  for (const path of deleted)
    terminal.say(`Deleted, and not taken back by it: ${printableLine(path)} (see: afterword postmortems retract --help)`);
  for (const path of leftOut) terminal.say(`Not followed, because it is a link or a submodule: ${printableLine(path)}`);
  return done;
}

/** Sends what was found in files, zips and exports, and says what became of records. */
async function sendGathered(session: Session, gathered: Gathered, store: Store) {
  const byFile = new Map(gathered.found.map((one) => [one.file, one]));
  const read = async (file: string) => (await byFile.get(file)?.read()) ?? { file, complaints: [] };
  const accounts = (sent: readonly SendResult[]) => accountsOf(gathered, sent);
  const done = await sendFiles(session, [...byFile.keys()], { read, store }, (sent) => ({
    ...(accounts(sent).length > 0 && { exports: accounts(sent) }),
  }));
  sayAccounts(accounts(done.sent), session.terminal);
  if (gathered.others > 0)
    session.terminal.say('', `Left out of zips: ${counted(gathered.others, 'file that is no document', 'files that are no documents')}.`);
  return done;
}

function severitiesOf({ severities, changed }: PublishOptions): SeverityMapping {
  if (severities === undefined) return new Map();
  if (changed !== undefined) throw new UsedWrongly('--severities is for exports in files, and --changed reads none.');
  const mapping = parseSeverities(severities);
  if (typeof mapping === 'string') throw new UsedWrongly(`--severities: ${mapping}. Write for example P1=sev1,P2=sev2`);
  return mapping;
}

async function sendFiles(
  { terminal }: Session,
  files: readonly string[],
  { read, store }: Way<string>,
  more: (sent: readonly SendResult[]) => object,
) {
  const progress = terminal.progress(files.length, 'postmortems');
  const done = await sendDocuments(files, read, store, () => progress.step()).finally(() => progress.stop());
  if (files.length > 0) reportToPerson(done.sent, terminal);
  reportToProgram(done.sent, terminal, more(done.sent));
  return done;
}
