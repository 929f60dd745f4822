/** @jsxImportSource hono/jsx */

import { issuedToLast, signToken } from '../../../core/access/token.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { signUpOf } from '../../../core/distribution/stream-rules.ts';
import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { type Confirmed, confirmJoining } from '../../../core/joining/confirm-joining.ts';
import { consentWordings, currentWording } from '../../../core/joining/subscribe.ts';
import { productChoices } from '../../../core/preferences/product-choices.ts';
import { definitionOf, realmOfStream, StreamName } from '../../../core/stream/stream.ts';
import { hasJoined } from '../../../core/subscriber/subscription.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { secretsOf } from '../secrets-of.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { ProductsPart } from './preferences/products-part.tsx';

/**
 * The page behind the link of a confirmation mail. Opening it changes nothing, whoever opens it.
 * One press by a person joins the stream.
 */
export const confirmPage = (deps: WebDeps): PageRoute => ({
  path: '/c/{token}',
  async get({ params }) {
    const found = await confirmationOf(params.token, deps);
    if (!found) return notFound(deps);
    const { holder, stream, distribution } = found;
    if (!holder.profile.unconfirmed && hasJoined(holder.profile, stream)) return donePage(found, 'already', deps);
    const [name, { what }] = [streamTitle(stream, distribution), definitionOf(stream).words];
    const chosen = holder.profile.streams[stream]?.follow ?? [];
    const products = productChoices(stream, distribution, chosen);
    const isAsked = signUpOf(distribution, stream)?.kind === 'approval';
    return page({
      title: `Confirm: ${name}`,
      whose: distribution,
      realm: deps.realm,
      children: (
        <>
          <h1>{name}</h1>
          <p>{what}</p>
          <form class="panel" method="post">
            <p>
              For <b>{maskAddress(holder.profile.address)}</b>. {consentWordings[currentWording]}
            </p>
            {products.length > 0 && <ProductsPart name="product" choices={products} chosen={chosen} />}
            {isAsked && <p class="m">Then its owner has to approve.</p>}
            <p class="acts">
              <button type="submit" name="press" value="confirm">
                Yes, it was me
              </button>
            </p>
          </form>
          <p class="m small">Was it not you? Close this page. You get nothing, and the link expires.</p>
        </>
      ),
    });
  },
  post: {
    named: 'confirm',
    async answer({ params, form }) {
      const found = await confirmationOf(params.token, deps);
      if (!found) return notFound(deps);
      const { holder, stream, distribution } = found;
      const offered = productChoices(stream, distribution).map(({ topic }) => topic);
      const ticked = new Set(form.getAll('product'));
      // Whoever was asked for products and chose none hears about all of them.
      const follow = offered.length > 0 ? offered.filter((topic) => ticked.has(topic)) : undefined;
      const done = await confirmJoining(holder.profile, { stream, issuedAt: holder.claims.issuedAt, follow }, distribution, {
        ...deps,
        requests: deps.joinRequests,
        ...(await secretsOf(deps)),
      });
      return done === 'not offered' ? notFound(deps) : donePage(found, done, deps);
    },
  },
});

interface Confirmation {
  readonly holder: Holder;
  readonly stream: StreamName;
  readonly distribution: Distribution;
}

/** Undefined also if the stream accepts nobody any more. */
async function confirmationOf(token: string | undefined, deps: WebDeps): Promise<Confirmation | undefined> {
  const holder = await holderOf(token, 'confirm', deps);
  const distribution = await deps.distribution();
  if (holder?.kind !== 'holder' || !distribution) return undefined;
  const stream = StreamName.safeParse(holder.claims.about);
  const isTheirs = stream.success && realmOfStream(stream.data) === deps.realm;
  return isTheirs && signUpOf(distribution, stream.data) ? { holder, stream: stream.data, distribution } : undefined;
}

const linkSeconds = 3600;
const headings: Readonly<Record<Exclude<Confirmed, 'not offered'>, string>> = {
  subscribed: 'You are subscribed',
  already: 'You are already subscribed',
  asked: 'Waiting for approval',
};

async function donePage({ holder, stream, distribution }: Confirmation, done: Exclude<Confirmed, 'not offered'>, deps: WebDeps) {
  const name = streamTitle(stream, distribution);
  const { realm, sid: subscriber, generation = 0 } = holder.profile;
  // Anybody who got the mail passed on can press. Their own next mail has a link that lasts.
  const issuedAt = issuedToLast('preferences', linkSeconds, deps.now());
  const preferences = signToken({ scope: 'preferences', realm, subscriber, about: '', generation, issuedAt }, await deps.tokenKeys());
  return page({
    title: headings[done],
    whose: distribution,
    realm: deps.realm,
    children: (
      <section class="panel" role="status">
        <h1>{headings[done]}</h1>
        {done === 'asked' ? (
          <p>We have mailed your request to the owner of “{name}”. It is valid for seven days. You get a mail as soon as they approve.</p>
        ) : (
          <>
            <p>
              We send “{name}” to <b>{maskAddress(holder.profile.address)}</b>. Each mail has a link to unsubscribe.
            </p>
            <p class="acts">
              <a class="button" href={pathTo(deps, `/p/${preferences}`)}>
                Choose what you get
              </a>
            </p>
          </>
        )}
      </section>
    ),
  });
}
