import type { Api } from '../api-client.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { findFiles } from './find-files.ts';
import { readDocument } from './read-document.ts';
import { reportToPerson, reportToProgram } from './report.ts';
import { sayRelevance } from './say-relevance.ts';
import { sendDocuments } from './send-documents.ts';

export const publishHelp = `
A file is Markdown (.md, .markdown, .mdx or .txt, with or without front matter), another markup (.org, .adoc, .asciidoc, .rst,
.wiki or .textile), HTML, or JSON (.json, also as a tool exports it). A
folder means all such files in it except HTML, .txt, README and _index.md. The id comes from "id" in the document, or else from the name of the file
or, of index.md, of its folder. A dash reads one document from stdin. Publishing the same document again changes nothing.
What has no date counts as published now, with a warning, and alerts nobody. For an archive, use --history; what has no date at all is
then refused, unless --published-at gives one.

Examples:
  afterword publish checkout-down.md
  afterword publish postmortems/*.md
  afterword publish postmortems/ --json
  afterword publish --check draft.md
  afterword publish archive/ --history --published-at 2020-01-01
  my-export | afterword publish -`;

export interface PublishOptions {
  readonly publishedAt?: string;
  readonly history?: boolean;
  readonly check?: boolean;
}

/** Sends postmortems to the API. A refused one does not stop the others. */
export async function publish(session: Session, named: readonly string[], options: PublishOptions = {}): Promise<ExitCode> {
  const { terminal } = session;
  const files = await findFiles(named);
  const progress = terminal.progress(files.length, 'postmortems');
  const { sent, failure } = await sendDocuments(files, readDocument, withQuery(session.api, options), () => progress.step()).finally(() =>
    progress.stop(),
  );
  reportToPerson(sent, terminal);
  reportToProgram(sent, terminal);
  await sayRelevance(sent, session);
  if (failure) throw failure;
  return sent.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}

/** Says with each document what the options say about it. */
function withQuery(api: Api, { publishedAt, history, check }: PublishOptions): Api {
  const said = { ...(publishedAt !== undefined && { publishedAt }), ...(history && { history: 'true' }), ...(check && { check: 'true' }) };
  const query = new URLSearchParams(said).toString();
  return query === '' ? api : (call, schema) => api({ ...call, path: `${call.path}?${query}` }, schema);
}
