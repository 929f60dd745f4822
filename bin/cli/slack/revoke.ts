import { RevokeAnswer } from '../../../core/operator/slack-api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const revokeHelp = `
Whoever has the link of a post reads that postmortem, wherever the link was passed on to. When the command answers, all links of this
postmortem open nothing any more. Its posts stay, without a link, and get no new one; posts that come later have none, until one is made
with afterword slack repost. Whoever may read it finds it in the archive. To keep
the postmortem from everybody: afterword postmortems restrict. To have all posts link to the archive instead, for which one signs in:
slack: { links: sign-in } in the distribution file. The key needs the scope send.

Example:
  afterword slack links revoke checkout-outage`;

/** Ends all links of one postmortem, after a question. The second time there is none left. */
export async function revokeLinks({ api, terminal }: Session, postmortem: string, { yes }: { readonly yes?: boolean }): Promise<ExitCode> {
  const id = printableLine(postmortem);
  const follows = 'Its links in Slack stop working, wherever they were passed on to, and its posts get no new ones.';
  if (
    !yes &&
    !(await isConfirmed(terminal, `${follows} Revoke the links of ${id}?`, `Nothing was changed. ${follows} Add --yes to confirm.`))
  ) {
    terminal.say('Nothing was changed.');
    return exitCodes.ok;
  }
  const path = `operator/slack/${encodeURIComponent(postmortem)}/links`;
  const { body: answer } = await api({ method: 'DELETE', path, mayRepeat: true }, RevokeAnswer);
  terminal.say(
    answer.revoked === 0
      ? `No link of ${id} in Slack opens anything, and its posts to come get none.`
      : `${counted(answer.revoked, 'link')} of ${id} ${answer.revoked === 1 ? 'opens' : 'open'} nothing any more.`,
    ...(answer.edits ? [] : ['This stack has no Slack now, so the posts still show their dead links.']),
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
