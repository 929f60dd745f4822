import { ActionAnswer } from '../../../core/operator/actions-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { actionIn } from './press.ts';

export const showHelp = `
Lines of its history hold the ids of keys and people, and no address; --addresses shows who they are, with a key that has the scope people.

Example:
  afterword actions show checkout-outage/3f2a9c1b7d4e`;

/** Shows one action item. */
export async function showAction({ api, terminal }: Session, id: string, withAddresses = false): Promise<ExitCode> {
  const { postmortem, action } = actionIn(id);
  const path = `operator/actions/${encodeURIComponent(postmortem)}/${encodeURIComponent(action)}${withAddresses ? '?addresses=true' : ''}`;
  const { body } = await api({ method: 'GET', path }, ActionAnswer);
  terminal.say(...linesOf(body));
  terminal.answer(body);
  return exitCodes.ok;
}

const minute = (instant: string) => `${toTheMinute(instant)} UTC`;

function linesOf({ id, title, state, status, hidden, perhaps, perhapsWas, history, addresses, ...one }: ActionAnswer): string[] {
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
    ['key', one.key],
    ['cost', one.cost],
    ['consequence', one.consequence],
    ['promised', minute(one.promisedAt)],
    ['closed', one.closedAt && minute(one.closedAt)],
    ['last seen', one.seenAt && minute(one.seenAt)],
    ['withdrawn', one.withdrawnAt && `${minute(one.withdrawnAt)}: a revision no longer has it`],
    ['decision', one.decision && `${one.decision.says} (from ${minute(one.decision.effectiveAt)})`],
    ['is now', one.movedTo && `${one.movedTo.title} (${one.movedTo.id})`],
    ['perhaps now', perhaps && `${perhaps.title} (${perhaps.id})`],
    ...perhapsWas.map((was) => ['perhaps was', `${was.title} (${was.id})`] as const),
    ['postmortem', `${one.postmortemTitle} (${one.postmortem}, ${one.severity})`],
    ['services', one.services.join(', ') || '-'],
    ['not told', hidden && `its postmortem is ${hidden}`],
  ];
  return [
    printableLine(title),
    ...rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(13)}${printableLine(text)}`])),
    ...(history.length === 0
      ? []
      : ['', 'What people did, oldest first:', ...history.map((event) => `  ${historyLine(event, addresses)}`)]),
  ];
}

/** People by their address, if it was asked for and they are still there. */
function historyLine(
  { at, by, says, effectiveAt, undoneAt }: ActionAnswer['history'][number],
  addresses: ActionAnswer['addresses'],
): string {
  const counts = effectiveAt === undefined ? '' : `, counts from ${minute(effectiveAt)}`;
  const undone = undoneAt === undefined ? '' : `; taken back ${minute(undoneAt)}`;
  return printableLine(`${minute(at)}  ${says}${counts} (${addresses?.[by] ?? by})${undone}`);
}
