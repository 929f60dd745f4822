/** @jsxImportSource hono/jsx */
import { isLive, type StoredSession, sessionId } from '../../../core/access/session.ts';
import { printMoment } from '../../../core/calendar/print.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import { isOwnForm, type SignedIn, signedIn, signInFirst } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { Proof } from '../../shared/pages/proof.tsx';
import { notUnderstood } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';
import { signedOut } from './sign-out.tsx';

/** Where somebody is signed in. They end one session, or all but this one. */
export const sessionsPage = (deps: WebDeps): PageRoute => ({
  path: '/sessions',
  async get(request) {
    const signed = await signedIn(request, deps);
    if (!signed) return signInFirst(request, deps);
    return shown(signed, deps);
  },
  post: {
    async answer(post) {
      const signed = await signedIn(post, deps);
      if (!signed) return signInFirst(post, deps);
      if (!isOwnForm(post, signed)) return notUnderstood();
      const chosen = await chosenIn(post.form, signed, deps);
      for (const session of chosen) await deps.sessions.end(session);
      const { sid } = signed.profile;
      if (chosen.length > 0) {
        const facts = { subscriber: sid, sessions: chosen.length };
        await deps.audit.record({ at: toInstant(deps.now()), who: 'reader', act: 'sessions ended', facts });
      }
      return chosen.some(({ hash }) => hash === signed.session.hash) ? seeOther('/', [signedOut]) : shown(signed, deps, chosen.length);
    },
  },
});

/** Of their own sessions alone. One that has ended meanwhile is none. */
async function chosenIn(form: URLSearchParams, { session, profile }: SignedIn, { sessions }: WebDeps): Promise<StoredSession[]> {
  const theirs = (await sessions.list(profile.sid)).filter(({ kind }) => kind === 'session');
  if (form.get('press') === 'end-others') return theirs.filter(({ hash }) => hash !== session.hash);
  return theirs.filter((one) => sessionId(one) === form.get('end'));
}

async function shown(signed: SignedIn, deps: WebDeps, ended?: number) {
  const distribution = await deps.distribution();
  if (!distribution) return notFound(deps);
  const now = deps.now();
  const all = (await deps.sessions.list(signed.profile.sid)).filter((one) => one.kind === 'session' && isLive(one, signed.profile, now));
  const others = all.filter(({ hash }) => hash !== signed.session.hash).toSorted((a, b) => (a.seenAt < b.seenAt ? 1 : -1));
  return page({
    title: 'Where you are signed in',
    whose: distribution,
    children: (
      <>
        {ended !== undefined && (
          <p class="said" role="status">
            {endedWords(ended)}
          </p>
        )}
        <h1>Where you are signed in</h1>
        <p class="m">
          As <b>{signed.profile.address}</b>. A session ends after 7 days without use, and after 30 days in any case.
        </p>
        <section class="panel">
          <h2>This browser</h2>
          <Row session={signed.session} {...{ signed, distribution, now }} />
        </section>
        {others.length > 0 && (
          <section class="panel">
            <h2>Elsewhere</h2>
            <ul class="found">
              {others.map((session) => (
                <li>
                  <Row {...{ session, signed, distribution, now }} />
                </li>
              ))}
            </ul>
            <form class="acts" method="post">
              <Proof signed={signed} />
              <button class="danger" type="submit" name="press" value="end-others">
                Sign out everywhere else
              </button>
            </form>
          </section>
        )}
        <p class="m small">
          Do you see a session that is not yours? End it, and make your links invalid on the page where you choose what you get: that ends
          all sessions and feeds too. <a href="/feeds">Your feeds</a> · <a href="/">Back</a>
        </p>
      </>
    ),
  });
}

const endedWords = (ended: number) => {
  if (ended === 0) return 'That session had ended before.';
  return ended === 1 ? 'One session is ended.' : `${ended} sessions are ended.`;
};

interface RowContent {
  readonly session: StoredSession;
  readonly signed: SignedIn;
  readonly distribution: Distribution;
  readonly now: Date;
}

function Row({ session, signed, distribution, now }: RowContent) {
  const name = session.device ?? 'An unknown browser';
  const zone = zoneFor(signed.profile, distribution);
  const at = (instant: string) => printMoment(instant, now, zone);
  return (
    <>
      <p class="what">
        <b>{name}</b>
        <br />
        <span class="m small">
          Signed in {at(session.createdAt)}, {ways[session.way] ?? session.way}. Last used {at(session.seenAt)}.
        </span>
      </p>
      <form class="acts" method="post">
        <Proof signed={signed} />
        <button class="soft" type="submit" name="end" value={sessionId(session)}>
          {session.hash === signed.session.hash ? 'Sign out' : 'End'}
          <span class="hp"> {name}</span>
        </button>
      </form>
    </>
  );
}

const ways: Readonly<Record<string, string>> = { mail: 'by a mailed link', 'sign-in': 'with the account at work' };
