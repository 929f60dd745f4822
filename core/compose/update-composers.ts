import type { Distribution } from '../distribution/distribution.ts';
import { tellingId } from '../edition/edition-id.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { composeAlert } from './compose-alert.ts';
import { composeImpact } from './compose-impact.ts';
import { inEveryZone, type RenderIn } from './in-zones.ts';
import type { ComposeDeps, Composed } from './ports.ts';

type Says = Pick<Composed, 'alertsOf'> & { readonly render: RenderIn };

/** What the incident updates of each stream say. */
const composers: Readonly<Record<UpdateStream, (update: UpdateToTell, distribution: Distribution, deps: ComposeDeps) => Promise<Says>>> = {
  'sev1-alerts': composeAlert,
  'customer-impact': composeImpact,
};

/**
 * Composes one incident update in memory. The edition and its preview use the same call. One that
 * says that an account was taken back carries no postmortem.
 */
export async function composeOneUpdate(update: UpdateToTell, distribution: Distribution, deps: ComposeDeps): Promise<Composed> {
  const { stream, incident, n, stored } = update;
  const [{ render, ...says }, zones] = await Promise.all([composers[stream](update, distribution, deps), deps.zones()]);
  const fragments = await inEveryZone(render, distribution.organisation, { zones: async () => zones });
  const carried = stored ? [stored] : [];
  return { id: tellingId(stream, incident, n), stream, incident, carried, subject: fragments.subject, fragments, ...says };
}
