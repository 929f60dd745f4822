import type { EditionFragments, InZone } from '../mail/fragments.ts';
import { standardZone } from '../shared/zone.ts';
import type { ComposeDeps } from './ports.ts';

/** Each zone is one more rendering of a mail about one incident, and one more text to store. */
const mostZones = 60;

/** Renders a mail as it is told in a zone. */
export type RenderIn = (organisation: { readonly name: string; readonly zone: string }) => EditionFragments;

/**
 * Renders an edition in the organisation's zone, and what differs in every other zone that readers
 * gave.
 */
export async function inEveryZone(
  render: RenderIn,
  organisation: { readonly name: string; readonly zone: string },
  { zones }: Pick<ComposeDeps, 'zones'>,
): Promise<EditionFragments> {
  const told = render(organisation);
  const same = JSON.stringify(inZone(told));
  const differing = (await zonesBeside(organisation, { zones })).flatMap((zone): [string, InZone][] => {
    const said = inZone(render({ ...organisation, zone }));
    return JSON.stringify(said) === same ? [] : [[zone, said]];
  });
  return differing.length > 0 ? { ...told, zones: Object.fromEntries(differing) } : told;
}

/** The zones that readers gave, without the organisation's. */
export async function zonesBeside(organisation: { readonly zone: string }, { zones }: Pick<ComposeDeps, 'zones'>): Promise<string[]> {
  const usual = standardZone(organisation.zone) ?? organisation.zone;
  return (await zones()).filter((zone) => zone !== usual).slice(0, mostZones);
}

const inZone = ({ subject, head, blocks }: EditionFragments): InZone => ({ subject, head, blocks });
