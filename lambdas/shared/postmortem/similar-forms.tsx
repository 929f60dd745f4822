/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { longestReason } from '../../../core/relevance/press-similar.ts';
import { likeWords, promiseLine, type Telling } from '../../../core/relevance/similar-words.ts';
import type { ToldSimilar } from '../../../core/relevance/told-similar.ts';

export const similarOutcomes = ['stored', 'same', 'changed', 'no reason'] as const;
export type SimilarOutcome = (typeof similarOutcomes)[number];

const outcomeWords: Readonly<Record<SimilarOutcome, string>> = {
  stored: 'Stored.',
  same: 'Nothing was changed: it is so already.',
  changed: 'Nothing was changed: somebody else answered meanwhile. Look at it as it stands now.',
  'no reason': 'Nothing was changed: say why it is another failure, in one line without an address.',
};

const isSo = (outcome: SimilarOutcome): boolean => outcome === 'stored' || outcome === 'same';

/**
 * Earlier postmortems of the same failure, with buttons to confirm and to dismiss them. `proof`:
 * what a form of a session needs.
 */
export const SimilarForms = ({
  earlier,
  outcome,
  proof,
  ...telling
}: Telling & { readonly earlier: readonly ToldSimilar[]; readonly outcome?: SimilarOutcome | undefined; readonly proof?: Child }) =>
  earlier.length === 0 && outcome === undefined ? null : (
    <section class="panel" aria-labelledby="similar">
      <h2 id="similar">It happened before</h2>
      {outcome && (
        <p class={isSo(outcome) ? 'said' : 'said warn'} role={isSo(outcome) ? 'status' : 'alert'}>
          {outcomeWords[outcome]}
        </p>
      )}
      {earlier.map((told) => (
        <form method="post">
          {proof}
          <input type="hidden" name="earlier" value={told.other.id} />
          <input type="hidden" name="version" value={String(told.similar.version)} />
          <input type="hidden" name="press" value="similar" />
          <p>
            {likeWords(told)} <b dir="auto">{told.other.title}</b>
          </p>
          {told.promises.length > 0 && (
            <ul>
              {told.promises.map((promise) => (
                <li dir="auto">{promiseLine(promise, telling)}</li>
              ))}
            </ul>
          )}
          <label class="field">
            Why it is another failure, if it is
            <input type="text" name="reason" maxlength={longestReason} autocomplete="off" />
          </label>
          <p class="acts">
            {told.similar.state !== 'confirmed' && (
              <button type="submit" class="soft" name="says" value="confirm">
                It is the same failure
              </button>
            )}
            <button type="submit" class="soft" name="says" value="dismiss">
              It is another one
            </button>
          </p>
        </form>
      ))}
      <p class="m small">A comparison found it. Once confirmed, it is told as the same failure. Once dismissed, it is told to nobody.</p>
    </section>
  );
