import { EditionsAnswer, type HeldLane } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columns, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine, laneLines, stateLine, wavesLine } from './lines.ts';

export interface ListOptions {
  readonly limit: number;
  /** Lists service mails, which answer what somebody did, instead of editions. */
  readonly service?: boolean;
}

/** Lists the latest editions first, at most `limit`, and above them the lanes that are held. */
export async function listEditions({ api, terminal }: Session, { limit, service }: ListOptions): Promise<ExitCode> {
  const editions: EditionsAnswer['editions'] = [];
  let lanes: readonly HeldLane[] = [];
  const linesOf = (page: EditionsAnswer) => {
    lanes = page.lanes;
    return page.editions;
  };
  for await (const some of pages(api, service ? 'operator/editions?service=true' : 'operator/editions', EditionsAnswer, linesOf, limit))
    editions.push(...some);
  const rows = editions.map((listed) => [
    listed.edition,
    toTheMinute(listed.scheduledFor),
    listed.ahead ? `${stateLine(listed)}, ${wavesLine(listed.ahead)}` : stateLine(listed),
    countsLine(listed.counts, listed.edition),
    listed.subject,
  ]);
  const held = lanes.flatMap(laneLines).map(terminal.colours.yellow);
  terminal.say(
    ...(held.length > 0 ? [...held, ''] : []),
    ...(rows.length > 0 ? columns(['EDITION', 'SCHEDULED (UTC)', 'STATE', 'DELIVERIES', 'SUBJECT'], rows) : ['There are no editions yet.']),
  );
  terminal.answer({ editions, lanes });
  return exitCodes.ok;
}
