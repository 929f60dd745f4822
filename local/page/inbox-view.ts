import { html, raw } from 'hono/html';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import type { MailSummary } from '../ses/inbox.ts';
import { mailView } from './mail-view.ts';
import { type Markup, when } from './shell.ts';

const shownAtMost = 250;

/**
 * The newest mails beside the one that is being read; where none was chosen the newest lies open,
 * which a phone does not show.
 */
export async function inboxView(stack: LocalStackHandle, query: URLSearchParams): Promise<Markup> {
  const search = (query.get('q') ?? '').trim();
  const chosen = query.get('mail') ?? undefined;
  const mails = (await stack.inbox.summaries({})).filter((mail) => isFound(mail, search));
  const open = chosen ?? mails[0]?.id;
  return html`<div class="inbox ${chosen === undefined ? '' : 'reading'}">
<div class="side">
<form role="search"><input type="search" name="q" value="${search}" placeholder="Address, subject or edition" aria-label="Search mails"></form>
<div class="panel list" id="list" data-live>${mails.length === 0 ? nothing(search) : list(mails, { open, search })}</div>
</div>
<div class="reader">${open === undefined ? unopened : await mailView(stack, open, query)}</div>
</div>`;
}

const isFound = ({ to, subject, tags }: MailSummary, search: string) =>
  [to, subject, tags.edition ?? ''].some((text) => text.toLowerCase().includes(search.toLowerCase()));

const list = (mails: readonly MailSummary[], { open, search }: { open: string | undefined; search: string }) => html`
${mails.slice(0, shownAtMost).map((mail) => entry(mail, mail.id === open, search))}
<p class="m s" style="padding:4px 12px">${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}${mails.length > shownAtMost ? `, the newest ${shownAtMost} shown` : ''}</p>`;

const entry = (mail: MailSummary, isOpen: boolean, search: string) => {
  const href = `/_local?${new URLSearchParams({ mail: mail.id, ...(search && { q: search }) })}`;
  return html`<a href="${href}" ${isOpen ? raw('aria-current="true"') : ''}><span class="row s m"><span>${mail.to}</span><span>${when(mail.acceptedAt)}</span></span><b>${mail.subject}</b></a>`;
};

const nothing = (search: string) =>
  search
    ? html`<p class="empty m">No mail fits “${search}”.</p>`
    : html`<p class="empty m">No mail yet. Publish a postmortem, or run a schedule under “Queues and schedules”.</p>`;

const unopened = html`<div class="panel empty m">Mails will appear here as their readers see them.</div>`;
