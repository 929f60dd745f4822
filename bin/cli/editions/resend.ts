import { EditionAnswer, ResendAnswer } from '../../../core/operator/api.ts';
import { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const resendHelp = `
For deliveries that are unconfirmed: nobody knows whether the mail arrived. SES's events are looked at once more; without a proof the
mail is sent again and says that it may be a repeat. Everybody else is left alone. It leaves an audit line with the reason and your key.

Examples:
  afterword resend engineering-digest_2026-W47 --subscriber 0123456789abcdef0123456789abcdef --reason "asked for by phone"
  afterword resend engineering-digest_2026-W47 --unconfirmed --reason "SES had an outage" --yes`;

export interface ResendOptions {
  readonly subscriber?: readonly string[];
  readonly unconfirmed?: boolean;
  readonly reason: string;
  readonly yes?: boolean;
}

/** The API takes so many at once. */
const batchSize = 100;

/** Has unconfirmed deliveries sent once more. */
export async function resend(session: Session, edition: string, options: ResendOptions): Promise<ExitCode> {
  const { terminal } = session;
  if (Boolean(options.subscriber) === Boolean(options.unconfirmed)) {
    throw new UsedWrongly('Say to whom: either --subscriber SID, once or more, or --unconfirmed for everybody of whom nobody knows.');
  }
  const unknown = options.subscriber?.find((sid) => !SubscriberId.safeParse(sid).success);
  if (unknown !== undefined) {
    throw new UsedWrongly(
      `--subscriber ${printableLine(unknown)} is no subscriber's id of 32 hex digits. See whom it may be: afterword edition ${edition} --unconfirmed.`,
    );
  }
  const people = options.subscriber ?? (await unconfirmedOf(session, edition));
  if (people.length === 0) {
    terminal.say(`Nobody is unconfirmed in ${edition}.`);
    terminal.answer({ edition, asked: [], underWay: [], left: [] });
    return exitCodes.ok;
  }
  const question = `${counted(people.length, 'person', 'people')} may get ${edition} a second time. Send it?`;
  if (!options.yes && !(await isConfirmed(terminal, question, 'Nothing was sent: say --yes, because it may be a second copy.'))) {
    terminal.say('Nothing was sent.');
    return exitCodes.ok;
  }
  const told: Record<'asked' | 'underWay' | 'left', string[]> = { asked: [], underWay: [], left: [] };
  for (let i = 0; i < people.length; i += batchSize) {
    const { asked, underWay, left } = await askFor(session, edition, people.slice(i, i + batchSize), options.reason);
    told.asked.push(...asked);
    told.underWay.push(...underWay);
    told.left.push(...left);
  }
  terminal.say(
    `${counted(told.asked.length, 'delivery', 'deliveries')} will be settled or sent once more within a minute.`,
    ...(told.underWay.length > 0 ? [`${told.underWay.length} under way already.`] : []),
    ...(told.left.length > 0 ? [`${told.left.length} left alone: not unconfirmed, or being worked on just now.`] : []),
  );
  terminal.answer({ edition, ...told });
  return told.left.length > 0 ? exitCodes.refused : exitCodes.ok;
}

async function unconfirmedOf({ api }: Session, edition: string): Promise<readonly string[]> {
  return (await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(edition)}` }, EditionAnswer)).body.unconfirmed;
}

async function askFor({ api }: Session, edition: string, subscribers: readonly string[], reason: string): Promise<ResendAnswer> {
  const path = `operator/editions/${encodeURIComponent(edition)}/resend`;
  const body = JSON.stringify({ subscribers, reason });
  return (await api({ method: 'POST', path, body, type: 'application/json' }, ResendAnswer)).body;
}
