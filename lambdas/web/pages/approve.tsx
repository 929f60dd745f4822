/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { approveJoining, type OpenRequest, openRequest } from '../../../core/joining/approve-joining.ts';
import { dayWords } from '../../../core/preferences/settings-words.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { notFound } from '../refusals.ts';
import { type Holder, holderOf } from '../token-holder.ts';

/** Shows the owner of a stream who asks to join it, and lets that person in with one press. */
export const approvePage = (deps: WebDeps): PageRoute => ({
  path: '/a/{token}',
  async get({ params }) {
    const found = await requestOf(params.token, deps);
    return found ? requestPage(found, deps.now()) : notFound(deps);
  },
  post: {
    named: 'approve',
    async answer({ params }) {
      const found = await requestOf(params.token, deps);
      if (!found) return notFound(deps);
      await approveJoining(found, found.holder.profile, { ...deps, requests: deps.joinRequests });
      const after = await requestOf(params.token, deps);
      return after ? requestPage(after, deps.now()) : notFound(deps);
    },
  },
});

type Found = OpenRequest & { readonly holder: Holder; readonly distribution: Distribution };

async function requestOf(token: string | undefined, deps: WebDeps): Promise<Found | undefined> {
  const holder = await holderOf(token, 'approve', deps);
  const distribution = await deps.distribution();
  if (holder?.kind !== 'holder' || !distribution) return undefined;
  const open = await openRequest(holder.claims.about, holder.profile, distribution, { ...deps, requests: deps.joinRequests });
  return open && { ...open, holder, distribution };
}

function requestPage({ request, asker, holder, distribution }: Found, now: Date) {
  const zone = zoneFor(holder.profile, distribution);
  const name = streamTitle(request.stream, distribution);
  const { approvedAt } = request;
  const isIn = approvedAt !== undefined;
  return page({
    title: isIn ? 'Approved' : 'Someone wants to join',
    whose: distribution,
    children: (
      <>
        <h1>{isIn ? 'Approved' : 'Someone wants to join'}</h1>
        <section class="panel" role={isIn ? 'status' : undefined}>
          <dl>
            <dt>Who</dt>
            <dd>
              {asker.name && `${asker.name}, `}
              {asker.address}
            </dd>
            {asker.team && (
              <>
                <dt>Team</dt>
                <dd>{asker.team}</dd>
              </>
            )}
            <dt>What</dt>
            <dd>{name}</dd>
            <dt>Asked</dt>
            <dd>{dayWords(request.askedAt, zone, now)}, from a confirmed address</dd>
            {approvedAt && (
              <>
                <dt>Approved</dt>
                <dd>{dayWords(approvedAt, zone, now)}</dd>
              </>
            )}
          </dl>
          {isIn ? (
            <p>We have told them by mail and sent you a receipt. An operator can take the approval back.</p>
          ) : (
            <form method="post">
              <p class="acts">
                <button type="submit" name="press" value="approve">
                  Approve
                </button>
              </p>
            </form>
          )}
        </section>
        <p class="m small">
          {isIn ? '' : 'To decline, close this page. The request expires seven days after it was made. '}
          This page belongs to {maskAddress(holder.profile.address)}, the owner of this stream. Whoever presses here acts for them.
        </p>
      </>
    ),
  });
}
