import type { Distribution } from '../../core/distribution/distribution.ts';
import { type ChangeDeps, type ChangeOutcome, changeSettings } from '../../core/preferences/change-settings.ts';
import type { SettingsChange } from '../../core/preferences/settings-fields.ts';
import type { Who } from '../../core/subscriber/ports.ts';
import { subscriberId } from '../../core/subscriber/subscriber-id.ts';
import type { WebDeps } from './deps.ts';

/** The wording that a reader agrees to who switches a stream on; see core/joining/subscribe.ts. */
const wording = 'page-2026-11';

/** Changes what a reader gets, as they pressed it; `through` is for the audit log. */
export async function change(
  who: Who,
  wanted: SettingsChange,
  through: 'page' | 'one-click',
  distribution: Distribution,
  deps: WebDeps,
): Promise<ChangeOutcome> {
  const { people, slots, editions, audit, now, identitySecret } = deps;
  const sidOf: ChangeDeps['sidOf'] = async (address) => subscriberId('staff', address, await identitySecret());
  return changeSettings(
    who,
    wanted,
    { way: 'page', wording, who: 'reader', through },
    { people, slots, editions, distribution, sidOf, audit, now },
  );
}
