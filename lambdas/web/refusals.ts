import type { Owner } from '../../core/distribution/brand.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { refusal } from '../shared/pages/refusals.tsx';
import type { WebDeps } from './deps.ts';
import { pathTo } from './path-to.ts';

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
      'If it stood in a mail: the links in our newest mail to you work. If you do not have it, ask for a new link.',
    ],
    way: { href: pathTo(here, '/new-link'), words: 'Send me a new link' },
  });

/**
 * For a link of a person who no longer gets the mails it belongs to. Anybody it was passed on to
 * learns no more than that.
 */
export const readsNoMore = (whose: Owner, here: Pick<WebDeps, 'realm'>): HttpAnswer =>
  refusal(403, {
    heading: 'No longer available',
    texts: ['The owner of this link no longer gets these mails, so it no longer shows anything.'],
    way: { href: pathTo(here, '/new-link'), words: 'Send me my own link' },
    whose,
    realm: here.realm,
  });

/**
 * For what a link alone is not enough for, because mails are passed on. `to`: where to go on once
 * its holder is signed in.
 */
export const signInFor = (what: string, to: `/preferences${string}`, whose: Owner): HttpAnswer =>
  refusal(403, {
    heading: `Sign in ${what}`,
    texts: ['The link of a mail is not enough for this, because mails are forwarded. Nothing was changed.'],
    way: { href: signInTo(to), words: 'Sign in' },
    whose,
  });

export const signInTo = (to: `/preferences${string}`): string => `/sign-in?to=${encodeURIComponent(to)}`;

/** A page that has other postmortems, and the words that lead there. */
interface Others {
  readonly href: string;
  readonly words: string;
}
/** The archive, for whoever holds a link of a mail. */
const inArchive: Others = { href: '/archive', words: 'Sign in to read others' };

/**
 * The same answer for what never existed, what may no longer be shown, what this audience may not
 * see and what a mail did not link to.
 */
export const notShown = (whose: Owner, others: Others): HttpAnswer =>
  refusal(404, {
    heading: 'This postmortem is not available',
    texts: ['It was withdrawn, it is restricted to fewer people, or its address is wrong.'],
    way: others,
    whose,
  });

/**
 * The one answer to every link of a post in Slack that shows nothing: made up, cut off, ended or
 * revoked, or of a postmortem that may not be shown. It is always the same bytes and does not say
 * whose it is.
 */
export const postNotShown = (): HttpAnswer =>
  refusal(404, {
    heading: 'This link shows nothing',
    texts: [
      'The postmortem was withdrawn or is restricted to fewer people, or the link was cut off, has ended or was made invalid.',
      'If you may read postmortems here, sign in and look for it in the archive.',
    ],
    way: { href: '/archive', words: 'Sign in to the archive' },
  });

/** For whoever got a mail of which nothing may be shown any more. */
export const mailNotShown = (whose: Owner): HttpAnswer =>
  refusal(404, {
    heading: 'This mail is no longer shown',
    texts: ['What it told was withdrawn, or it is restricted to fewer people.'],
    way: inArchive,
    whose,
  });

/** The same answer for an archive that is not theirs and for one that does not exist. */
export const notInArchive = (whose: Owner): HttpAnswer =>
  refusal(404, {
    heading: 'This is not available to you',
    texts: ['You read what belongs to the mails that you get, or that you may switch on.'],
    way: { href: '/archive', words: 'See what you can read' },
    whose,
  });

/**
 * For a limit on a network or on everybody. It reveals nothing about the address that was typed.
 */
export const tooManyAsked = (whose: Owner, { realm }: Pick<WebDeps, 'realm'>): HttpAnswer => {
  const answer = refusal(429, {
    heading: 'Nothing was sent',
    texts: ['Too many people in your network asked within the last hour. Come back in an hour and press again.'],
    whose,
    realm,
  });
  return { ...answer, headers: { ...answer.headers, 'retry-after': '3600' } };
};
