import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Answer } from '../control/answers.ts';
import { script } from './script.ts';
import { style } from './style.ts';

export type Markup = ReturnType<typeof html>;

export const views = ['inbox', 'slack', 'editions', 'queues', 'functions', 'usage'] as const;
export type View = (typeof views)[number];
const names = {
  inbox: 'Inbox',
  slack: 'Slack',
  editions: 'Editions',
  queues: 'Queues and schedules',
  functions: 'Functions',
  usage: 'Usage',
} as const;

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** Nothing from elsewhere, no script but our own; mails are framed and may do even less. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src ${hash(script)}`,
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** HTML that may do no more than its policy says, and tells nobody where it was opened. */
export const htmlHeaders = (policy: string) => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});

/** A whole page around one view. */
export async function shell(view: View, content: Markup): Promise<Answer> {
  const page = await html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${names[view]} · Afterword on this machine</title>
<style>${raw(style)}</style>
</head>
<body>
<header><b>Afterword</b><nav aria-label="Views">${views.map((one) => link(one, view))}</nav></header>
<main>${content}</main>
<script>${raw(script)}</script>
</body>
</html>`;
  return {
    status: 200,
    headers: { ...htmlHeaders(policy), 'cache-control': 'no-store' },
    body: String(page),
  };
}

const link = (one: View, current: View) =>
  html`<a href="/_local${one === 'inbox' ? '' : `?view=${one}`}" ${one === current ? raw('aria-current="page"') : ''}>${names[one]}</a>`;

/**
 * Date and time with their zone, which is this machine's unless given; the instant for the curious.
 */
export const when = (instant: string, timeZone?: string): Markup => {
  const date = new Date(instant);
  const options = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const shown = new Intl.DateTimeFormat('en-GB', { ...options, ...(timeZone && { timeZone }) }).format(date);
  return html`<time datetime="${instant}" title="${instant}">${shown}</time>`;
};

export const number = (n: number): Markup => html`<td class="n ${n === 0 ? 'zero' : ''}">${n.toLocaleString('en-GB')}</td>`;
