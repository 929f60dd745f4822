/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Realm } from '../../../core/stream/stream.ts';
import type { HttpAnswer } from '../http-answer.ts';
import { style, styleHash } from './style.ts';

/**
 * Headers of every answer of `web`. Caches do not store it and robots do not index it. Browsers
 * pass its address to nobody, guess no other type and use HTTPS only.
 */
const always = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-opener-policy': 'same-origin',
  'strict-transport-security': 'max-age=63072000',
};

const policy = (styles: string, ...more: string[]) =>
  ["default-src 'none'", `style-src ${styles}`, "base-uri 'none'", "frame-ancestors 'none'", ...more].join('; ');

export interface PageContent {
  /** The title of the browser's tab. The page has its own heading. */
  readonly title: string;
  /** The organisation whose pages these are. Absent where visitors must not learn it. */
  readonly organisation?: string | undefined;
  /** Who sees it. @default staff */
  readonly realm?: Realm;
  readonly children: Child;
  /** Makes the page a little wider, for long texts. */
  readonly wide?: boolean;
  /**
   * Stands above the page, in place of the organisation's line, and links to `#main`. The page is
   * then as wide as tables need.
   */
  readonly top?: Child;
}

const Document = (content: PageContent) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{content.organisation ? `${content.title} · ${content.organisation}` : content.title}</title>
      <style>{raw(style)}</style>
    </head>
    <body>{content.top === undefined ? <Plain {...content} /> : <Below {...content} />}</body>
  </html>
);

const Plain = ({ organisation, realm = 'staff', children, wide }: PageContent) => (
  <main class={wide ? 'wide' : ''}>
    {organisation && <p class="m org">{realm === 'staff' ? `${organisation} incident lessons` : organisation}</p>}
    {children}
  </main>
);

const Below = ({ top, children }: PageContent) => (
  <>
    {top}
    <main id="main" class="home">
      {children}
    </main>
  </>
);

/** A page of ours: rendered on the server, without scripts. */
export const page = (content: PageContent, status = 200): HttpAnswer => ({
  statusCode: status,
  headers: { ...always, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(styleHash, "form-action 'self'") },
  body: `<!doctype html>${Document(content)}`,
});

/**
 * A mail as it was sent, with its own styles. It is isolated from everything else at this address
 * and can only link.
 */
export const mailPage = (html: string): HttpAnswer => ({
  statusCode: 200,
  headers: {
    ...always,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy("'unsafe-inline'", "form-action 'none'", 'sandbox allow-popups allow-popups-to-escape-sandbox'),
  },
  body: html,
});

/** Something other than a page: a file or a feed. It may not run or load anything either. */
export const document = (body: string, headers: Readonly<Record<string, string>>): HttpAnswer => ({
  statusCode: 200,
  headers: { ...always, 'content-security-policy': policy("'none'"), ...headers },
  body,
});

/**
 * The answer to a mail client's one-click request: a status without a body (RFC 8058: no redirect,
 * no cookie).
 */
export const bareAnswer = (status: number, headers: Readonly<Record<string, string>> = {}): HttpAnswer => ({
  statusCode: status,
  headers: { ...always, 'content-type': 'text/plain; charset=utf-8', ...headers },
  body: '',
});
