/** @jsxImportSource hono/jsx */
import { raw } from 'hono/html';
import type { NoticeOnPage } from '../../../core/notice/notice-on-page.ts';
import type { Pack } from '../../../core/pack/pack.ts';
import { nothingPublished } from '../../../core/pack/pack-markdown.ts';
import { style } from '../pages/style.ts';
import { Markdown } from './markdown.tsx';

/** A pack as one HTML document that loads nothing, so that it can be mailed and printed. */
export const packDocument = ({ product, organisation, period, figures, incidents }: Pack): string =>
  `<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>{`${organisation}: incidents of ${product}`}</title>
        <style>{raw(style)}</style>
      </head>
      <body>
        <main class="wide">
          <p class="m org">{organisation}</p>
          <h1>Incidents of {product}</h1>
          <p class="m">{period}</p>
          <section class="panel" aria-label="In figures">
            {figures.length > 0 ? figures.map((figure) => <p>{figure}</p>) : <p>{nothingPublished}</p>}
          </section>
          {incidents.map((one) => (
            <Incident of={one} />
          ))}
        </main>
      </body>
    </html>
  )}\n`;

const Incident = ({ of: { title, times, products, isPreliminary, change, body, published } }: { readonly of: NoticeOnPage }) => (
  <article class="panel doc">
    <h2 dir="auto">{title}</h2>
    <dl>
      {times && (
        <>
          <dt>When</dt>
          <dd>{times}</dd>
        </>
      )}
      <dt>Products</dt>
      <dd dir="auto">{products.join(', ')}</dd>
    </dl>
    {isPreliminary && <p class="m">This account is preliminary.</p>}
    {change && (
      <div class="said">
        <h3>What changed</h3>
        <Markdown text={change} />
      </div>
    )}
    <Markdown text={body} />
    <p class="m small">{published}</p>
  </article>
);
