/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { type Brand, brandFor, nameFor, type Owner, shortNameFor } from '../../../core/distribution/brand.ts';
import type { Realm } from '../../../core/stream/stream.ts';
import type { HttpAnswer } from '../http-answer.ts';
import { brandSources, brandStyle, imagesFrom } from './page-brand.ts';
import { severityStyle, severityStyleHash, style, styleHash } from './style.ts';

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
  /**
   * The distribution file with the name and the brand of these pages. Absent where visitors must
   * not learn whose they are.
   */
  readonly whose?: Owner | undefined;
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
  /** The address of a feed of the same, which browsers and feed readers find by themselves. */
  readonly feed?: string;
}

/** Who does not say whose page it is shows nothing of an incident. */
const showsSeverities = ({ whose, realm = 'staff' }: PageContent): boolean => whose !== undefined && realm === 'staff';

const Document = (content: PageContent) => {
  const { title, whose, realm = 'staff', top, feed } = content;
  const brand = whose && brandFor(realm, whose);
  const own = brand && brandStyle(brand);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{whose ? `${title} · ${shortNameFor(realm, whose)}` : title}</title>
        {feed !== undefined && <link rel="alternate" type="application/atom+xml" href={feed} />}
        <style>{raw(style)}</style>
        {showsSeverities(content) && <style>{raw(severityStyle)}</style>}
        {own && <style>{raw(own)}</style>}
      </head>
      <body>{top === undefined ? <Plain {...content} brand={brand} /> : <Below {...content} />}</body>
    </html>
  );
};

const Plain = ({ whose, realm = 'staff', children, wide, brand }: PageContent & { readonly brand: Brand | undefined }) => (
  <main class={wide ? 'wide' : ''}>
    {brand?.logo && <img class="logo" src={brand.logo.address} alt={brand.logo.text} width={brand.logo.width} height={brand.logo.height} />}
    {whose && <p class="m org">{nameFor(realm, whose)}</p>}
    {children}
    {brand?.footer && <p class="m small">{brand.footer}</p>}
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
export function page(content: PageContent, status = 200): HttpAnswer {
  const { whose, realm = 'staff' } = content;
  const { styles, images } = brandSources(whose && brandFor(realm, whose));
  return {
    statusCode: status,
    headers: {
      ...always,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy(
        [styleHash, ...(showsSeverities(content) ? [severityStyleHash] : [])].join(' ') + styles,
        "form-action 'self'",
        ...images,
      ),
    },
    body: `<!doctype html>${Document(content)}`,
  };
}

/**
 * A mail as it was sent, with its own styles. It is isolated from everything else at this address
 * and can only link, and show the logo of today.
 */
export const mailPage = (html: string, { logo }: Pick<Brand, 'logo'> = {}): HttpAnswer => ({
  statusCode: 200,
  headers: {
    ...always,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy(
      "'unsafe-inline'",
      "form-action 'none'",
      'sandbox allow-popups allow-popups-to-escape-sandbox',
      ...(logo ? [imagesFrom(logo)] : []),
    ),
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
