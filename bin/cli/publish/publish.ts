import type { Api } from '../api-client.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { type ChangedFile, type ChangedFiles, changedFiles, readChanged } from '../git/changed-files.ts';
import { parseRange } from '../git/commits.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { findFiles } from './find-files.ts';
import { type PublishOptions, queryOf } from './options.ts';
import { type ReadDocument, readDocument } from './read-document.ts';
import { reportToPerson, reportToProgram } from './report.ts';
import { sayRelevance } from './say-relevance.ts';
import { type Store, sendDocuments, storeBy } from './send-documents.ts';
import { storeAlone } from './store-alone.ts';

export const publishHelp = `
A file is Markdown (.md, .markdown, .mdx or .txt, with or without front matter), another markup (.org, .adoc, .asciidoc, .rst,
.wiki or .textile), HTML, or JSON (.json, also as a tool exports it). A
folder means all such files in it except HTML, .txt, README and _index.md. The id comes from "id" in the document, or else from the name of the file
or, of index.md, of its folder. A dash reads one document from stdin. Publishing the same document again changes nothing.
What has no date counts as published now, with a warning, and alerts nobody. For an archive, use --history; what has no date at all is
then refused, unless --published-at gives one.
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
  my-export | afterword publish -`;

/** Publishes postmortems or checks them. A refused one does not stop the others. */
export async function publish(session: Session, named: readonly string[], options: PublishOptions = {}): Promise<ExitCode> {
  const { terminal } = session;
  if (options.distribution !== undefined && !options.check) throw new UsedWrongly('--distribution is for --check.');
  if (named.length === 0 && options.changed === undefined)
    throw new UsedWrongly('Name files or folders, or what changed: --changed BASE..HEAD');
  const isAlone = options.check && (options.distribution !== undefined || !session.isNamed);
  const store = isAlone ? await storeAlone(options) : storeBy(withQuery(session.api, options));
  const { sent, failure } =
    options.changed === undefined
      ? await sendFiles(session, await findFiles(named), { read: readDocument, store })
      : await sendAll(session, await changedFiles(await parseRange(options.changed), named), { read: readChanged, store });
  await sayRelevance(sent, session);
  if (isAlone) terminal.say('', alone);
  if (failure) throw failure;
  return sent.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}

const alone = 'This machine read it alone: what is stored was not looked at. --api asks a deployment.';

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
  const done = await sendFiles(session, [...byPath.keys()], { read: readPath, store }, { deleted, leftOut });
  for (const path of deleted)
    terminal.say(`Deleted, and not taken back by it: ${printableLine(path)} (see: afterword postmortems retract --help)`);
  for (const path of leftOut) terminal.say(`Not followed, because it is a link or a submodule: ${printableLine(path)}`);
  return done;
}

async function sendFiles({ terminal }: Session, files: readonly string[], { read, store }: Way<string>, more: object = {}) {
  const progress = terminal.progress(files.length, 'postmortems');
  const done = await sendDocuments(files, read, store, () => progress.step()).finally(() => progress.stop());
  if (files.length > 0) reportToPerson(done.sent, terminal);
  reportToProgram(done.sent, terminal, more);
  return done;
}

function withQuery(api: Api, said: PublishOptions): Api {
  const query = queryOf(said).toString();
  return query === '' ? api : (call, schema) => api({ ...call, path: `${call.path}?${query}` }, schema);
}
