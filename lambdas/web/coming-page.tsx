/** @jsxImportSource hono/jsx */
import { html, raw } from 'hono/html';

const style = `
:root{color-scheme:light dark;--bg:#f4f3ef;--panel:#fff;--t:#1d1f23;--m:#5c6270}
@media (prefers-color-scheme:dark){:root{--bg:#16171a;--panel:#1f2125;--t:#eceef2;--m:#a3a9b6}}
body{margin:0;background:var(--bg);color:var(--t);font:16px/24px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
main{max-width:560px;margin:0 auto;padding:48px 16px}
section{background:var(--panel);border-radius:10px;padding:28px 32px}
h1{font-size:24px;line-height:31px;margin:0 0 12px}p{margin:0 0 12px}.m{color:var(--m);margin:0}`;

const Page = () => (
  <main>
    <section>
      <h1>This page is coming</h1>
      <p>Here you will choose what you get, leave a stream, and read postmortems and mails in the browser.</p>
      <p class="m">Nothing was changed. Until then, ask the team that sends these mails.</p>
    </section>
  </main>
);

/** Plain, works without script, the same for everybody. */
export const comingPage: string = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><title>Coming</title><style>${raw(style)}</style></head><body>${Page()}</body></html>`.toString();
