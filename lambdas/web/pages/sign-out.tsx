/** @jsxImportSource hono/jsx */
import { hostCookie } from '../../shared/pages/cookies.ts';
import { isOurHost, isOwnForm, sessionCookie, signedIn } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { Proof } from '../../shared/pages/proof.tsx';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { atOurHost, seeOther } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';

/** Ends this browser's session. Opening the page only asks. */
export const signOutPage = (deps: WebDeps): PageRoute => ({
  path: '/sign-out',
  async get(request) {
    if (!isOurHost(request.host, deps.publicUrl)) return atOurHost(request, deps);
    const signed = await signedIn(request, deps);
    if (!signed) return seeOther('/');
    return page({
      title: 'Sign out',
      whose: await deps.distribution(),
      children: (
        <form class="panel" method="post">
          <h1>Sign out</h1>
          <p>
            You are signed in as <b>{signed.profile.address}</b>.
          </p>
          <Proof signed={signed} />
          <p class="acts">
            <button type="submit">Sign out</button>
          </p>
        </form>
      ),
    });
  },
  post: {
    async answer(post) {
      const signed = await signedIn(post, deps);
      if (signed && !isOwnForm(post, signed)) return notUnderstood();
      if (signed) await deps.sessions.end(signed.session);
      return seeOther('/', [signedOut]);
    },
  },
});

/** The line of `Set-Cookie` after which a browser has no session any more. */
export const signedOut = hostCookie(sessionCookie, '', 0);
