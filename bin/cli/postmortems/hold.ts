import { HoldAnswer } from '../../../core/intake/api.ts';
import type { HoldAct } from '../../../core/intake/hold-postmortem.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const holdHelp = `
Makes a revision of what is stored that differs in nothing else. The command answers when archive, search, feeds and mails under way leave
it out. What is published later changes the text and not the decision: release ends that (docs/adr/054). Mail that has left cannot be
taken back. The key needs the scope send; the audit log keeps the reason.

Examples:
  afterword postmortems restrict checkout-outage --reason "names a customer"
  afterword postmortems retract checkout-outage --reason "was no incident of ours"
  afterword postmortems release checkout-outage --reason "the name is gone"`;

export interface HoldOptions {
  readonly reason: string;
}

const done: Readonly<Record<HoldAct, readonly [changed: string, unchanged: string]>> = {
  restrict: ['is restricted', 'is restricted by an operator already'],
  retract: ['is taken back', 'is taken back by an operator already'],
  release: ['is released', 'is held by no operator'],
};

/** Decides about one postmortem. The second time nothing changes. */
export async function hold({ api, terminal }: Session, act: HoldAct, id: string, { reason }: HoldOptions): Promise<ExitCode> {
  const body = JSON.stringify({ reason });
  const path = `postmortems/${encodeURIComponent(id)}/${act}`;
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json', mayRepeat: true }, HoldAnswer);
  const [changed, unchanged] = done[act];
  terminal.say(
    `${answer.id} ${answer.outcome === 'changed' ? changed : unchanged}. It is ${answer.restricted ? 'restricted' : answer.status} now, in revision ${answer.revision}.`,
    ...answer.warnings.map(printableLine),
    ...(answer.tells.length > 0 ? [`It tells: ${answer.tells.map(printableLine).join('; ')}`] : []),
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
