import type { Distribution } from '../../../core/distribution/distribution.ts';
import { severityAliases } from '../../../core/postmortem/reading/classification-words.ts';
import { readJson } from '../../../core/postmortem/reading/read-json.ts';
import { readMarkdown } from '../../../core/postmortem/reading/read-markdown.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { Refused } from '../../../core/shared/errors.ts';
import type { Taxonomy } from '../../../core/taxonomy/compile.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { type FoundTerm, termsOf } from '../../../core/taxonomy/terms-of.ts';
import { complaintsOf, readDistribution } from '../configuration/read-distribution.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Complaint } from '../failure.ts';
import { printableLine } from '../printable.ts';
import { readDocument } from '../publish/read-document.ts';
import type { Session } from '../session.ts';

export interface TaxonomyOptions {
  readonly distribution?: string;
}

/** The taxonomy with the terms of a file. Undefined if the file has flaws, which are printed. */
export async function readTaxonomy(
  { terminal }: Session,
  { distribution: file }: TaxonomyOptions,
): Promise<{ readonly taxonomy: Taxonomy; readonly distribution?: Distribution } | undefined> {
  if (file === undefined) return { taxonomy: taxonomyOf({}) };
  const read = await readDistribution(file);
  if ('distribution' in read) return { taxonomy: taxonomyOf(read.distribution), distribution: read.distribution };
  const flaws = complaintsOf(file, read.flaws);
  terminal.complain(flaws);
  terminal.answer({ file, flaws });
  return undefined;
}

/**
 * Prints the terms that a postmortem shows: its title, tags, causes and text as engineers see it.
 */
export async function tryFile(session: Session, file: string, options: TaxonomyOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = await readTaxonomy(session, options);
  if (read === undefined) return exitCodes.refused;
  const document = await readDocument(file);
  if ('complaints' in document) return refuse(session, file, document.complaints);
  const { severities = {}, headings, organisation } = read.distribution ?? {};
  const how = { aliases: severityAliases(severities), ...(headings && { headings }), now: new Date(), zone: organisation?.zone ?? 'UTC' };
  try {
    const text = new TextDecoder().decode(document.bytes);
    const { postmortem } = document.type === 'application/json' ? readJson(text, how) : readMarkdown(text, how);
    const terms = termsOf(engineeringRendition(postmortem), read.taxonomy);
    terminal.say(...linesOf(terms));
    terminal.answer({ file, terms });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof Refused) return refuse(session, file, error.flaws);
    throw error;
  }
}

function refuse({ terminal }: Session, file: string, flaws: readonly Complaint[]): ExitCode {
  const complaints = flaws.map((flaw) => ({ ...flaw, file }));
  terminal.complain(complaints);
  terminal.answer({ file, flaws: complaints });
  return exitCodes.refused;
}

function linesOf(terms: readonly FoundTerm[]): string[] {
  if (terms.length === 0) return ['It shows no term that the taxonomy has.'];
  const width = Math.max(...terms.map(({ id }) => id.length));
  return terms.map(({ id, label, kind, weight, said, where, times }) => {
    const often = times > 1 ? `, ${times} times` : '';
    return `${id.padEnd(width)}  ${printableLine(label)} (${kind}, weight ${weight}): “${printableLine(said)}” in ${places[where]}${often}`;
  });
}

const places: Readonly<Record<FoundTerm['where'], string>> = {
  title: 'the title',
  tags: 'a tag',
  services: 'the name of a service',
  cause: 'the causes',
  summary: 'the summary',
  impact: 'the impact',
  body: 'the text',
  timeline: 'the timeline',
};
