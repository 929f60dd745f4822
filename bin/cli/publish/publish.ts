import type { Api } from '../api-client.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
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

Examples:
  afterword publish checkout-down.md
  afterword publish postmortems/*.md
  afterword publish postmortems/ --json
  afterword publish --check draft.md
  afterword publish --check draft.md --distribution distribution.yaml
  afterword publish archive/ --history --published-at 2020-01-01
  my-export | afterword publish -`;

/** Publishes postmortems or checks them. A refused one does not stop the others. */
export async function publish(session: Session, named: readonly string[], options: PublishOptions = {}): Promise<ExitCode> {
  if (options.distribution !== undefined && !options.check) throw new UsedWrongly('--distribution is for --check.');
  const files = await findFiles(named);
  const isAlone = options.check && (options.distribution !== undefined || !session.isNamed);
  const store = isAlone ? await storeAlone(options) : storeBy(withQuery(session.api, options));
  const exitCode = await send(session, files, { read: readDocument, store });
  if (isAlone) session.terminal.say('', alone);
  return exitCode;
}

const alone = 'This machine read it alone: what is stored was not looked at. --api asks a deployment.';

/** What to do with files, and what to say of them. */
export async function send(
  session: Session,
  files: readonly string[],
  { read, store }: { readonly read: (file: string) => Promise<ReadDocument>; readonly store: Store },
): Promise<ExitCode> {
  const { terminal } = session;
  const progress = terminal.progress(files.length, 'postmortems');
  const { sent, failure } = await sendDocuments(files, read, store, () => progress.step()).finally(() => progress.stop());
  reportToPerson(sent, terminal);
  reportToProgram(sent, terminal);
  await sayRelevance(sent, session);
  if (failure) throw failure;
  return sent.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}

function withQuery(api: Api, said: PublishOptions): Api {
  const query = queryOf(said).toString();
  return query === '' ? api : (call, schema) => api({ ...call, path: `${call.path}?${query}` }, schema);
}
