import { html, raw } from 'hono/html';
import * as z from 'zod';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import { Faults, type SlackFaults } from '../faults/faults.ts';
import type { LocalChannel } from '../slack/channels.ts';
import { mentionsOf } from '../slack/mentions.ts';
import type { OwnAnswer } from '../slack/server.ts';
import type { Message } from '../slack/workspace.ts';
import { type Markup, when } from './shell.ts';
import { shownBlocks } from './slack-blocks.ts';

const shownAtMost = 100;

/** The posts of each channel as its members see them, the newest first. */
export async function slackView({ slack }: Pick<LocalStackHandle, 'slack'>, query: URLSearchParams): Promise<Markup> {
  const channels = await slack.channels();
  const chosen = query.get('channel') ?? undefined;
  const messages = slack.workspace.messages();
  const used = channels.filter(({ id }) => messages.some(({ channel }) => channel === id));
  // Where a channel is gone, its posts are still somewhere.
  const lost = [...new Set(messages.map(({ channel }) => channel))].filter((id) => !channels.some((one) => one.id === id));
  const shown = used.filter(({ id }) => chosen === undefined || id === chosen);
  return html`<h1>Slack</h1><p class="m">A Slack of this machine, with Slack’s limits. Each channel that the distribution file names is there.</p>
${inForce(slack.faults.slack)}
<nav class="tabs" aria-label="Channels" id="channels" data-live>${tab(undefined, 'All channels', chosen)}${channels.map(({ id, name }) => tab(id, `# ${name}`, chosen))}</nav>
<div id="posts" data-live>
${shown.length + lost.length === 0 ? nothing : ''}
${shown.map((one) =>
  section(
    one,
    messages.filter(({ channel }) => channel === one.id),
  ),
)}
${slack.answers().slice(0, shownAtMost).map(ownAnswer)}
${chosen === undefined && lost.map((id) => html`<section class="panel slack"><h2>${id} <span class="m">is gone</span></h2></section>`)}
</div>`;
}

const nothing = html`<div class="panel empty m">No post here yet. Publish a postmortem whose severity and services a channel wants.</div>`;

const tab = (id: string | undefined, name: string, chosen: string | undefined) =>
  html`<a href="/_local?${new URLSearchParams({ view: 'slack', ...(id !== undefined && { channel: id }) })}" ${id === chosen ? raw('aria-current="true"') : ''}>${name}</a> `;

const none = new Map(Object.entries(Faults.parse({}).slack).map(([name, value]) => [name, JSON.stringify(value)]));

/** The faults in force, as they were set. */
function inForce(faults: SlackFaults): Markup | '' {
  const set = Object.entries(faults).filter(([name, value]) => JSON.stringify(value) !== none.get(name));
  return set.length === 0
    ? ''
    : html`<p class="panel s" role="status"><b class="alarm">Faults in force:</b>${set.map(([name, value], n) => html`${n > 0 ? ' ·' : ''} ${name} <b>${Array.isArray(value) ? value.join(', ') : String(value)}</b>`)}</p>`;
}

const section = ({ name, members, isArchived, isMember, isExtShared, isPrivate }: LocalChannel, messages: readonly Message[]) => {
  const flags = [
    isPrivate && 'private',
    isArchived && 'archived',
    !isMember && 'Afterword is not in it',
    isExtShared && 'shared with another company',
  ];
  return html`<section class="panel slack"><h2># ${name} <span class="m">· ${members} members</span> ${flags.filter((one) => one !== false).map((flag) => html`<span class="pill busy">${flag}</span> `)}</h2>
${messages.slice(0, shownAtMost).map(messageView)}
${messages.length > shownAtMost ? html`<p class="s m">The newest ${shownAtMost} of ${messages.length}.</p>` : ''}</section>`;
};

const messageView = (message: Message): Markup => {
  const { key, postedAt, deleted, edits } = message;
  const isOurs = key !== undefined;
  return html`<article class="post ${deleted === undefined ? '' : 'gone'}"><span class="avatar" aria-hidden="true">${isOurs ? 'A' : 'M'}</span><div>
<p><b>${isOurs ? 'Afterword' : 'A member'}</b> ${isOurs ? html`<span class="app">APP</span>` : ''} <span class="s m">${when(postedAt)}</span></p>
${deleted === undefined ? '' : html`<p class="s alarm">Deleted ${deleted.byHand ? 'by somebody' : 'by Afterword'}, ${when(deleted.at)}</p>`}
${message.blocks.length > 0 ? shownBlocks(message.blocks) : html`<p>${message.text}</p>`}
${edits.length === 0 ? '' : html`<p class="s m">(edited)</p>`}
${isOurs ? about(message) : html`<p><button data-post="/_local/slack/${message.channel}/${message.ts}/draft">Draft a postmortem</button></p>`}
</div></article>`;
};

const Own = z.object({ blocks: z.array(z.object({ text: z.object({ text: z.string() }) })) });

const ownAnswer = ({ at, message }: OwnAnswer): Markup => {
  const read = Own.safeParse(message);
  const lines = read.success ? read.data.blocks.map(({ text }) => text.text) : ['An answer that Slack does not show.'];
  return html`<section class="panel slack"><h2>Only who pressed sees this <span class="m">· ${when(at)}</span></h2>${lines.map((line) => html`<p>${line}</p>`)}</section>`;
};

/** Slack reads markup in the text of a message, so three characters stand there in another way. */
const unescaped = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const about = ({ channel, ts, key, text, blocks, edits, deleted }: Message): Markup => {
  const mentions = mentionsOf(text, blocks);
  return html`<details id="post-${ts.replace('.', '-')}"><summary class="s m">More</summary><p class="s">On a locked screen: ${unescaped(text)}</p>
<p class="s m">${ts} · key ${key ?? 'none'}</p>
${edits.map(({ at }) => html`<p class="s m">Edited ${when(at)}</p>`)}
${deleted === undefined ? html`<p><button data-post="/_local/slack/${channel}/${ts}/delete">Delete it by hand</button></p>` : ''}</details>
${mentions.length === 0 ? '' : html`<p class="s alarm">Rings ${mentions.join(', ')}</p>`}`;
};
