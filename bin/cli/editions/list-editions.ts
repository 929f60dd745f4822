import { EditionsAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columns, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine } from './counts-line.ts';

/** The latest editions first, at most `limit`. */
export async function listEditions({ api, terminal }: Session, limit: number): Promise<ExitCode> {
  const editions: EditionsAnswer['editions'] = [];
  for await (const some of pages(api, 'operator/editions', EditionsAnswer, (page) => page.editions, limit)) editions.push(...some);
  const rows = editions.map(({ edition, scheduledFor, state, counts, subject }) => [
    edition,
    toTheMinute(scheduledFor),
    state,
    countsLine(counts),
    subject,
  ]);
  terminal.say(
    ...(rows.length > 0 ? columns(['EDITION', 'SCHEDULED (UTC)', 'STATE', 'DELIVERIES', 'SUBJECT'], rows) : ['There are no editions yet.']),
  );
  terminal.answer({ editions });
  return exitCodes.ok;
}
