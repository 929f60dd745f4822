/** @jsxImportSource hono/jsx */
import { printMonth } from '../../../core/calendar/print.ts';
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { likeWords, promiseLine, type Telling } from '../../../core/relevance/similar-words.ts';
import { type TellSimilarDeps, type ToldSimilar, toldEarlier, toldLater } from '../../../core/relevance/told-similar.ts';

interface Shown extends Telling {
  readonly earlier: readonly ToldSimilar[];
  readonly later: readonly ToldSimilar[];
}

/** What a postmortem's page says of the same failure before and after it. */
export async function similarOf(postmortem: PostmortemId, deps: TellSimilarDeps): Promise<Omit<Shown, 'now' | 'zone'>> {
  const [earlier, later] = await Promise.all([toldEarlier(postmortem, deps), toldLater(postmortem, deps)]);
  return { earlier, later };
}

/** Nothing where nothing is similar. `pathOf`: where the other one can be read. */
export const SimilarPanels = ({
  earlier,
  later,
  pathOf,
  ...telling
}: Shown & { readonly pathOf: (postmortem: PostmortemId) => string }) => (
  <>
    {earlier.length > 0 && (
      <section class="panel" aria-labelledby="earlier">
        <h2 id="earlier">It happened before</h2>
        {earlier.map((told) => (
          <Pair told={told} begin={likeWords(told)} path={pathOf(told.other.id)} {...telling} />
        ))}
      </section>
    )}
    {later.length > 0 && (
      <section class="panel" aria-labelledby="later">
        <h2 id="later">It happened again</h2>
        {later.map((told) => (
          <Pair
            told={told}
            begin={told.similar.state === 'confirmed' ? 'The same failure:' : 'Looks like this one:'}
            path={pathOf(told.other.id)}
            {...telling}
          />
        ))}
      </section>
    )}
  </>
);

const Pair = ({
  told: { other, promises },
  begin,
  path,
  now,
  zone,
}: Telling & { readonly told: ToldSimilar; readonly begin: string; readonly path: string }) => (
  <>
    <p>
      {begin}{' '}
      <a href={path} dir="auto">
        {other.title}
      </a>{' '}
      <span class="m">of {printMonth(other.publishedAt, now, zone)}</span>
    </p>
    {promises.length > 0 && (
      <ul>
        {promises.map((promise) => (
          <li dir="auto">{promiseLine(promise, { now, zone })}</li>
        ))}
      </ul>
    )}
  </>
);
