import { ActionAnswer } from '../../../core/operator/actions-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const showHelp = `
Example:
  afterword actions show checkout-outage/3f2a9c1b7d4e`;

/** Shows one action item. */
export async function showAction({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const [postmortem, action, more] = id.split('/');
  if (!postmortem || !action || more !== undefined)
    throw new UsedWrongly(
      `"${printableLine(id)}" is not the id of an action, such as checkout-outage/3f2a9c1b7d4e. See: afterword actions list`,
    );
  const path = `operator/actions/${encodeURIComponent(postmortem)}/${encodeURIComponent(action)}`;
  const { body } = await api({ method: 'GET', path }, ActionAnswer);
  terminal.say(...linesOf(body));
  terminal.answer(body);
  return exitCodes.ok;
}

const minute = (instant: string) => `${toTheMinute(instant)} UTC`;

function linesOf({ id, title, state, status, hidden, perhaps, perhapsWas, ...one }: ActionAnswer): string[] {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['id', id],
    ['state', state === status ? state : `${state}; its status: ${status}`],
    ['owner', one.owner ?? '-'],
    ['team', one.team ?? one.owningTeam ?? '-'],
    ['due', one.due ?? '-'],
    ['priority', one.priority],
    ['kind', one.kind],
    ['link', one.link],
    ['lines', one.times === undefined ? undefined : `${one.times} of the document say the same`],
    ['promised', minute(one.promisedAt)],
    ['closed', one.closedAt && minute(one.closedAt)],
    ['last seen', one.seenAt && minute(one.seenAt)],
    ['withdrawn', one.withdrawnAt && `${minute(one.withdrawnAt)}: a revision no longer has it`],
    ['perhaps now', perhaps && `${perhaps.title} (${perhaps.id})`],
    ...perhapsWas.map((was) => ['perhaps was', `${was.title} (${was.id})`] as const),
    ['postmortem', `${one.postmortemTitle} (${one.postmortem}, ${one.severity})`],
    ['services', one.services.join(', ') || '-'],
    ['not told', hidden && `its postmortem is ${hidden}`],
  ];
  return [
    printableLine(title),
    ...rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(13)}${printableLine(text)}`])),
  ];
}
