import { catalogOf, type Service } from '../../core/catalog/catalog.ts';
import type { Given } from '../../core/relevance/relevant-teams.ts';
import { surroundingsOf } from '../../core/relevance/surroundings.ts';
import { engineeringEntry, engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import type { ListedEntry } from '../../core/search/search-entry.ts';
import { aPostmortem } from './postmortem.ts';

/** A service of a catalogue. `name` may have a kind before it: `resource:orders-db`. */
export function aService(written: string, team: string, change: Partial<Service> = {}): Service {
  const [kind = '', name] = written.includes(':') ? written.split(':') : ['component', written];
  return {
    ref: `${kind}:default/${name}`,
    name: name ?? '',
    aliases: [],
    team,
    kind: kind === 'component' ? 'service' : kind,
    tech: [],
    dependsOn: [],
    provides: [],
    consumes: [],
    ...change,
  };
}

export const refOf = (written: string): string =>
  written.replace(/^(?:(.+):)?(.+)$/, (_, kind = 'component', name) => `${kind}:default/${name}`);

/** An entry of the archive for a postmortem with these fields. */
export const anEntry = (change: Record<string, unknown>): ListedEntry => {
  const { id, publishedAt = '', ...rest } = aPostmortem({ publishedAt: '2026-05-01T10:00:00Z', ...change });
  return { ...engineeringEntry(engineeringRendition({ id, ...rest }), 1, publishedAt), id };
};

/** A postmortem among services and earlier postmortems. */
export function aComparison(
  postmortem: Record<string, unknown>,
  { services = [], earlier = [] }: { services?: readonly Service[]; earlier?: readonly ListedEntry[] } = {},
): Given {
  const catalog = catalogOf({ services: [...services], teams: [] });
  const given = aPostmortem({ summary: undefined, actionItems: [], ...postmortem });
  return {
    postmortem: engineeringRendition(given),
    ...surroundingsOf({ entries: [anEntry({ ...given }), ...earlier], catalog, distribution: { teams: [] } }),
  };
}
