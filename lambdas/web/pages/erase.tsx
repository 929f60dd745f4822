/** @jsxImportSource hono/jsx */

import { verifyToken } from '../../../core/access/token.ts';
import type { Owner } from '../../../core/distribution/brand.ts';
import { erasePerson } from '../../../core/rights/erase-person.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { suppressionHash } from '../../../core/subscriber/subscriber-id.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { Proof } from '../../shared/pages/proof.tsx';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { isTheirOwn, ownSession } from '../own-session.ts';
import { pathTo } from '../path-to.ts';
import { notFound, signInFor } from '../refusals.ts';
import { holderOf } from '../token-holder.ts';

/**
 * Lets the holder of a preferences link erase themselves; staff need a session of their own,
 * because links are forwarded. Opening the page explains what that means; one press does it.
 */
export const erasePage = (deps: WebDeps): PageRoute => ({
  path: '/p/{token}/erase',
  async get(request) {
    const { params } = request;
    const holder = await holderOf(params.token, 'preferences', deps);
    const whose = await deps.distribution();
    if (holder?.kind !== 'holder') return (await wasErased(params.token, deps)) ? erasedPage(whose, deps) : notFound(deps);
    const signed = await ownSession(request, holder, deps);
    if (deps.realm === 'staff' && !signed) return whose ? signInToErase(whose) : notFound(deps);
    return page({
      title: 'Erase me',
      whose,
      realm: deps.realm,
      children: (
        <>
          <h1>Erase me</h1>
          <section class="panel">
            <p>
              This deletes everything stored about <b>{maskAddress(holder.profile.address)}</b>:
            </p>
            <ul>
              <li>{`at once: your address, name and team, ${deps.realm === 'staff' ? 'your sessions and feeds, ' : ''}and every subscription and setting;`}</li>
              <li>within minutes: which mails you got, and what the mail server reported about them.</li>
            </ul>
            <p>
              A mail that is being sent now is deleted from our records once it has been sent. Backups still hold your data until they are
              deleted.
            </p>
            <p>
              We keep one mark, so that no import brings you back. It says whether you reported our mail as unwanted. Nobody can read from
              it who you were.
            </p>
            <p>
              <b>You cannot undo this.</b> You can sign up again after ten minutes, from the beginning.
            </p>
            <form method="post">
              {signed && <Proof signed={signed} />}
              <p class="acts">
                <button class="danger" type="submit" name="press" value="erase">
                  Erase me for good
                </button>
                <a class="button soft" href={pathTo(deps, `/p/${params.token}`)}>
                  Go back
                </a>
              </p>
            </form>
          </section>
          <p class="m small">
            Want to see it first? <a href={pathTo(deps, `/p/${params.token}/data`)}>Download what is stored about you</a>.
          </p>
        </>
      ),
    });
  },
  post: {
    named: 'erase',
    async answer(post) {
      const { params } = post;
      const holder = await holderOf(params.token, 'preferences', deps);
      const whose = await deps.distribution();
      if (holder?.kind !== 'holder') return (await wasErased(params.token, deps)) ? erasedPage(whose, deps) : notFound(deps);
      if (!(await isTheirOwn(post, holder, deps))) return whose ? signInToErase(whose) : notFound(deps);
      const { realm, sid } = holder.profile;
      const now = () => toInstant(deps.now());
      const hash = suppressionHash(sid, await deps.suppressionSecret());
      if (!(await erasePerson({ realm, sid }, { hash }, { ...deps.erasing, now }))) return notFound(deps);
      // The id is not kept.
      await deps.audit.record({
        at: now(),
        who: 'reader',
        act: 'person erased',
        facts: { realm, way: realm === 'staff' ? 'session' : 'page' },
      });
      return erasedPage(whose, deps);
    },
  },
});

const signInToErase = (whose: Owner) => signInFor('to erase yourself', '/preferences?go=erase', whose);

/**
 * Whether this link's holder was erased. A holder who presses twice or returns within days is told
 * that it is done, although no profile is left that the link belongs to.
 */
async function wasErased(token: string | undefined, deps: WebDeps): Promise<boolean> {
  const verified = verifyToken(token ?? '', await deps.tokenKeys(), { scope: 'preferences', now: deps.now() });
  if (verified?.kind !== 'good' || verified.claims.realm !== deps.realm) return false;
  const who = { realm: verified.claims.realm, sid: verified.claims.subscriber };
  const [profile] = await deps.people.readProfiles([who]);
  return !profile && (await deps.erasing.erasures.read(who)) !== undefined;
}

const erasedPage = (whose: Owner | undefined, { realm }: Pick<WebDeps, 'realm'>) =>
  page({
    title: 'You are erased',
    whose,
    realm,
    children: (
      <section class="panel" role="status">
        <h1>You are erased</h1>
        <p>Your address and every setting are deleted, and you get no more mail. The rest is deleted within minutes.</p>
        <p class="m">A mail that left a moment ago may still arrive. Its links no longer work.</p>
      </section>
    ),
  });
