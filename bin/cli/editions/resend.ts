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
  afterword resend engineering-digest_2026-W47 --subscriber 0123456789ab --reason "asked for by phone"
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
  const people = await peopleOf(session, edition, options.subscriber);
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
    ...(told.left.length > 0
      ? [
          `${told.left.length} left alone: not unconfirmed, or being worked on just now. Whom SES refused is not tried again in this edition.`,
        ]
      : []),
  );
  terminal.answer({ edition, ...told });
  return told.left.length > 0 ? exitCodes.refused : exitCodes.ok;
}

/** Whole ids as they are written; of one that is cut short the unconfirmed one that begins with it; without any, all that are unconfirmed. */
async function peopleOf(session: Session, edition: string, written: readonly string[] | undefined): Promise<readonly string[]> {
  const bad = written?.find((text) => !/^[0-9a-f]{8,32}$/.test(text));
  if (bad !== undefined) throw notOne(bad, edition, 'is no subscriber id: write 8 to 32 hex digits of it');
  if (written?.every((text) => SubscriberId.safeParse(text).success)) return written;
  const known = await unconfirmedOf(session, edition);
  return (
    written?.map((text) => {
      const [sid, ...others] = SubscriberId.safeParse(text).success ? [text] : known.filter((one) => one.startsWith(text));
      if (sid === undefined || others.length > 0)
        throw notOne(text, edition, `is ${sid === undefined ? 'nobody' : 'several people'} who is unconfirmed`);
      return sid;
    }) ?? known
  );
}

const notOne = (text: string, edition: string, problem: string) =>
  new UsedWrongly(`--subscriber ${printableLine(text)} ${problem}. See whom it may be: afterword edition ${edition} --unconfirmed.`);

async function unconfirmedOf({ api }: Session, edition: string): Promise<readonly string[]> {
  return (await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(edition)}` }, EditionAnswer)).body.unconfirmed;
}

async function askFor({ api }: Session, edition: string, subscribers: readonly string[], reason: string): Promise<ResendAnswer> {
  const path = `operator/editions/${encodeURIComponent(edition)}/resend`;
  const body = JSON.stringify({ subscribers, reason });
  return (await api({ method: 'POST', path, body, type: 'application/json' }, ResendAnswer)).body;
}
