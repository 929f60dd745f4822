import { EditionsAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine } from './counts-line.ts';

/** The latest editions first, at most `limit`. */
export async function listEditions({ api, terminal }: Session, limit: number): Promise<ExitCode> {
  const editions: EditionsAnswer['editions'] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(limit - editions.length, 100)), ...(cursor && { cursor }) });
    const { body } = await api({ method: 'GET', path: `operator/editions?${query}` }, EditionsAnswer);
    editions.push(...body.editions);
    cursor = body.cursor;
  } while (cursor && editions.length < limit);

  const shown = editions.slice(0, limit);
  const rows = shown.map(({ edition, scheduledFor, state, counts, subject }) => [
    edition,
    toTheMinute(scheduledFor),
    state,
    countsLine(counts),
    subject,
  ]);
  terminal.say(
    ...(rows.length > 0 ? columns(['EDITION', 'SCHEDULED (UTC)', 'STATE', 'DELIVERIES', 'SUBJECT'], rows) : ['There are no editions yet.']),
  );
  terminal.answer({ editions: shown });
  return exitCodes.ok;
}
