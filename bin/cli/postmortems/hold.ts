import { HoldAnswer } from '../../../core/intake/api.ts';
import type { HoldAct } from '../../../core/intake/hold-postmortem.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const holdHelp = `
Makes a revision of what is stored that differs in nothing else. The command answers when archive, search, feeds and mails under way leave
it out. It asks first, because readers are mailed: whoever got an alert about it is told that it no longer stands (restrict) or was taken
back (retract), and whoever missed one because of the decision gets it (release); --yes skips the question. What is published later changes the text and not the decision: release ends that (docs/adr/054). Mail that has left cannot be
taken back. The key needs the scope send; the audit log keeps the reason.

Examples:
  afterword postmortems restrict checkout-outage --reason "names a customer"
  afterword postmortems retract checkout-outage --reason "was no incident of ours"
  afterword postmortems release checkout-outage --reason "the name is gone"`;

export interface HoldOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

const done: Readonly<Record<HoldAct, readonly [changed: string, unchanged: string]>> = {
  restrict: ['is restricted', 'is restricted by an operator already'],
  retract: ['is taken back', 'is taken back by an operator already'],
  release: ['is released', 'is held by no operator'],
};

/** What follows, for the question. */
const follows: Readonly<Record<HoldAct, string>> = {
  restrict: 'Nobody can read it any more, and readers of an alert about it are mailed that it no longer stands.',
  retract: 'It counts as taken back, and readers of an alert about it are mailed so.',
  release: 'What its document says counts again, and readers who missed an alert because it was held are mailed.',
};
const asks: Readonly<Record<HoldAct, string>> = { restrict: 'Restrict', retract: 'Retract', release: 'Release' };

/** Decides about one postmortem, after a question. The second time nothing changes. */
export async function hold({ api, terminal }: Session, act: HoldAct, id: string, { reason, yes }: HoldOptions): Promise<ExitCode> {
  const otherwise = `Nothing was changed. ${follows[act]} Add --yes to confirm.`;
  if (!yes && !(await isConfirmed(terminal, `${follows[act]} ${asks[act]} ${printableLine(id)}?`, otherwise))) {
    terminal.say('Nothing was changed.');
    return exitCodes.ok;
  }
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
