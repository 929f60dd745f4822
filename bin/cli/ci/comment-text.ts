import { counted } from '../printable.ts';
import { isStored, type Stored } from '../publish/send-documents.ts';
import { markdownCode as code } from './markdown-code.ts';
import type { Outcome } from './outcome.ts';

/** The first line of our comment, by which it is found again. Nobody sees it. */
export const marker = '<!-- afterword -->';

/** GitHub takes 65,536 characters. */
const longest = 60_000;

/**
 * What a run found, as Markdown for a comment or a summary of a job. Whatever comes from a document
 * stands in code. Nothing is said of a restricted document but that it is one: comments are mailed
 * on.
 */
export function commentText(outcome: Outcome): string {
  const { work, head, file } = outcome;
  const read = outcome.sent.filter(isStored);
  const refused = outcome.sent.flatMap((one) => (one.outcome === 'refused' ? [one] : []));
  const unsent = outcome.sent.flatMap((one) => (one.outcome === 'not sent' ? [code(one.file)] : []));
  const told = read.filter(({ restricted }) => !restricted);
  const counts = [
    ...(read.length > 0 ? [`${counted(read.length, 'postmortem')} ${work === 'check' ? 'read' : 'published'}`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
    ...(unsent.length > 0 ? [`${unsent.length} not sent`] : []),
  ];
  const parts: Part[] = [
    { head: [], lines: [`### Afterword: ${counts.join(', ') || 'no postmortem changes here'}`] },
    { head: ['| postmortem | severity | services | sections found | who gets it |', '|---|---|---|---|---|'], lines: read.map(row) },
    {
      head: [`**Refused.** ${work === 'check' ? 'Merged as they are, they would not be published:' : 'They were not published:'}`],
      lines: refused.flatMap(refusals),
    },
    { head: ['**Not sent.** Run the job again; what was published stays as it is:'], lines: unsent.map((one) => `- ${one}`) },
    { head: ['**To look at**'], lines: told.flatMap(remarks) },
    {
      head: ['**Deleted here, and not taken back by it.** An operator does that: `afterword postmortems retract ID --reason TEXT`'],
      lines: outcome.deleted.map((path) => `- ${code(path)}`),
    },
    { head: ['**Not followed**, because they are links or submodules:'], lines: outcome.leftOut.map((path) => `- ${code(path)}`) },
    { head: ['**Nothing lies here.** Are the paths right?'], lines: outcome.nowhere.map((path) => `- ${code(path)}`) },
  ];
  const last = [file, work === 'check' ? 'Nothing is published before this is merged.' : undefined, `Read at ${code(head.slice(0, 12))}.`];
  return within(longest, marker, parts, last.filter((one) => one !== undefined).join(' '));
}

interface Part {
  /** Left out if there is no line below it. */
  readonly head: readonly string[];
  readonly lines: readonly string[];
}

/** As many lines as there is room for, and how many are missing. */
function within(most: number, first: string, parts: readonly Part[], last: string): string {
  const lines = [first];
  let room = most - first.length - last.length - 100;
  let missing = 0;
  for (const part of parts.filter((one) => one.lines.length > 0)) {
    for (const line of [...part.head, ...part.lines]) {
      if (missing > 0 || line.length + 2 > room) missing += 1;
      else {
        lines.push(line);
        room -= line.length + 2;
      }
    }
    lines.push('');
  }
  if (missing > 0) lines.push(`${counted(missing, 'more line')} in the log of the job.`, '');
  return [...lines, last, ''].join('\n');
}

function row(one: Stored): string {
  const name = `${code(one.file)} as ${code(one.id)}`;
  if (one.restricted) return `| ${name} | | | | restricted: nobody is told |`;
  const state = one.status === 'published' ? '' : `, ${one.status}`;
  const cells = [
    `${code(one.title)}<br>${name}${state}`,
    found(one, 'severity') ?? code(one.severity ?? 'unclassified'),
    found(one, 'services') ?? '',
    one.sections.map((section) => code(section)).join(' ') || 'none',
    one.tells === undefined ? '' : one.tells.map((tell) => code(tell)).join('<br>') || 'nobody',
  ];
  return `| ${cells.join(' | ')} |`;
}

const found = ({ recognised = [] }: Stored, what: string): string | undefined => {
  const value = recognised.find((one) => one.what === what)?.value;
  return value === undefined ? undefined : code(value);
};

const refusals = ({ file, problem, complaints }: Refusal): string[] =>
  (complaints.length > 0 ? complaints : [{ field: '', problem, remedy: '', line: undefined, column: undefined }]).map((one) => {
    const place = one.line === undefined ? '' : `, line ${one.line}${one.column === undefined ? '' : `, column ${one.column}`}`;
    return `- ${code(file)}${place}: ${code([one.field, one.problem].filter(Boolean).join(': '), 500)} ${one.remedy === '' ? '' : code(one.remedy, 500)}`;
  });
type Refusal = Extract<Outcome['sent'][number], { readonly outcome: 'refused' }>;

const remarks = ({ id, warnings, missing = [], advice }: Stored): string[] =>
  [...warnings, ...(missing.length > 0 ? [`Not found: ${missing.join(', ')}.`] : []), ...(advice === undefined ? [] : [advice])].map(
    (text) => `- ${code(id)}: ${code(text, 500)}`,
  );
