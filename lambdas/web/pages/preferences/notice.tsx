/** @jsxImportSource hono/jsx */

import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { streamTitle } from '../../../../core/distribution/stream-words.ts';
import type { SettingsFields } from '../../../../core/preferences/settings-fields.ts';
import type { SettingChanged } from '../../../../core/preferences/settings-words.ts';
import type { Flaw } from '../../../../core/shared/errors.ts';
import { StreamName } from '../../../../core/stream/stream.ts';
import type { SignedIn } from '../../../shared/pages/current-session.ts';
import { Proof } from '../../../shared/pages/proof.tsx';
import { carried } from './read-settings.ts';

/** The result of a press. */
export type Outcome =
  | { readonly kind: 'saved'; readonly changed: readonly SettingChanged[]; readonly before: SettingsFields; readonly after: SettingsFields }
  | { readonly kind: 'refused'; readonly flaws: readonly Flaw[] }
  | { readonly kind: 'searched' };

interface NoticeProps {
  readonly outcome: Outcome;
  readonly distribution: Distribution;
  readonly signed: SignedIn | undefined;
}

/** Comes first on the page, and screen readers announce it at once. */
export const Notice = ({ outcome, distribution, signed }: NoticeProps) => {
  switch (outcome.kind) {
    case 'saved':
      return outcome.changed.length === 0 ? (
        <div class="said" role="status">
          <p>Nothing changed. These settings were already saved.</p>
        </div>
      ) : (
        <Saved {...outcome} signed={signed} />
      );
    case 'refused':
      return (
        <div class="said warn" role="alert">
          <p>
            <b>Nothing was saved.</b>
          </p>
          <ul>
            {outcome.flaws.map(({ field, problem, remedy }) => (
              <li>{`${fieldName(field, distribution)} ${problem}. ${remedy}`}</li>
            ))}
          </ul>
        </div>
      );
    case 'searched':
      return (
        <p class="said open" role="status">
          Not saved yet. Choose from the results, then press Save.
        </p>
      );
    default:
      return outcome satisfies never;
  }
};

const Saved = ({ changed, before, after, signed }: Extract<Outcome, { kind: 'saved' }> & Pick<NoticeProps, 'signed'>) => (
  <div class="said" role="status">
    <p>
      <b>Saved.</b>
    </p>
    <ul>
      {changed.map(({ words }) => (
        <li>{words}</li>
      ))}
    </ul>
    {carried(before) !== carried(after) && (
      <form method="post" class="acts">
        <input type="hidden" name="shown" value={carried(after)} />
        <input type="hidden" name="before" value={carried(before)} />
        {signed && <Proof signed={signed} />}
        <button class="soft" type="submit" name="press" value="undo">
          Undo
        </button>
      </form>
    )}
  </div>
);

const ofStream: Readonly<Record<string, (stream: string) => string>> = {
  frequency: (stream) => stream,
  weekday: (stream) => `The day for ${stream}`,
  hour: (stream) => `The hour for ${stream}`,
  least: (stream) => `The lowest severity for ${stream}`,
  follow: (stream) => `What you follow in ${stream}`,
  leaveOut: (stream) => `What you leave out of ${stream}`,
  delegate: (stream) => `Your delegate for ${stream}`,
  delegateUntil: (stream) => `The last day of your delegate for ${stream}`,
};
const ofAll: Readonly<Record<string, string>> = { zone: 'The time zone', pausedUntil: 'The end of the pause' };

/** The subject of a sentence: `Your delegate for P0 alerts`. */
function fieldName(field: string, distribution: Distribution): string {
  const [first = '', last = ''] = field.split('.');
  const stream = StreamName.safeParse(first);
  return (stream.success ? ofStream[last]?.(streamTitle(stream.data, distribution)) : ofAll[first]) ?? 'It';
}
