/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { mayMail, servedFrom } from '../../../core/joining/limits.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { notFound, tooManyAsked } from '../refusals.ts';
import { secretsOf } from '../secrets-of.ts';
import { AddressField } from './address-field.tsx';
import { expiredLinkPage } from './expired.tsx';

/**
 * Sends a new link to a person who lost theirs, at their own address. The answer is the same, and
 * takes as long, whether or not the address is known.
 */
export const newLinkPage = (deps: WebDeps): PageRoute => ({
  path: '/new-link',
  async get() {
    const distribution = await deps.distribution();
    return distribution ? asking(distribution, deps) : notFound(deps);
  },
  post: {
    async answer({ form, ip }) {
      const distribution = await deps.distribution();
      if (!distribution) return notFound(deps);
      const address = parseAddress(form.get('address') ?? '');
      if (!address) return asking(distribution, deps, form.get('address') ?? '');
      const done = { isServed: true };
      await deps.evenly(async () => {
        const { realm } = deps;
        const secrets = await secretsOf(deps);
        const door = { name: 'new-link', realm } as const;
        done.isServed = (await servedFrom(ip, door, { ...deps, ...secrets })) !== 'nobody';
        if (!done.isServed) return;
        const sid = subscriberId(realm, address, secrets.identitySecret);
        const [profile] = await deps.people.readProfiles([{ realm, sid }]);
        const canRead =
          profile &&
          !profile.unconfirmed &&
          !profile.suspended &&
          !profile.suppressed &&
          (realm === 'staff' || distribution.senders.customers);
        if (canRead && (await mayMail(address, door, { ...deps, ...secrets })))
          await deps.mail({ kind: 'new-link', realm, subscriber: sid, about: '' });
      });
      return done.isServed ? newLinkAnswer(distribution, deps) : tooManyAsked(distribution, deps);
    },
  },
});

/** The same for everybody. `lost`: it answers a form of choices, which came too late. */
export const newLinkAnswer = (whose: Distribution, { realm }: Pick<WebDeps, 'realm'>, { lost = false } = {}) =>
  page({
    title: lost ? 'Nothing was saved' : 'Check your email',
    whose,
    realm,
    children: (
      <section class="panel">
        <h1>{lost ? 'Nothing was saved' : 'Check your email'}</h1>
        {lost && <p>The link of this page has expired, so what you chose is not in force. Choose it again behind the new link.</p>}
        <p role="status">
          If that address gets mail from us, a new link is on its way. It takes a minute or two. We send at most one in ten minutes and
          three a day.
        </p>
      </section>
    ),
  });

const asking = (whose: Distribution, { realm }: Pick<WebDeps, 'realm'>, wrong?: string) =>
  page(
    {
      title: 'Get a new link',
      whose,
      realm,
      children: (
        <section class="panel">
          <h1>Get a new link</h1>
          <p>Use it to choose what you get, to read what you missed, or to unsubscribe. We send it to your own address only.</p>
          <form method="post" action={pathTo({ realm }, '/new-link')}>
            <AddressField label="Your address" wrong={wrong} />
            <div class="acts">
              <button type="submit">Send me a link</button>
            </div>
          </form>
        </section>
      ),
    },
    wrong === undefined ? 200 : 422,
  );

/** For a link to settings that has expired. */
export const expiredPage = (whose: Distribution, { realm }: Pick<WebDeps, 'realm'>) =>
  expiredLinkPage(whose, {
    words:
      'Links to your settings are valid for 90 days. We can send a new one to the address that got this one. It takes a minute or two.',
    mayRenew: true,
    realm,
  });
