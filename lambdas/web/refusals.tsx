/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import type { WebDeps } from './deps.ts';
import { pathTo } from './path-to.ts';
import { page } from './shell.tsx';

/**
 * The one answer to everything that proves nothing: a link that was mistyped, cut off, made up, made invalid or is of another kind,
 * a person who is gone, a postmortem that is not there. Always the same bytes: nothing is learnt by trying.
 */
export const notFound = (here: Pick<WebDeps, 'realm'>): HttpAnswer =>
  page(
    {
      title: 'This link does not work',
      children: (
        <section class="panel">
          <h1>This link does not work</h1>
          <p>It may have been cut off on its way, or a newer one took its place. Nothing was changed.</p>
          <p>The links in the newest mail that you got from us work. If you have none at hand, have a new one sent to you.</p>
          <p class="acts">
            <a class="button" href={pathTo(here, '/new-link')}>
              Send me a new link
            </a>
          </p>
        </section>
      ),
    },
    404,
  );

const refusal = (status: number, heading: string, text: string): HttpAnswer =>
  page(
    {
      title: heading,
      children: (
        <section class="panel">
          <h1>{heading}</h1>
          <p>{text}</p>
        </section>
      ),
    },
    status,
  );

/** A link of somebody who no longer gets what it reads; whoever it was passed on to learns no more than that. */
export const readsNoMore = ({ organisation }: Pick<Distribution, 'organisation'>, here: Pick<WebDeps, 'realm'>): HttpAnswer =>
  page(
    {
      title: 'Not shown any more',
      organisation: organisation.name,
      children: (
        <section class="panel">
          <h1>Not shown any more</h1>
          <p>The reader whose link this is no longer gets these mails, so it shows nothing any more.</p>
          <p class="acts">
            <a class="button" href={pathTo(here, '/new-link')}>
              Send me my own link
            </a>
          </p>
        </section>
      ),
    },
    403,
  );

/** Of a network, or of all: it says nothing of the address that was typed. */
export const tooManyAsked = ({ organisation }: Pick<Distribution, 'organisation'>, { realm }: Pick<WebDeps, 'realm'>): HttpAnswer => {
  const answer = page(
    {
      title: 'Nothing was sent',
      organisation: organisation.name,
      realm,
      children: (
        <section class="panel">
          <h1>Nothing was sent</h1>
          <p role="alert">Very many people have asked from your network within the hour. Come back in an hour and press again.</p>
        </section>
      ),
    },
    429,
  );
  return { ...answer, headers: { ...answer.headers, 'retry-after': '3600' } };
};

export const notUnderstood = () =>
  refusal(400, 'That did not reach us whole', 'Nothing was changed. Go back, load the page again and press once more.');
export const fromElsewhere = () =>
  refusal(403, 'That press came from another page', 'Nothing was changed. Open the link in your mail and press there.');
export const tooMuch = () => refusal(413, 'That was too much', 'Nothing was changed. Choose less at a time.');
export const tooOften = () => refusal(429, 'That was too often', 'Nothing was changed this time. Wait a minute and try again.');
export const ourFault = () =>
  refusal(
    500,
    'Something broke here',
    'It is our fault and somebody is told. Try again in a minute; what you pressed can be pressed again.',
  );
