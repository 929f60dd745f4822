import type { ShownPost } from './slack-api.ts';

/** Why Slack does not take something, by its own word, and what to do about it. */
const refusals: Readonly<Record<string, string>> = {
  is_archived: 'the channel is archived',
  not_in_channel: 'the app is not in the channel: invite it there',
  channel_not_found: 'the channel is gone, or is private and the app was not invited',
  shared: 'another company reads the channel',
  is_ext_shared: 'another company reads the channel',
  restricted_action: 'the app may not post in this channel',
  restricted_action_read_only_channel: 'only some members may post in this channel',
  message_not_found: 'the message is gone',
  edit_window_closed: 'the workspace lets nobody edit a message any more',
  cant_update_message: 'the app may not edit this message',
  cant_delete_message: 'the app may not delete this message',
  compliance_exports_prevent_deletion: 'the workspace lets nobody delete a message',
  invalid_auth: 'the token of the app is not valid: put the new one into its secret',
  not_authed: 'there is no token in its secret',
  token_revoked: 'the token of the app was revoked: put the new one into its secret',
  token_expired: 'the token of the app has expired: put the new one into its secret',
  account_inactive: 'the app was removed from the workspace',
  missing_scope: 'the app lacks a scope: install it again by docs/slack-app.yaml',
  ratelimited: 'it wants to be asked less often',
  rate_limited: 'it wants to be asked less often',
};

/** In words, with Slack's own word where it helps to look it up. */
export const refusalWords = (code: string): string => (refusals[code] === undefined ? code : `${refusals[code]} (${code})`);

/** How one post stands, without the channel. */
export function postWords({ state, shown, code, mustGo }: Pick<ShownPost, 'state' | 'shown' | 'code' | 'mustGo'>): string {
  if (mustGo) return mustGoWords(state, code);
  switch (state) {
    case 'absent':
      return 'it waits to be posted';
    case 'posting':
      return 'it is being posted';
    case 'doubtful':
      return 'Slack did not answer, and the message is looked for in the channel';
    case 'refused':
      return `Slack refused it: ${refusalWords(code ?? 'no reason given')}`;
    case 'lost':
      return 'somebody deleted it in Slack';
    case 'unconfirmed':
      return 'nobody knows whether it was posted: look into the channel';
    case 'posted':
      return code === undefined ? shownWords(shown) : `Slack refused its last edit: ${refusalWords(code)}`;
    default:
      return state;
  }
}

/** It is never said that a text is gone before Slack said so. */
function mustGoWords(state: string, code: string | undefined): string {
  if (state === 'unconfirmed') return 'it may stand in the channel, and has to go: look there, and delete it by hand';
  if (state !== 'posted') return 'it may stand in the channel, and has to go: it is looked for';
  if (code === undefined) return 'it still shows its text, which has to go: it is being emptied';
  return `it still shows its text, which has to go, and could not be emptied: ${refusalWords(code)}. Delete the message in Slack by hand`;
}

function shownWords(shown: ShownPost['shown']): string {
  if (shown?.view === 'struck') return 'it says that it was taken back';
  if (shown?.view === 'emptied') return 'it shows nothing of the postmortem any more';
  return shown ? `it shows revision ${shown.revision}` : 'it is posted, and is being edited';
}
