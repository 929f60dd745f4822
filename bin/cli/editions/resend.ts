import { EditionAnswer, ResendAnswer } from '../../../core/operator/api.ts';
import { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const resendHelp = `
For deliveries that are unconfirmed: nobody knows whether the mail arrived. Afterword looks at SES's events once more. Without a proof it
sends the mail again and says in it that it may be a repeat. Nobody else gets a mail. The audit log keeps the reason and your key.

Examples:
  afterword resend engineering-digest_2026-W47 --subscriber 0123456789ab --reason "asked for by phone"
  afterword resend engineering-digest_2026-W47 --unconfirmed --reason "SES had an outage" --yes`;

export interface ResendOptions {
  readonly subscriber?: readonly string[];
  readonly unconfirmed?: boolean;
  readonly reason: string;
  readonly yes?: boolean;
}

/** The API accepts this many at once. */
const batchSize = 100;

/** Has unconfirmed deliveries sent once more. */
export async function resend(session: Session, edition: string, options: ResendOptions): Promise<ExitCode> {
  const { terminal } = session;
  if (Boolean(options.subscriber) === Boolean(options.unconfirmed)) {
    throw new UsedWrongly(
      'Say who gets it: either --subscriber SID, once or more, or --unconfirmed for everybody whose mail is unconfirmed.',
    );
  }
  const people = await peopleOf(session, edition, options.subscriber);
  if (people.length === 0) {
    terminal.say(`No mail of ${edition} is unconfirmed.`);
    terminal.answer({ edition, asked: [], underWay: [], left: [] });
    return exitCodes.ok;
  }
  const question = `${counted(people.length, 'person', 'people')} may get ${edition} a second time. Send it?`;
  if (!options.yes && !(await isConfirmed(terminal, question, 'Nothing was sent. It may be a second copy: add --yes to confirm.'))) {
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
    `${counted(told.asked.length, 'delivery', 'deliveries')} will be settled or sent again within a minute.`,
    ...(told.underWay.length > 0 ? [`${told.underWay.length} already under way.`] : []),
    ...(told.left.length > 0
      ? [
          `${told.left.length} left alone: not unconfirmed, or being worked on now. A mail that SES refused is not tried again in this edition.`,
        ]
      : []),
  );
  terminal.answer({ edition, ...told });
  return told.left.length > 0 ? exitCodes.refused : exitCodes.ok;
}

/**
 * Returns complete ids as they are written. A shortened id stands for the unconfirmed one that
 * begins with it. Without ids it returns all that are unconfirmed.
 */
async function peopleOf(session: Session, edition: string, written: readonly string[] | undefined): Promise<readonly string[]> {
  const bad = written?.find((text) => !/^[0-9a-f]{8,32}$/.test(text));
  if (bad !== undefined) throw notOne(bad, edition, 'is no subscriber id: write 8 to 32 hex digits of it');
  if (written?.every((text) => SubscriberId.safeParse(text).success)) return written;
  const known = await unconfirmedOf(session, edition);
  return (
    written?.map((text) => {
      const [sid, ...others] = SubscriberId.safeParse(text).success ? [text] : known.filter((one) => one.startsWith(text));
      if (sid === undefined || others.length > 0)
        throw notOne(text, edition, `fits ${sid === undefined ? 'nobody' : 'several people'} whose mail is unconfirmed`);
      return sid;
    }) ?? known
  );
}

const notOne = (text: string, edition: string, problem: string) =>
  new UsedWrongly(`--subscriber ${printableLine(text)} ${problem}. List them with: afterword edition ${edition} --unconfirmed.`);

async function unconfirmedOf({ api }: Session, edition: string): Promise<readonly string[]> {
  const { body } = await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(edition)}` }, EditionAnswer);
  // The API says the same, but is asked about nobody where nobody is unconfirmed.
  const isOver = 'nothing of it is sent any more';
  if (body.supersededBy !== undefined)
    throw new RefusedByApi(`It was superseded by ${printableLine(body.supersededBy)}: ${isOver}. Use that one instead.`, 409, []);
  if (body.state === 'recalled') throw new RefusedByApi(`It was recalled: ${isOver}.`, 409, []);
  return body.unconfirmed;
}

async function askFor({ api }: Session, edition: string, subscribers: readonly string[], reason: string): Promise<ResendAnswer> {
  const path = `operator/editions/${encodeURIComponent(edition)}/resend`;
  const body = JSON.stringify({ subscribers, reason });
  return (await api({ method: 'POST', path, body, type: 'application/json' }, ResendAnswer)).body;
}
