/** @jsxImportSource hono/jsx */
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { mayMail, servedFrom } from '../../../core/joining/limits.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import type { WebDeps } from '../deps.ts';
import type { PageRoute } from '../page-route.ts';
import { pathTo } from '../path-to.ts';
import { notFound, tooManyAsked } from '../refusals.tsx';
import { secretsOf } from '../secrets-of.ts';
import { page } from '../shell.tsx';

/** Whoever lost their link has a new one sent to their own address. The answer is the same whether or not somebody is there, and takes as long. */
export const newLinkPage = (deps: WebDeps): PageRoute => ({
  path: '/new-link',
  async look() {
    const distribution = await deps.distribution();
    return distribution ? asking(distribution, deps) : notFound(deps);
  },
  press: {
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

/** Constant, whoever asked. */
export const newLinkAnswer = ({ organisation }: Distribution, { realm }: Pick<WebDeps, 'realm'>) =>
  page({
    title: 'Look into your inbox',
    organisation: organisation.name,
    realm,
    children: (
      <section class="panel">
        <h1>Look into your inbox</h1>
        <p role="status">
          If mail from us goes to that address, a new link is on its way. It comes within a minute or two, once in ten minutes and three
          times a day at most.
        </p>
      </section>
    ),
  });

const asking = ({ organisation }: Distribution, { realm }: Pick<WebDeps, 'realm'>, wrong?: string) =>
  page(
    {
      title: 'A new link',
      organisation: organisation.name,
      realm,
      children: (
        <section class="panel">
          <h1>Have your link sent to you</h1>
          <p>With it you choose what you get, read what you missed, or leave. It goes to your own address and to nobody else.</p>
          <form method="post" action={pathTo({ realm }, '/new-link')}>
            <label class="field">
              Your address
              <input
                type="email"
                name="address"
                required
                maxlength={254}
                autocomplete="email"
                value={wrong ?? ''}
                aria-invalid={wrong === undefined ? undefined : 'true'}
                aria-describedby={wrong === undefined ? undefined : 'address-flaw'}
              />
              {wrong !== undefined && (
                <span class="flaw" id="address-flaw" role="alert">
                  This is not an address that mail can be sent to. Write one such as ada@example.com.
                </span>
              )}
            </label>
            <div class="acts">
              <button type="submit">Send me a link</button>
            </div>
          </form>
        </section>
      ),
    },
    wrong === undefined ? 200 : 422,
  );

/** An old link that was its holder's: what it opened may be somebody else's mailbox by now, so that a new one is mailed and not shown. */
export const expiredPage = ({ organisation }: Distribution, { realm }: Pick<WebDeps, 'realm'>) =>
  page(
    {
      title: 'This link is too old',
      organisation: organisation.name,
      realm,
      children: (
        <section class="panel">
          <h1>This link is too old</h1>
          <p>
            Links to your choices hold for 90 days. Have a new one sent to the address that got this one; it comes within a minute or two.
          </p>
          <form method="post" class="acts">
            <button type="submit" name="press" value="new-link">
              Send me a new link
            </button>
          </form>
        </section>
      ),
    },
    410,
  );
