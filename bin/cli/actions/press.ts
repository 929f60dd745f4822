import { ActionEventsAnswer, type ActionPress, refusalWords } from '../../../core/operator/actions-api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const pressHelp = `
ID is as "afterword actions list" shows it, such as checkout-outage/3f2a9c1b7d4e. The later of the document's own change and a press counts;
pressing again changes nothing (docs/adr/070). The key needs the scope actions; "afterword actions show ID" tells what was done.

reopen and reschedule need --reason, reschedule --due as well, hand-over and reattach --to.
A name of which nobody can be asked is refused by hand-over, unless you add --anyway.

Examples:
  afterword actions done checkout-outage/3f2a9c1b7d4e
  afterword actions reopen checkout-outage/3f2a9c1b7d4e --reason "the alert fired again"
  afterword actions reschedule checkout-outage/3f2a9c1b7d4e --due 2027-01-15 --reason "parts are late"
  afterword actions hand-over checkout-outage/3f2a9c1b7d4e --to Search
  afterword actions reattach checkout-outage/3f2a9c1b7d4e --to checkout-outage/81c0d2e4f6a7   what a revision reworded`;

/** The two parts of an action's id. */
export function actionIn(id: string): { readonly postmortem: string; readonly action: string } {
  const [postmortem, action, more] = id.split('/');
  if (!postmortem || !action || more !== undefined)
    throw new UsedWrongly(
      `"${printableLine(id)}" is not the id of an action, such as checkout-outage/3f2a9c1b7d4e. See: afterword actions list`,
    );
  return { postmortem, action };
}

export const eventsPath = (postmortem: string, dryRun = false): string =>
  `operator/actions/${encodeURIComponent(postmortem)}/events${dryRun ? '?dryRun=true' : ''}`;

/** In words. A later release may have other reasons. */
export const refusalIn = (why = 'unknown'): string => Object.entries(refusalWords).find(([one]) => one === why)?.[1] ?? why;

type Wish = ActionPress extends infer P ? (P extends ActionPress ? Omit<P, 'action'> : never) : never;

const did: Readonly<Record<Wish['kind'], readonly [now: string, already: string]>> = {
  done: ['is done', 'was done already'],
  reopened: ['is open again', 'is open already'],
  rescheduled: ['is due on another day', 'was due on that day already'],
  'handed over': ['is handed over', 'belonged to them already'],
  reattached: ['is the other one now, and what people did went there', 'was the other one already'],
  imported: ['says what the tracker says', 'said so already'],
};

/** Does one thing with one action. The second time nothing changes. */
export async function pressAction({ api, terminal }: Session, id: string, wish: Wish): Promise<ExitCode> {
  const { postmortem, action } = actionIn(id);
  const body = JSON.stringify({ events: [{ ...wish, action }] });
  const call = { method: 'POST', path: eventsPath(postmortem), body, type: 'application/json', mayRepeat: true } as const;
  const mayInsist = wish.kind === 'handed over' && !wish.anyway;
  const { body: answer } = await api(call, ActionEventsAnswer).catch((error: unknown) => {
    if (mayInsist && error instanceof RefusedByApi && error.status === 422) terminal.warn('To hand it over all the same: --anyway');
    throw error;
  });
  const [one] = answer.actions;
  const title = one?.now ? `“${printableLine(one.now.title)}”` : printableLine(id);
  if (!one || one.outcome === 'refused') {
    terminal.warn(`${title}: ${refusalIn(one?.why)} Nothing was changed.`);
    terminal.answer(answer);
    return exitCodes.refused;
  }
  const isAccepted = wish.kind === 'reopened' && one.now?.status === 'declined';
  const [now, already] = isAccepted ? ['is not done, and leadership accepts the risk', ''] : did[wish.kind];
  const { due, owner } = one.now ?? {};
  const more = [due && `due ${due}`, owner && `owner ${printableLine(owner)}`].filter(Boolean).join(', ');
  terminal.say(`${title} ${one.outcome === 'stored' ? now : already}.${one.now && more !== '' ? ` It is ${one.now.state}, ${more}.` : ''}`);
  terminal.say(...answer.warnings.map(printableLine));
  terminal.answer(answer);
  return exitCodes.ok;
}
