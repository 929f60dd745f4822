import { type Answer, wrong } from '../control/answers.ts';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import { htmlHeaders } from './shell.ts';

/** Even by itself the mail may run nothing and load nothing: reading it here is not an open. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

/**
 * The same mail for a client that is light or dark whatever this browser is: its media queries are
 * answered here.
 */
const asIf = (html: string, scheme: Scheme) =>
  html.replaceAll(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/g, (_, asked) =>
    asked === scheme ? '(min-width:0)' : '(max-width:0)',
  );

/**
 * The HTML of a mail for a frame; links open outside of it. Without a scheme this browser's own
 * counts.
 */
export async function framedMail({ inbox }: LocalStackHandle, id: string, scheme?: Scheme): Promise<Answer> {
  const mail = await inbox.mail(id);
  if (mail === undefined) return wrong(404, 'no mail with this id among the newest 2,000');
  const base = '<base target="_blank">';
  const html = scheme === undefined ? mail.html : asIf(mail.html, scheme);
  const body = html.includes('<head>') ? html.replace('<head>', () => `<head>${base}`) : base + html;
  return {
    status: 200,
    headers: htmlHeaders(policy),
    body,
  };
}
