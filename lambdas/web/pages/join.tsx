/** @jsxImportSource hono/jsx */

import { isStamped, stampForm } from '../../../core/access/form-stamp.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { openStreams, signUpOf } from '../../../core/distribution/stream-rules.ts';
import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { type Asked, askToJoin } from '../../../core/joining/ask-to-join.ts';
import { consentWordings, currentWording } from '../../../core/joining/subscribe.ts';
import { definitionOf, realmOfStream, StreamName } from '../../../core/stream/stream.ts';
import type { WebDeps } from '../deps.ts';
import type { Look, PageRoute } from '../page-route.ts';
import { pathTo } from '../path-to.ts';
import { notFound, tooManyAsked } from '../refusals.tsx';
import { secretsOf } from '../secrets-of.ts';
import { page } from '../shell.tsx';

/** The streams that people may join by themselves. */
export const joinPage = (deps: WebDeps): PageRoute => ({
  path: '/join',
  async look() {
    const distribution = await deps.distribution();
    const open = distribution ? openStreams(distribution, deps.realm) : [];
    if (!distribution || open.length === 0) return notFound(deps);
    return page({
      title: 'Join',
      organisation: distribution.organisation.name,
      realm: deps.realm,
      children: (
        <>
          <h1>What would you like to get?</h1>
          {open.map((stream) => (
            <section class="panel">
              <h2>{streamTitle(stream, distribution)}</h2>
              <p>{definitionOf(stream).words.what}</p>
              {signUpOf(distribution, stream)?.kind === 'approval' && <p class="m small">Its owner lets people in.</p>}
              <p class="acts">
                <a class="button" href={pathTo(deps, `/join/${stream}`)}>
                  Sign up<span class="hp"> for {streamTitle(stream, distribution)}</span>
                </a>
              </p>
            </section>
          ))}
        </>
      ),
    });
  },
});

/** The form for one stream. Its answer is the same for every address of the organisation, known or not. */
export const joinStreamPage = (deps: WebDeps): PageRoute => ({
  path: '/join/{stream}',
  async look(look) {
    const offered = await offeredAt(look, deps);
    return offered ? formPage(offered, deps) : notFound(deps);
  },
  press: {
    async answer(press) {
      const offered = await offeredAt(press, deps);
      if (!offered) return notFound(deps);
      const { form, ip } = press;
      const address = form.get('address') ?? '';
      // A field that no person sees: what fills it in is no person, and learns nothing.
      if (form.get('website')) return askedPage(offered, deps);
      if (!isStamped(form.get('shown') ?? '', deps.now(), await deps.tokenKeys()))
        return formPage(offered, deps, { address, problem: 'again' });
      let asked: Asked = 'asked';
      const { stream, distribution } = offered;
      await deps.evenly(async () => {
        asked = await askToJoin({ stream, address, ip }, distribution, { ...deps, ...(await secretsOf(deps)) });
      });
      return answerTo(asked, offered, address, deps);
    },
  },
});

async function answerTo(asked: Asked, offered: Offered, address: string, deps: WebDeps) {
  switch (asked) {
    case 'not offered':
      return notFound(deps);
    case 'too busy':
      return tooManyAsked(offered.distribution, deps);
    case 'asked':
    case 'busy':
      return askedPage(offered, deps, asked);
    default:
      return formPage(offered, deps, { address, problem: asked });
  }
}

interface Offered {
  readonly stream: StreamName;
  readonly distribution: Distribution;
}

async function offeredAt({ params }: Look, deps: WebDeps): Promise<Offered | undefined> {
  const stream = StreamName.safeParse(params.stream);
  const distribution = await deps.distribution();
  const isTheirs = stream.success && realmOfStream(stream.data) === deps.realm;
  return distribution && isTheirs && signUpOf(distribution, stream.data) ? { stream: stream.data, distribution } : undefined;
}

interface Refused {
  readonly address: string;
  readonly problem: 'no address' | 'outside' | 'again';
}

const problems = (problem: Refused['problem'], domains: readonly string[]): string =>
  ({
    'no address': 'This is not an address that mail can be sent to. Write one such as ada@example.com.',
    outside: `Only addresses of the organisation can join: ${domains.map((domain) => `…@${domain}`).join(', ')}.`,
    again: 'That was quicker than people are, or the page had lain open for long. Please press once more.',
  })[problem];

async function formPage({ stream, distribution }: Offered, deps: WebDeps, refused?: Refused) {
  const [name, { what }] = [streamTitle(stream, distribution), definitionOf(stream).words];
  const { organisation } = distribution;
  const isAsked = signUpOf(distribution, stream)?.kind === 'approval';
  const flaw = refused && problems(refused.problem, organisation.domains);
  const isBad = refused !== undefined && refused.problem !== 'again';
  return page(
    {
      title: refused ? `Not yet: ${name}` : `Join: ${name}`,
      organisation: organisation.name,
      realm: deps.realm,
      children: (
        <>
          <h1>{name}</h1>
          <p>{what}</p>
          <form class="panel" method="post">
            <label>
              Your address
              <input
                type="email"
                name="address"
                required
                maxlength={254}
                autocomplete="email"
                value={refused?.address.slice(0, 254) ?? ''}
                aria-invalid={isBad ? 'true' : undefined}
                aria-describedby={flaw ? 'flaw' : undefined}
              />
            </label>
            {flaw && (
              <span class="flaw" id="flaw" role="alert">
                {flaw}
              </span>
            )}
            <p class="small">{consentWordings[currentWording]}</p>
            {isAsked && <p class="m small">The owner of this stream lets people in. You hear of it by mail.</p>}
            <div class="hp" aria-hidden="true">
              <label>
                Leave this empty
                <input type="text" name="website" tabindex={-1} autocomplete="off" />
              </label>
            </div>
            <input type="hidden" name="shown" value={stampForm(deps.now(), await deps.tokenKeys())} />
            <p class="acts">
              <button type="submit">Send me a link to confirm</button>
            </p>
          </form>
        </>
      ),
    },
    refused ? 422 : 200,
  );
}

const askedPage = ({ stream, distribution }: Offered, { realm }: Pick<WebDeps, 'realm'>, asked: 'asked' | 'busy' = 'asked') =>
  page({
    title: 'Look into your mail',
    organisation: distribution.organisation.name,
    realm,
    children: (
      <section class="panel" role="status">
        <h1>Look into your mail</h1>
        {asked === 'busy' ? (
          <p>
            <b>Very many people have asked within the hour.</b> If this address gets mail from us already, a mail is on its way there. If it
            is new here, nothing was sent: come back in an hour and press again.
          </p>
        ) : (
          <p>
            If this address can join, a mail is on its way there. Open its link and press once: “{streamTitle(stream, distribution)}” comes
            from then on, and not before.
          </p>
        )}
        <p class="m">
          Nothing there after a few minutes? Look among the junk mail. The link is good for seven days. The same mailbox gets one in ten
          minutes and three a day at most; what is asked beyond that is not sent.
        </p>
      </section>
    ),
  });
