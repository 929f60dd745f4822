import { html, raw } from 'hono/html';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import type { InboxMail } from '../ses/inbox.ts';
import { schemes } from './framed-mail.ts';
import { type Markup, when } from './shell.ts';

const tabs = ['html', 'text', 'headers', 'raw'] as const;
const tabNames = { html: 'As designed', text: 'Plain text', headers: 'Headers', raw: 'Source' } as const;
type Tab = (typeof tabs)[number];

/**
 * One mail: as its reader sees it, in light or dark, wide or on a phone; its text; its headers; its
 * source.
 */
export async function mailView({ inbox }: LocalStackHandle, id: string, query: URLSearchParams): Promise<Markup> {
  const mail = await inbox.mail(id);
  if (mail === undefined) return html`<div class="panel empty m">This mail is no longer among the newest 2,000.</div>`;
  const tab = tabs.find((one) => one === query.get('tab')) ?? 'html';
  const to = (changes: Record<string, string>) => `/_local?${new URLSearchParams({ ...Object.fromEntries(query), ...changes })}`;
  return html`<article class="panel">
<a class="back" href="/_local">← All mails</a>
<h1>${mail.subject}</h1>
<div class="s m">${mail.from} to <b>${mail.to}</b> · ${when(mail.acceptedAt)} · ${kilobytes(mail.size)}</div>
<div class="s m wide">${tagsOf(mail).map(([name, value]) => html`${name} ${value} &nbsp; `)}</div>
<div class="tabs">
${tabs.map((one) => choice(to({ tab: one }), tabNames[one], one === tab))}
<span class="end">${tab === 'html' ? looks(query, to) : ''}<button data-post="/_local/inbox/${id}/open" title="Tells Afterword that this reader’s mail client loaded the pixel">Count an open</button></span>
</div>
${body(mail, tab, query, inbox.delivered(id))}
</article>`;
}

/** Without the slot of whoever chose no day or hour of their own. */
const tagsOf = ({ tags }: InboxMail) => Object.entries(tags).filter(([name, value]) => name !== 'slot' || value !== 'default');

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
const choice = (href: string, name: string, isCurrent: boolean) =>
  html`<a href="${href}" ${isCurrent ? raw('aria-current="true"') : ''}>${name}</a> `;

const looks = (query: URLSearchParams, to: (changes: Record<string, string>) => string) => html`
${choice(to({ width: query.get('width') === 'phone' ? 'wide' : 'phone' }), 'Phone', query.get('width') === 'phone')}
${choice(to({ scheme: query.get('scheme') === 'dark' ? 'light' : 'dark' }), 'Dark', query.get('scheme') === 'dark')}`;

function body(mail: InboxMail, tab: Tab, query: URLSearchParams, mime: Buffer | undefined): Markup {
  switch (tab) {
    case 'html':
      return html`<iframe class="${frameClass(query)}" title="The mail as its reader sees it" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${frameSource(mail.id, query)}"></iframe>`;
    case 'text':
      return html`<pre>${mail.text}</pre>`;
    case 'headers':
      return html`<table>${Object.entries(mail.headers).map(([name, value]) => html`<tr><th>${name}</th><td><pre>${value}</pre></td></tr>`)}</table>`;
    case 'raw':
      return html`<p class="s"><a href="/_local/inbox/${mail.id}/raw">Open the whole source</a></p><pre>${mime?.toString('latin1').slice(0, 20_000) ?? ''}</pre>`;
    default:
      return tab satisfies never;
  }
}

const shownScheme = (query: URLSearchParams) => schemes.find((scheme) => scheme === query.get('scheme'));
const frameClass = (query: URLSearchParams) => [query.get('width') === 'phone' ? 'phone' : '', shownScheme(query) ?? ''].join(' ');
const frameSource = (id: string, query: URLSearchParams) => {
  const scheme = shownScheme(query);
  return `/_local/mail/${id}${scheme === undefined ? '' : `?scheme=${scheme}`}`;
};
