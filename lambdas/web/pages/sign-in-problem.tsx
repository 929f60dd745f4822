/** @jsxImportSource hono/jsx */
import type { FoundAddress, NotIdentified } from '../../../core/access/identity.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { openStreams } from '../../../core/distribution/stream-rules.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { page } from '../../shared/pages/shell.tsx';

/**
 * Why nobody is signed in. `another`: this browser did not begin this sign-in, or more than ten
 * minutes ago.
 */
export type SignInProblem = NotIdentified['kind'] | Exclude<FoundAddress['kind'], 'found'> | 'another' | 'not on the list';

interface Known {
  /** The page to go on to. */
  readonly to?: string | undefined;
  /** That the provider vouches for. */
  readonly address?: string | undefined;
  readonly requestId: string;
}

/** A page that says why somebody is not signed in, and what they can do. */
export function signInProblem(problem: SignInProblem, distribution: Distribution, { to, address, requestId }: Known): HttpAnswer {
  const { name, domains } = distribution.organisation;
  const mayJoin = openStreams(distribution, 'staff').length > 0;
  const { status, heading, texts, way } = words(problem, { name, domains, address, requestId, mayJoin });
  const answer = page(
    {
      title: heading,
      whose: distribution,
      children: (
        <section class="panel">
          <h1>{heading}</h1>
          {texts.map((text) => (
            <p>{text}</p>
          ))}
          <p class="acts">
            {problem === 'not on the list' && mayJoin && (
              <a class="button" href="/join">
                Join
              </a>
            )}
            <a
              class={problem === 'not on the list' && mayJoin ? 'button soft' : 'button'}
              href={providerPath(to, { again: way === 'other' })}
            >
              {way === 'other' ? 'Sign in with another account' : 'Try again'}
            </a>
          </p>
        </section>
      ),
    },
    status,
  );
  return status === 503 ? { ...answer, headers: { ...answer.headers, 'retry-after': '60' } } : answer;
}

/** Leads to the provider, and from there to `to`. `again`: it asks even those whom it knows. */
export const providerPath = (to: string | undefined, { again }: { readonly again: boolean }): string => {
  const query = new URLSearchParams({ ...(to !== undefined && { to }), ...(again && { again: 'true' }) });
  return query.size === 0 ? '/sign-in/start' : `/sign-in/start?${query}`;
};

interface Words {
  readonly status: number;
  readonly heading: string;
  readonly texts: readonly string[];
  /** `other`: the same account meets the same problem. */
  readonly way: 'retry' | 'other';
}

interface Facts extends Pick<Known, 'address' | 'requestId'> {
  readonly name: string;
  readonly domains: readonly string[];
  readonly mayJoin: boolean;
}

function words(problem: SignInProblem, { name, domains, address, requestId, mayJoin }: Facts): Words {
  const tell = `If it stays so, tell the people who run these pages. They find it in the log by ${requestId}.`;
  switch (problem) {
    case 'another':
      return {
        status: 400,
        heading: 'You are not signed in yet',
        texts: ['You began this in another browser or more than ten minutes ago, or you have already come back from it.'],
        way: 'retry',
      };
    case 'stopped':
      return {
        status: 403,
        heading: 'You are not signed in',
        texts: [`The sign-in of ${name} says that it was stopped, or that you may not use these pages.`],
        way: 'retry',
      };
    case 'unreachable':
      return {
        status: 503,
        heading: 'The sign-in does not answer',
        texts: [`The sign-in of ${name} does not answer now. Try again in a minute.`, tell],
        way: 'retry',
      };
    case 'refused':
      return {
        status: 403,
        heading: 'You are not signed in',
        texts: [`The answer of the sign-in of ${name} was not as it has to be, so we do not know who you are.`, tell],
        way: 'retry',
      };
    case 'no address':
      return {
        status: 403,
        heading: 'We do not know your address',
        texts: [`The sign-in of ${name} did not say which address is yours.`, tell],
        way: 'other',
      };
    case 'unverified':
      return {
        status: 403,
        heading: 'Your address is not verified',
        texts: [`The sign-in of ${name} has not verified your address. Verify it there, then sign in again.`, tell],
        way: 'other',
      };
    case 'elsewhere':
      return {
        status: 403,
        heading: 'That is not an account of your organisation',
        texts: [`Sign in with the account whose address ends in ${domains.map((domain) => `@${domain}`).join(' or ')}.`],
        way: 'other',
      };
    case 'not on the list':
      return {
        status: 403,
        heading: 'You are not on the list',
        texts: [
          `These pages are for people who get incident lessons. ${address} does not. Ask the people who send them${mayJoin ? ', or join' : ''}.`,
        ],
        way: 'other',
      };
    default:
      return problem satisfies never;
  }
}
