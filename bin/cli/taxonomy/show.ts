import { nearest } from '../../../core/shared/nearest.ts';
import type { Term } from '../../../core/taxonomy/term.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { readTaxonomy, type TaxonomyOptions } from './try-file.ts';

/** Lists the terms by kind, or prints one with its sequences of words. */
export async function showTerms(session: Session, id: string | undefined, options: TaxonomyOptions): Promise<ExitCode> {
  const { terminal } = session;
  const read = await readTaxonomy(session, options);
  if (read === undefined) return exitCodes.refused;
  const terms = [...read.taxonomy.terms.values()];
  if (id === undefined) {
    for (const [kind, heading] of [
      ['failure mode', 'Failure modes'],
      ['technology', 'Technologies'],
    ] as const) {
      const listed = terms.filter((term) => term.kind === kind).toSorted((a, b) => (a.id < b.id ? -1 : 1));
      terminal.say(`${heading} (${listed.length})`, ...listed.map((term) => `  ${term.id.padEnd(28)} ${printableLine(term.label)}`), '');
    }
    terminal.say('afterword taxonomy show ID shows the words of one.');
    terminal.answer({ terms });
    return exitCodes.ok;
  }
  const term = read.taxonomy.terms.get(id);
  if (term === undefined) throw new UsedWrongly(unknown(id, terms));
  terminal.say(...linesOf(term));
  terminal.answer({ term });
  return exitCodes.ok;
}

function unknown(id: string, terms: readonly Term[]): string {
  const meant = nearest(
    id,
    terms.map((term) => term.id),
  );
  return `There is no term ${JSON.stringify(id)}. ${meant === undefined ? 'List them: afterword taxonomy show' : `Did you mean ${meant}?`}`;
}

const linesOf = ({ id, label, kind, weight, says, instead = [], with: belongs = [] }: Term): string[] => [
  `${id}: ${printableLine(label)} (${kind}, weight ${weight})`,
  'Shown by:',
  ...says.map((pattern) => `  ${printableLine(pattern)}`),
  ...(instead.length > 0 ? ['Not inside:', ...instead.map((pattern) => `  ${printableLine(pattern)}`)] : []),
  ...(belongs.length > 0 ? [`Belongs with: ${[...new Set(belongs)].join(', ')}`] : []),
];
