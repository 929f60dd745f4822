/** @jsxImportSource hono/jsx */

import { isStamped, stampForm } from '../../../core/access/form-stamp.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { openStreams, signUpOf } from '../../../core/distribution/stream-rules.ts';
import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { askToJoin, type SignUpAnswer } from '../../../core/joining/ask-to-join.ts';
import { consentWordings, currentWording } from '../../../core/joining/subscribe.ts';
import { productChoices } from '../../../core/preferences/product-choices.ts';
import { definitionOf, realmOfStream, StreamName } from '../../../core/stream/stream.ts';
import type { PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { notFound, tooManyAsked } from '../refusals.ts';
import { secretsOf } from '../secrets-of.ts';

/** The streams that people may join without an invitation. */
export const joinPage = (deps: WebDeps): PageRoute => ({
  path: '/join',
  async get() {
    const distribution = await deps.distribution();
    const open = distribution ? openStreams(distribution, deps.realm) : [];
    if (!distribution || open.length === 0) return notFound(deps);
    return page({
      title: 'Join',
      whose: distribution,
      realm: deps.realm,
      children: (
        <>
          <h1>What would you like to get?</h1>
          {open.map((stream) => (
            <section class="panel">
              <h2>{streamTitle(stream, distribution)}</h2>
              <p>{definitionOf(stream).words.what}</p>
              {signUpOf(distribution, stream)?.kind === 'approval' && <p class="m small">Needs approval by its owner.</p>}
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

/**
 * The form for one stream. Its answer is the same for every address of the organisation, known or
 * not.
 */
export const joinStreamPage = (deps: WebDeps): PageRoute => ({
  path: '/join/{stream}',
  async get(request) {
    const offered = await offeredAt(request, deps);
    return offered ? formPage(offered, deps) : notFound(deps);
  },
  post: {
    async answer(post) {
      const offered = await offeredAt(post, deps);
      if (!offered) return notFound(deps);
      const { form, ip } = post;
      const address = form.get('address') ?? '';
      // People do not see this field. A program that fills it in learns nothing.
      if (form.get('website')) return askedPage(offered, deps);
      if (!isStamped(form.get('shown') ?? '', deps.now(), await deps.tokenKeys()))
        return formPage(offered, deps, { address, problem: 'again' });
      let asked: SignUpAnswer = 'asked';
      const { stream, distribution } = offered;
      await deps.evenly(async () => {
        asked = await askToJoin({ stream, address, ip }, distribution, { ...deps, ...(await secretsOf(deps)) });
      });
      return answerTo(asked, offered, address, deps);
    },
  },
});

async function answerTo(asked: SignUpAnswer, offered: Offered, address: string, deps: WebDeps) {
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

async function offeredAt({ params }: PageRequest, deps: WebDeps): Promise<Offered | undefined> {
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
    'no address': 'This is not an email address. Write one such as ada@example.com.',
    outside: `Only addresses in your organisation can join: ${domains.map((domain) => `…@${domain}`).join(', ')}.`,
    again: 'This form was sent faster than people write, or has lain open for long. Please press the button again.',
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
      whose: distribution,
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
            {productChoices(stream, distribution).length > 0 && (
              <p class="m small">You choose products when you confirm. Nobody can choose them for your address before that.</p>
            )}
            {isAsked && <p class="m small">Needs approval by the owner of this stream. We mail you their answer.</p>}
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
    title: 'Check your email',
    whose: distribution,
    realm,
    children: (
      <section class="panel" role="status">
        <h1>Check your email</h1>
        {asked === 'busy' ? (
          <p>
            <b>Too many people asked within the last hour.</b> If this address already gets mail from us, a mail is on its way. If it is new
            here, we sent nothing: come back in an hour and press again.
          </p>
        ) : (
          <p>
            If this address can join, a mail is on its way. Open its link and press the button there to get “
            {streamTitle(stream, distribution)}”.
          </p>
        )}
        <p class="m">
          Nothing after a few minutes? Look in your spam folder. The link is valid for seven days. We send at most one such mail in ten
          minutes and three a day to the same mailbox.
        </p>
      </section>
    ),
  });
