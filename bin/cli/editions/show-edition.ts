import { EditionAnswer, ReachAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine, reachLines, stateLine, wavesLine } from './lines.ts';

export interface ShowOptions {
  /** Shows only the subscriber ids of unconfirmed deliveries, one per line. */
  readonly unconfirmed?: boolean;
  /** Shows only the subscriber ids that SES refused, with its code, one per line. */
  readonly refused?: boolean;
  /** Shows the addresses beside the ids. */
  readonly addresses?: boolean;
}

/** The API names at most this many. */
const mostNamed = 1000;

/** Shows one edition: what it carries and the outcome of each delivery. */
export async function showEdition(session: Session, id: string, options: ShowOptions = {}): Promise<ExitCode> {
  const { api, terminal } = session;
  const { unconfirmed, refused, addresses } = options;
  if (unconfirmed && refused) throw new UsedWrongly('Use either --unconfirmed or --refused, not both.');
  const query = addresses ? '?addresses=true' : '';
  const { body: edition } = await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(id)}${query}` }, EditionAnswer);
  const named = (sid: string) => (addresses ? `${shortId(sid)}  ${printableLine(edition.addresses?.[sid] ?? '(gone)')}` : shortId(sid));
  if (unconfirmed) {
    terminal.say(...edition.unconfirmed.map(named));
    if (edition.unconfirmed.length === mostNamed) terminal.warn(`These are the first ${mostNamed} of ${edition.counts.unconfirmed}.`);
    terminal.answer({
      edition: edition.edition,
      unconfirmed: edition.unconfirmed,
      ...(edition.addresses && { addresses: edition.addresses }),
    });
    return exitCodes.ok;
  }
  if (refused) {
    const people = Object.entries(edition.refused);
    terminal.say(...people.map(([sid, code]) => `${named(sid)}  ${printableLine(code)}`));
    if (people.length === mostNamed) terminal.warn(`These are the first ${mostNamed}.`);
    terminal.answer({ edition: edition.edition, refused: edition.refused, ...(edition.addresses && { addresses: edition.addresses }) });
    return exitCodes.ok;
  }
  const { body: reach } = await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(id)}/reach` }, ReachAnswer);
  const { bold, yellow } = terminal.colours;
  terminal.say(
    bold(printableLine(edition.subject)),
    `${edition.edition}, ${stateLine(edition)}`,
    `scheduled for ${toTheMinute(edition.scheduledFor)} UTC, composed ${toTheMinute(edition.composedAt)}${edition.completedAt ? `, complete ${toTheMinute(edition.completedAt)}` : ''}`,
    `deliveries: ${countsLine(edition.counts, edition.edition)}`,
    ...leftOut(edition),
    ...(edition.ahead ? [`${wavesLine(edition.ahead)} UTC`] : []),
    ...reachLines(reach),
    '',
    ...carried(edition),
    ...corrections(edition),
  );
  if (edition.inDoubt.length > 0) {
    terminal.say('', yellow('In doubt (waiting for evidence; subscriber ids):'), ...edition.inDoubt.map((sid) => `  ${named(sid)}`));
  }
  if (edition.unconfirmed.length > 0) {
    terminal.say('', `See whose mail is unconfirmed: afterword edition ${edition.edition} --unconfirmed --addresses`);
  }
  if (Object.keys(edition.refused).length > 0) {
    terminal.say('', `See whose mail SES refused: afterword edition ${edition.edition} --refused --addresses`);
  }
  terminal.answer({ ...edition, reach });
  return exitCodes.ok;
}

/** Readers who chose the stream and may not be mailed by this deployment. */
const leftOut = ({ counts }: EditionAnswer): string[] => {
  const many = counts['skipped: not allowed'] ?? 0;
  const who = many === 1 ? 'One reader was' : `${many} readers were`;
  return many === 0 ? [] : [`${who} left out: this stage may not mail their domain or address (see mayMail).`];
};

/**
 * Enough of an id to tell the people of one edition apart. --json shows it whole, and `resend`
 * accepts the short form.
 */
const shortId = (sid: string): string => sid.slice(0, 12);

const corrections = ({ corrects, takesBack, corrected }: EditionAnswer): string[] => [
  ...(corrects.length > 0 ? ['', 'It corrects what earlier editions told:'] : []),
  ...corrects.map(({ id, from, to }) => `  ${id}, revision ${from}, by revision ${to}`),
  ...(takesBack.length > 0 ? ['', 'It takes back what earlier editions told, without a title:'] : []),
  ...takesBack.map((id) => `  ${id}`),
  ...(corrected.length > 0 ? ['', 'Corrected since it was composed; mails to come say so:'] : []),
  ...corrected.map((id) => `  ${id}`),
];

const carried = ({ carries }: EditionAnswer): string[] =>
  carries.length === 0
    ? ['It has no postmortem.']
    : columns(
        ['POSTMORTEM', 'REVISION', 'SEVERITY', 'TITLE'],
        carries.map(({ id, revision, title, severity, severityLabel = severity }) => [
          id,
          String(revision),
          printableLine(severityLabel),
          title,
        ]),
      );
