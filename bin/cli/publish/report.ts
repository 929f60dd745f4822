import { counted, printableLine } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { stdin } from './find-files.ts';
import { isStored, type SendResult, type Stored } from './send-documents.ts';

const outcomes = ['new', 'changed', 'unchanged', 'done before', 'checked', 'refused', 'not sent'] as const;
const namedAtMost = 5;
const quotedAtMost = 3;

/**
 * The report for people. It has the id and the recognised sections of each stored file; of several
 * files, only of those that are new or changed. Then come the summary, warnings with each shared
 * one shown once, and at the end what was refused and why.
 */
export function reportToPerson(sent: readonly SendResult[], terminal: Terminal): void {
  const { colours, say } = terminal;
  const stored = sent.filter(isStored);
  for (const one of stored.filter(({ outcome }) => sent.length === 1 || outcome !== 'unchanged')) {
    const stands = one.outcome === 'checked' ? 'would be ' : '';
    const revision = one.revision === undefined ? '' : `revision ${one.revision}, `;
    say(
      `${colours.bold(one.id)} ${stands}${revision}${one.restricted ? 'restricted, told to nobody' : one.status}: ${printableLine(one.title)}`,
    );
    const recognised = one.sections.length > 0 ? `recognised: ${one.sections.join(', ')}` : 'no section recognised';
    say(`  ${printableLine(`${one.file === stdin ? 'stdin' : one.file}, ${recognised}`)}`);
    if (sent.length === 1 || one.outcome === 'checked') say(...found(one).map((line) => `  ${printableLine(line)}`));
  }
  say(summary(sent));
  if (sent.length > 1) sayToldTogether(stored, terminal);

  const warnings = stored.flatMap((one) => one.warnings.map((warning) => ({ warning, id: one.id })));
  for (const alike of Map.groupBy(warnings, ({ warning }) => withoutQuotes(warning)).values()) {
    say('', `${colours.yellow('Warning:')} ${printableLine(sharedBy(alike))}`, `  ${named(alike.map(({ id }) => id))}`);
  }

  const refused = sent.filter((one) => one.outcome === 'refused');
  if (refused.length > 0) say('', colours.red(`${counted(refused.length, 'file')} refused:`));
  for (const { file, problem, complaints } of refused) {
    const told = complaints.length > 0 ? complaints : [{ field: '', problem, remedy: '' }];
    terminal.complain(told.map((complaint) => ({ ...complaint, file })));
  }
}

/** What was found in a document and where, what was not, and who would be told. */
const found = ({ recognised = [], missing = [], advice, outcome, tells }: Stored): string[] => [
  ...recognised.map(({ what, value, from }) => `${what}: ${value} (${from})`),
  ...(missing.length > 0 ? [`not found: ${missing.join(', ')}`] : []),
  ...(tells === undefined ? [] : [`${outcome === 'checked' ? 'would be told' : 'will be told'}: ${tells.join('; ') || 'nobody'}`]),
  ...(advice === undefined ? [] : [`advice: ${advice}`]),
];

/** Of several files: who will be told, with the ids of what they are told of. */
function sayToldTogether(stored: readonly Stored[], { say }: Terminal): void {
  const told = stored
    .filter(({ outcome }) => outcome === 'new' || outcome === 'changed')
    .flatMap(({ id, tells = [] }) => tells.map((tell) => ({ tell, id })));
  for (const [tell, of] of Map.groupBy(told, (one) => one.tell))
    say('', `Will be told: ${printableLine(tell)}`, `  ${named(of.map(({ id }) => id))}`);
}

/** The report for programs: the counts, the outcome of each file, and what else there is. */
export function reportToProgram(sent: readonly SendResult[], terminal: Terminal, more: object = {}): void {
  terminal.answer({ ...counts(sent), files: sent, ...more });
}

/** A warning without what it quotes, so that 46 warnings about guessed titles are shown as one. */
const withoutQuotes = (warning: string): string => warning.replace(/"[^"]*"/g, '"…"');

function sharedBy(alike: readonly { warning: string }[]): string {
  const [first = { warning: '' }] = alike;
  const different = [...new Set(alike.map(({ warning }) => warning))];
  if (different.length === 1) return first.warning;
  const quotes = different.map((warning) => [...warning.matchAll(/"[^"]*"/g)].map(([quote]) => quote).join(' and '));
  const more = quotes.length > quotedAtMost ? ` and ${quotes.length - quotedAtMost} more` : '';
  return `${withoutQuotes(first.warning)} (${quotes.slice(0, quotedAtMost).join('; ')}${more})`;
}

const summary = (sent: readonly SendResult[]): string => {
  const told = Object.entries(counts(sent)).filter(([, count]) => count > 0);
  return told.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
};

const counts = (sent: readonly SendResult[]) =>
  Object.fromEntries(outcomes.map((outcome) => [outcome, sent.filter((one) => one.outcome === outcome).length]));

export function named(all: readonly string[]): string {
  const ids = [...new Set(all)];
  return ids.length > namedAtMost ? `${ids.slice(0, namedAtMost).join(', ')} and ${ids.length - namedAtMost} more` : ids.join(', ');
}
