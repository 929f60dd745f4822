/** @jsxImportSource hono/jsx */
import { ownPath } from '../../../core/access/own-path.ts';
import { askedMinute, signInEnds, signInMs } from '../../../core/access/sign-in-link.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { openStreams } from '../../../core/distribution/stream-rules.ts';
import { mayMail, servedFrom } from '../../../core/joining/limits.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { hostCookie } from '../../shared/pages/cookies.ts';
import { isOurHost, type SignedIn, signedIn } from '../../shared/pages/current-session.ts';
import type { PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { refusal } from '../../shared/pages/refusals.tsx';
import { atOurHost, seeOther } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import { beginSession } from '../begin-session.ts';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { notFound, tooManyAsked } from '../refusals.ts';
import { secretsOf } from '../secrets-of.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { AddressField } from './address-field.tsx';
import { providerPath } from './sign-in-problem.tsx';

/**
 * Where to go on is kept by the browser that asked. A mail opened in another browser leads to the
 * first page.
 */
const onwardCookie = '__Host-afterword-to';

/**
 * Where people sign in: at the organisation's provider, or by a link that is mailed to their own
 * address. The answer is the same, and takes as long, whether or not the address is known.
 */
export const signInPage = (deps: WebDeps): PageRoute => ({
  path: '/sign-in',
  async get(request) {
    const distribution = await deps.distribution();
    if (!distribution) return notFound(deps);
    if (!isOurHost(request.host, deps.publicUrl)) return atOurHost(request, deps);
    const to = ownPath(request.query.get('to'));
    return asking({ distribution, deps, to, signed: await signedIn(request, deps) });
  },
  post: {
    async answer({ form, ip }) {
      const distribution = await deps.distribution();
      if (!distribution) return notFound(deps);
      const to = ownPath(form.get('to'));
      if (deps.signInWith) return asking({ distribution, deps, to });
      const written = form.get('address') ?? '';
      const address = parseAddress(written);
      if (!address) return asking({ distribution, deps, to, wrong: written });
      const done = { isServed: true };
      await deps.evenly(async () => {
        const secrets = await secretsOf(deps);
        const door = { name: 'sign-in', realm: 'staff' } as const;
        done.isServed = (await servedFrom(ip, door, { ...deps, ...secrets })) !== 'nobody';
        if (!done.isServed) return;
        const subscriber = subscriberId('staff', address, secrets.identitySecret);
        const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid: subscriber }]);
        const canRead = profile && !profile.unconfirmed && !profile.suspended && !profile.suppressed;
        if (canRead && (await mayMail(address, door, { ...deps, ...secrets })))
          await deps.mail({ kind: 'sign-in', realm: 'staff', subscriber, about: askedMinute(deps.now()) });
      });
      if (!done.isServed) return tooManyAsked(distribution, deps);
      return { ...asked(distribution), ...(to && { cookies: [hostCookie(onwardCookie, encodeURIComponent(to), signInMs / 1000)] }) };
    },
  },
});

/**
 * The page behind a mailed link. Opening it changes nothing, whoever opens it. One press by a
 * person signs in the browser that it was pressed in, once and within ten minutes of asking.
 */
export const signInLinkPage = (deps: WebDeps): PageRoute => ({
  path: '/sign-in/{token}',
  async get(request) {
    const distribution = await deps.distribution();
    if (!distribution) return notFound(deps);
    if (!isOurHost(request.host, deps.publicUrl)) return atOurHost(request, deps);
    const link = await linkOf(request, deps);
    if (!link) return linkNoMore(distribution);
    return page({
      title: 'Sign in',
      whose: distribution,
      children: (
        <>
          <form class="panel" method="post">
            <h1>Sign in</h1>
            <p>
              As <b>{maskAddress(link.holder.profile.address)}</b>, in this browser. You stay signed in here until you sign out, for 30 days
              at most.
            </p>
            <p class="acts">
              <button type="submit" name="press" value="sign-in">
                Sign in
              </button>
            </p>
          </form>
          <p class="m small">Is this not your address, or did you not ask for it? Close this page. The link expires within minutes.</p>
        </>
      ),
    });
  },
  post: {
    named: 'sign-in',
    async answer(post) {
      const distribution = await deps.distribution();
      if (!distribution) return notFound(deps);
      const link = await linkOf(post, deps);
      if (!link || !(await deps.usedLinks.use(link.id, link.until))) return linkNoMore(distribution);
      const { cookie } = await beginSession(link.holder.profile, 'mail', post, deps);
      return seeOther(onwardOf(post) ?? '/', [cookie, hostCookie(onwardCookie, '', 0)]);
    },
  },
});

interface MailedLink {
  readonly holder: Holder;
  /** The same for each copy of the mail. */
  readonly id: string;
  readonly until: Date;
}

/** Undefined also where people sign in at a provider: an old mail is no way around it. */
async function linkOf({ params }: PageRequest, deps: WebDeps): Promise<MailedLink | undefined> {
  const holder = deps.signInWith ? undefined : await holderOf(params.token, 'sign-in', deps);
  if (holder?.kind !== 'holder') return undefined;
  const { about, subscriber, generation } = holder.claims;
  const until = signInEnds(about);
  return until && deps.now() < until ? { holder, id: `sign-in ${subscriber} ${generation} ${about}`, until } : undefined;
}

function onwardOf({ cookies }: PageRequest): string | undefined {
  try {
    return ownPath(decodeURIComponent(cookies[onwardCookie] ?? ''));
  } catch {
    return undefined;
  }
}

/** The same for a link that was used, is too old, or was never ours. */
const linkNoMore = (whose: Distribution) =>
  refusal(404, {
    heading: 'This link does not work any more',
    texts: ['A link to sign in works once, within ten minutes. Nothing was changed.'],
    way: { href: '/sign-in', words: 'Ask for another' },
    whose,
  });

interface Asking {
  readonly distribution: Distribution;
  readonly deps: Pick<WebDeps, 'signInWith'>;
  readonly to: string | undefined;
  readonly signed?: SignedIn | undefined;
  /** What was typed, if it is no address. */
  readonly wrong?: string | undefined;
}

function asking({ distribution, deps, to, signed, wrong }: Asking) {
  return page(
    {
      title: 'Sign in',
      whose: distribution,
      children: (
        <>
          {signed && (
            <p class="said plain">
              You are signed in as <b>{signed.profile.address}</b>. <a href={to ?? '/'}>Go on as you are</a>, or sign in again here.
            </p>
          )}
          {deps.signInWith ? <AtProvider to={to} again={signed !== undefined} /> : <ByMail to={to} wrong={wrong} />}
          <NewHere distribution={distribution} />
        </>
      ),
    },
    wrong === undefined ? 200 : 422,
  );
}

/** Whoever is signed in already has a reason to be asked again: an act that wants them fresh. */
const AtProvider = ({ to, again }: Pick<Asking, 'to'> & { readonly again: boolean }) => (
  <section class="panel">
    <h1>Sign in</h1>
    <p>You sign in with your account at work.</p>
    <p class="acts">
      <a class="button" href={providerPath(to, { again })}>
        Sign in
      </a>
    </p>
  </section>
);

const ByMail = ({ to, wrong }: Pick<Asking, 'to' | 'wrong'>) => (
  <form class="panel" method="post" action="/sign-in">
    <h1>Sign in</h1>
    <p>We mail you a link. It works once, within ten minutes. You need no password.</p>
    <AddressField label="Your address at work" wrong={wrong} />
    {to && <input type="hidden" name="to" value={to} />}
    <div class="acts">
      <button type="submit">Mail me a link</button>
    </div>
  </form>
);

const NewHere = ({ distribution }: Pick<Asking, 'distribution'>) =>
  openStreams(distribution, 'staff').length > 0 && (
    <p class="m small">
      Only people who are on our list can sign in. <a href="/join">Join</a> if you are not.
    </p>
  );

/** The same for everybody. */
const asked = (distribution: Distribution) =>
  page({
    title: 'Check your email',
    whose: distribution,
    children: (
      <>
        <section class="panel" role="status">
          <h1>Check your email</h1>
          <p>If that address is on our list, a link to sign in is on its way. Open it in this browser, within ten minutes.</p>
          <p class="m">
            Nothing after a minute? Look in your spam folder. We send at most one such mail a minute and five an hour to the same mailbox.
          </p>
        </section>
        <NewHere distribution={distribution} />
      </>
    ),
  });
