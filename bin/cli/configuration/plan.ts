import pc from 'picocolors';
import { clockWarnings } from '../../../core/distribution/clock-warnings.ts';
import { contentWarnings } from '../../../core/distribution/content-warnings.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { placed } from '../../../core/distribution/placed.ts';
import { ConfigurationAnswer } from '../../../core/operator/api.ts';
import type { Flaw } from '../../../core/shared/errors.ts';
import { type Complaint, RefusedByApi } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { complaintLine, type Terminal } from '../terminal.ts';

/** What a distribution file would change. Applies nothing. */
export const planOf = (session: Session, text: string): Promise<ConfigurationAnswer> => put(session, text, 'dryRun=true');

/**
 * Applies what was shown and nothing else. Undefined if another file came into force in between.
 */
export async function applyShown(session: Session, text: string, shown: ConfigurationAnswer): Promise<ConfigurationAnswer | undefined> {
  try {
    return await put(session, text, `dryRun=false&shownAgainst=${shown.inForce ?? 'none'}`);
  } catch (error) {
    if (error instanceof RefusedByApi && error.status === 409) return undefined;
    throw error;
  }
}

async function put({ api }: Session, body: string, query: string): Promise<ConfigurationAnswer> {
  const call = { method: 'PUT', path: `operator/configuration?${query}`, body, type: 'text/yaml' } as const;
  return (await api(call, ConfigurationAnswer)).body;
}

/**
 * The stack that `npm start` runs has nothing to deploy. It is made from its file at each start.
 */
const isOnThisMachine = ({ stack }: ConfigurationAnswer) => stack === 'afterword-laptop';

export function showChanges({ say, colours }: Terminal, answer: ConfigurationAnswer): void {
  const { changes, needsDeploy } = answer;
  if (changes.length === 0) say('The file in force is the same.');
  const mark = colours.yellow(isOnThisMachine(answer) ? '  (needs a restart)' : '  (needs a deploy)');
  for (const { path, before, after } of changes) {
    say(`${colours.bold(printableLine(path))}${needsDeploy.includes(path) ? mark : ''}`);
    if (before !== undefined) say(colours.red(`  - ${printableLine(before)}`));
    if (after !== undefined) say(colours.green(`  + ${printableLine(after)}`));
  }
}

/**
 * Lists the parts of the file that have no effect yet, even if nothing else is to be done. Somebody
 * else may have applied the file.
 */
export function tellNeeds({ say, colours }: Terminal, file: string, answer: ConfigurationAnswer): void {
  const { needsDeploy, stack } = answer;
  if (needsDeploy.length === 0) return;
  const [what, how] = isOnThisMachine(answer)
    ? ['a restart', `Stop "npm start" and start it with this file: npm start -- --distribution ${file}`]
    : ['a deploy', `Deploy with this file: npm run deploy${stack ? ` -- ${stack}` : ''}`];
  say(`${colours.yellow(`Needs ${what}`)} before it takes full effect: ${needsDeploy.map(printableLine).join(', ')}`, how);
  if (needsDeploy.some((path) => path.startsWith('senders.')))
    say('Until then SES refuses mail from a sender that is not deployed (AccessDenied). The lane stops, and mail that is due waits.');
}

/**
 * Warns of schedules whose hour a change of the clocks skips or repeats, and of what the file may
 * say and hardly means. Returns the warnings.
 */
export function warnOfFile(terminal: Terminal, file: string, { text, distribution }: ReadFile): Flaw[] {
  const warnings = placed(text, [...clockWarnings(distribution, new Date()), ...contentWarnings(distribution)]);
  tellWarnings(terminal, file, warnings);
  return warnings;
}

/** One line for each warning, as compilers write them. */
export function tellWarnings({ warn }: Pick<Terminal, 'warn'>, file: string, warnings: readonly Complaint[]): void {
  warn(...warnings.map((one) => `Warning: ${complaintLine({ ...one, file }, pc.createColors(false))}`));
}

interface ReadFile {
  readonly text: string;
  readonly distribution: Distribution;
}
