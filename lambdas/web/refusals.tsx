/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { Realm } from '../../core/stream/stream.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { WebDeps } from './deps.ts';
import { pathTo } from './path-to.ts';
import { page } from './shell.tsx';

interface Refusal {
  readonly heading: string;
  readonly texts: readonly string[];
  /** What the visitor can do about it. */
  readonly way?: { readonly href: string; readonly words: string };
  /** The organisation whose page it is. Absent where visitors must not learn it. */
  readonly organisation?: string;
  readonly realm?: Realm;
}

const refusal = (status: number, { heading, texts, way, ...whose }: Refusal): HttpAnswer =>
  page(
    {
      title: heading,
      ...whose,
      children: (
        <section class="panel">
          <h1>{heading}</h1>
          {texts.map((text) => (
            <p>{text}</p>
          ))}
          {way && (
            <p class="acts">
              <a class="button" href={way.href}>
                {way.words}
              </a>
            </p>
          )}
        </section>
      ),
    },
    status,
  );

/**
 * The one answer to every request that proves nothing: a link that was mistyped, cut off, made up,
 * made invalid or is of another kind, a person who is gone, a postmortem that does not exist. It is
 * always the same bytes, so trying reveals nothing.
 */
export const notFound = (here: Pick<WebDeps, 'realm'>): HttpAnswer =>
  refusal(404, {
    heading: 'This link does not work',
    texts: [
      'It may have been cut off, or a newer link replaced it. Nothing was changed.',
      'The links in our newest mail to you work. If you do not have it, ask for a new link.',
    ],
    way: { href: pathTo(here, '/new-link'), words: 'Send me a new link' },
  });

/**
 * For a link of a person who no longer gets the mails it belongs to. Anybody it was passed on to
 * learns no more than that.
 */
export const readsNoMore = ({ organisation }: Pick<Distribution, 'organisation'>, here: Pick<WebDeps, 'realm'>): HttpAnswer =>
  refusal(403, {
    heading: 'No longer available',
    texts: ['The owner of this link no longer gets these mails, so it no longer shows anything.'],
    way: { href: pathTo(here, '/new-link'), words: 'Send me my own link' },
    organisation: organisation.name,
    realm: here.realm,
  });

/**
 * The same answer for what never existed, what may no longer be shown and what this audience may
 * not see. `others`: the page with the rest.
 */
export const notShown = ({ organisation }: Pick<Distribution, 'organisation'>, others: string): HttpAnswer =>
  refusal(404, {
    heading: 'This postmortem is not available',
    texts: ['It was withdrawn, or it is restricted to fewer people.'],
    way: { href: others, words: 'See all postmortems' },
    organisation: organisation.name,
  });

/**
 * For whoever got a mail of which nothing may be shown any more. `others`: the page with the rest.
 */
export const mailNotShown = ({ organisation }: Pick<Distribution, 'organisation'>, others: string): HttpAnswer =>
  refusal(404, {
    heading: 'This mail is no longer shown',
    texts: ['What it told was withdrawn, or it is restricted to fewer people.'],
    way: { href: others, words: 'See all postmortems' },
    organisation: organisation.name,
  });

/**
 * For a limit on a network or on everybody. It reveals nothing about the address that was typed.
 */
export const tooManyAsked = ({ organisation }: Pick<Distribution, 'organisation'>, { realm }: Pick<WebDeps, 'realm'>): HttpAnswer => {
  const answer = refusal(429, {
    heading: 'Nothing was sent',
    texts: ['Too many people in your network asked within the last hour. Come back in an hour and press again.'],
    organisation: organisation.name,
    realm,
  });
  return { ...answer, headers: { ...answer.headers, 'retry-after': '3600' } };
};

const pressRefused = (status: number, heading: string, text: string) => refusal(status, { heading, texts: [text] });

export const notUnderstood = () =>
  pressRefused(400, 'We could not read that', 'Nothing was changed. Go back, reload the page and press again.');
export const fromElsewhere = () =>
  pressRefused(403, 'That came from another website', 'Nothing was changed. Open the link in your mail and press there.');
export const tooMuch = () => pressRefused(413, 'That was too much at once', 'Nothing was changed. Choose less at a time.');
export const tooOften = () => pressRefused(429, 'That was too often', 'Nothing was changed. Wait a minute and try again.');
export const ourFault = () =>
  pressRefused(
    500,
    'Something went wrong',
    'This is our fault, and we have been told. Try again in a minute. It is safe to press the same button again.',
  );
