import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { findFiles } from './find-files.ts';
import { readDocument } from './read-document.ts';
import { reportToPerson, reportToProgram } from './report.ts';
import { sendDocuments } from './send-documents.ts';

export const publishHelp = `
A file is Markdown (.md or .markdown, with or without YAML front matter) or JSON (.json). A folder means all such files in it except
README. The id comes from "id" in the document, or else from the name of the file. A dash reads one document from stdin.
Publishing the same document again changes nothing.

Examples:
  afterword publish checkout-down.md
  afterword publish postmortems/*.md
  afterword publish postmortems/ --json
  my-export | afterword publish -`;

/** Sends postmortems to the API. A refused one does not stop the others. */
export async function publish(session: Session, named: readonly string[]): Promise<ExitCode> {
  const { terminal } = session;
  const files = await findFiles(named);
  const progress = terminal.progress(files.length, 'postmortems');
  const { sent, failure } = await sendDocuments(files, readDocument, session.api, () => progress.step()).finally(() => progress.stop());
  reportToPerson(sent, terminal);
  reportToProgram(sent, terminal);
  if (failure) throw failure;
  return sent.some(({ outcome }) => outcome === 'refused') ? exitCodes.refused : exitCodes.ok;
}
