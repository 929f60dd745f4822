import { EditionAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine } from './counts-line.ts';

/** One edition: what it carries and what became of each delivery. */
export async function showEdition({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const { body: edition } = await api({ method: 'GET', path: `operator/editions/${encodeURIComponent(id)}` }, EditionAnswer);
  const { bold, yellow } = terminal.colours;
  terminal.say(
    bold(printableLine(edition.subject)),
    `${edition.edition}, ${edition.state}`,
    `scheduled for ${toTheMinute(edition.scheduledFor)} UTC, composed ${toTheMinute(edition.composedAt)}${edition.completedAt ? `, complete ${toTheMinute(edition.completedAt)}` : ''}`,
    `deliveries: ${countsLine(edition.counts)}`,
    '',
    ...carried(edition),
  );
  if (edition.inDoubt.length > 0) {
    terminal.say('', yellow('In doubt (never sent again; subscriber ids):'), ...edition.inDoubt.map((sid) => `  ${sid}`));
  }
  terminal.answer(edition);
  return exitCodes.ok;
}

const carried = ({ carries }: EditionAnswer): string[] =>
  carries.length === 0
    ? ['It carries no postmortem.']
    : columns(
        ['POSTMORTEM', 'REVISION', 'SEVERITY', 'TITLE'],
        carries.map(({ id, revision, title, severity }) => [id, String(revision), severity, title]),
      );
