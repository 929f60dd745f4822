/** @jsxImportSource hono/jsx */
import { homeRights } from '../../../core/access/home-rights.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { openStreams } from '../../../core/distribution/stream-rules.ts';
import { isPackOffered } from '../../../core/pack/is-pack-offered.ts';
import { isOurHost, type SignedIn, signedIn } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { Proof } from '../../shared/pages/proof.tsx';
import { atOurHost } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';

/**
 * The address that people type by hand: what it is, and where to go from there. Whoever is signed
 * in sees what they may do.
 */
export const startPage = (deps: WebDeps): PageRoute => ({
  path: '/',
  async get(request) {
    const distribution = await deps.distribution();
    if (!distribution) return notFound(deps);
    if (!isOurHost(request.host, deps.publicUrl)) return atOurHost(request, deps);
    const signed = await signedIn(request, deps);
    return page({
      title: signed ? 'Start' : 'Incident lessons',
      whose: distribution,
      children: signed ? <ForThem {...{ signed, distribution }} /> : <ForAnybody {...{ distribution }} />,
    });
  },
});

interface Way {
  readonly href: string;
  readonly words: string;
  readonly what: string;
}

const Ways = ({ ways }: { readonly ways: readonly Way[] }) => (
  <ul class="hits">
    {ways.map(({ href, words, what }) => (
      <li>
        <h2>
          <a href={href}>{words}</a>
        </h2>
        <p class="m">{what}</p>
      </li>
    ))}
  </ul>
);

function ForAnybody({ distribution }: { readonly distribution: Distribution }) {
  const ways: Way[] = [
    { href: '/sign-in', words: 'Sign in', what: 'To read and search earlier postmortems, and to follow them.' },
    ...(openStreams(distribution, 'staff').length > 0 ? [{ href: '/join', words: 'Join', what: 'If you get no mail from us yet.' }] : []),
    { href: '/new-link', words: 'Get a new link', what: 'To choose what you get, to pause it or to unsubscribe. It needs no sign-in.' },
  ];
  return (
    <section class="panel">
      <h1>What incidents taught us</h1>
      <p>From here, {distribution.organisation.name} mails what its incidents taught to the people who can act on it.</p>
      <Ways ways={ways} />
    </section>
  );
}

function ForThem({ signed, distribution }: { readonly signed: SignedIn; readonly distribution: Distribution }) {
  const { isStaff, isOperator, isAuthor } = homeRights(signed.profile, distribution);
  const ways: Way[] = [
    { href: '/archive', words: 'Archive', what: 'Read and search earlier postmortems.' },
    { href: '/preferences', words: 'What you get', what: 'Choose streams and times, pause them or unsubscribe.' },
    ...(isAuthor && !isOperator ? [{ href: '/home', words: 'Write', what: 'Publish a postmortem, and see where it went.' }] : []),
    ...(isOperator ? [{ href: '/home', words: 'Operate', what: 'Editions, people, postmortems and what is in force.' }] : []),
    ...(isStaff && isPackOffered(distribution)
      ? [{ href: '/home/pack', words: 'Pack for a customer', what: 'What we published of incidents of a product, to pass on.' }]
      : []),
    { href: '/sessions', words: 'Where you are signed in', what: 'End sessions and feeds of yours.' },
  ];
  return (
    <section class="panel">
      <h1>What incidents taught us</h1>
      <p>
        You are signed in as <b>{signed.profile.address}</b>.
      </p>
      <Ways ways={ways} />
      <form class="acts" method="post" action="/sign-out">
        <Proof signed={signed} />
        <button class="soft" type="submit">
          Sign out
        </button>
      </form>
    </section>
  );
}
