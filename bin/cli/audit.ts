import type { Command } from 'commander';
import { actWords } from '../../core/audit/act-words.ts';
import type { AuditedAct } from '../../core/audit/audit.ts';
import { AuditAnswer, type When } from '../../core/operator/api.ts';
import { instantArgument, wholeNumber } from './arguments.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { pages } from './pages.ts';
import { columns, toTheMinute } from './printable.ts';
import type { Run, Session } from './session.ts';

const auditHelp = `
TIME is a day such as 2026-11-23 in the organisation's zone, or an instant such as 2026-11-23T08:00:00Z. A day counts from its start for
--since, and to its end for --until. The key needs the scope keys. Lines hold ids, and no
address; --addresses shows who the people among them are. --json has every detail.

Examples:
  afterword audit --since 2026-11-01
  afterword audit --who 5f2c9a0b1d3e4f60            what a key that leaked did
  afterword audit --postmortem checkout-down        who sent each revision, held it, decided on its actions, closed them, signed its review`;

const usualLimit = 50;

interface AuditOptions {
  readonly since?: When;
  readonly until?: When;
  readonly postmortem?: string;
  readonly who?: string;
  readonly limit: number;
  /** Shows addresses in place of the ids of people. */
  readonly addresses?: boolean;
}

export function addAuditCommand(program: Command, run: Run): void {
  program
    .command('audit')
    .description('show who did what: published, applied, paused, sent, chose')
    .option('--since <time>', 'from this time on (default: 400 days ago)', instantArgument)
    .option('--until <time>', 'up to this time (default: now)', instantArgument)
    .option('--postmortem <id>', 'only what was done with one postmortem, its actions and its review')
    .option('--who <id>', 'only what one key did')
    .option('--limit <number>', 'how many', wholeNumber, usualLimit)
    .option('--addresses', 'show the addresses of people who acted on a page; the key needs the scope people as well')
    .addHelpText('after', auditHelp)
    .action((options: AuditOptions, command: Command) => run(command, (session) => audit(session, options)));
}

/** Prints one line per act, latest first, at most `limit`. */
async function audit({ api, terminal }: Session, { limit, addresses: withAddresses, ...wanted }: AuditOptions): Promise<ExitCode> {
  const query = new URLSearchParams(Object.entries(wanted).filter(([name, value]) => name !== 'until' || value !== 'now'));
  if (withAddresses) query.set('addresses', 'true');
  const acts: AuditedAct[] = [];
  const addresses: Record<string, string> = {};
  const actsOf = (page: AuditAnswer) => {
    Object.assign(addresses, page.addresses);
    return page.acts;
  };
  for await (const some of pages(api, `operator/audit?${query}`, AuditAnswer, actsOf, limit)) acts.push(...some);
  const rows = acts.map((act) => [toTheMinute(act.at), addresses[act.who] ?? whoWords(act), actWords(act)]);
  terminal.say(...(rows.length > 0 ? columns(['AT (UTC)', 'WHO', 'WHAT'], rows) : ['Nothing happened in that time.']));
  terminal.answer(withAddresses ? { acts, addresses } : { acts });
  return exitCodes.ok;
}

/** Some lines hold the key's label as well. */
function whoWords({ who, facts }: AuditedAct): string {
  if (who === 'reader') return 'a reader';
  return facts.by === undefined ? who : `${who} (${facts.by})`;
}
