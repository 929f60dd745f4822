import type { Command } from 'commander';
import { PostmortemsAnswer } from '../../../core/intake/api.ts';
import { RebuildAnswer } from '../../../core/operator/api.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import { dayArgument } from '../arguments.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { pages } from '../pages.ts';
import { counted } from '../printable.ts';
import type { Run, Session } from '../session.ts';

const rebuildHelp = `
After a deployment that derives something in another way, old postmortems show it once they are rebuilt: pages, archives, action items,
reviews, what lists and figures know. No mail is sent, nothing is posted, and no revision is made. The stack does it on its own, about 200
a minute; doing it twice changes nothing. --since takes those that changed on this day or later, at most five years back. The key needs
the scope configure; with --since also read.

Examples:
  afterword rebuild checkout-outage redis-failover
  afterword rebuild --since 2026-01-01`;

export function addRebuildCommand(program: Command, run: Run): void {
  program
    .command('rebuild')
    .description('have what is derived from postmortems made anew, for example after a deployment')
    .argument('[id...]', 'ids of postmortems, as the list shows them')
    .option('--since <day>', 'all that changed on this day or later', dayArgument)
    .addHelpText('after', rebuildHelp)
    .action((ids: string[], options: { since?: string }, command: Command) => run(command, (session) => rebuild(session, ids, options)));
}

const abreast = 8;
const aMinute = 200;

async function rebuild({ api, terminal }: Session, named: readonly string[], { since }: { readonly since?: string }): Promise<ExitCode> {
  if (named.length === 0 && since === undefined)
    throw new UsedWrongly('Name postmortems, or the day since which they changed: --since 2026-01-01');
  if (named.length > 0 && since !== undefined) throw new UsedWrongly('Name postmortems or --since, not both.');
  const ids = since === undefined ? [...new Set(named)] : await changedSince(api, since);
  const progress = terminal.progress(ids.length, 'postmortems');
  const outcomes = await fewAtATime(ids, (id) => ask(api, id).finally(() => progress.step()), abreast).finally(() => progress.stop());
  const unknown = outcomes.flatMap((one, n) => (one === 'unknown' ? [ids[n] ?? ''] : []));
  const [asked, underWay] = (['asked', 'under way'] as const).map((outcome) => outcomes.filter((one) => one === outcome).length);
  const minutes = Math.ceil((asked ?? 0) / aMinute);
  terminal.say(
    asked === 0
      ? 'Nothing was asked for.'
      : `${counted(asked ?? 0, 'postmortem')} will be rebuilt, within ${counted(minutes + 1, 'minute')} or so.`,
    ...(underWay ? [`${counted(underWay, 'postmortem')} already under way.`] : []),
  );
  terminal.complain(
    unknown.map((id) => ({ field: id, problem: 'is no postmortem', remedy: 'List them with: afterword postmortems list' })),
  );
  terminal.answer({ asked, underWay, unknown });
  return unknown.length > 0 ? exitCodes.refused : exitCodes.ok;
}

async function changedSince(api: Session['api'], since: string): Promise<string[]> {
  const ids = new Set<string>();
  const path = `postmortems?since=${since}`;
  for await (const some of pages(api, path, PostmortemsAnswer, (page) => page.postmortems)) for (const { id } of some) ids.add(id);
  return [...ids];
}

async function ask(api: Session['api'], id: string): Promise<RebuildAnswer['outcome'] | 'unknown'> {
  try {
    const path = `operator/postmortems/${encodeURIComponent(id)}/rebuild`;
    return (await api({ method: 'POST', path, mayRepeat: true }, RebuildAnswer)).body.outcome;
  } catch (error) {
    if (error instanceof RefusedByApi && error.status === 404) return 'unknown';
    throw error;
  }
}
