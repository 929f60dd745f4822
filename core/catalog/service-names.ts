import type { Service } from './catalog.ts';
import { lookupKey, withoutSuffix } from './names.ts';

/** Finds services by what people call them. */
export interface ServiceNames {
  /**
   * By ref, else by name, else by alias, else by name or alias without the ending `service` or
   * `svc` on either side. Of several with the same name, one that runs comes before a resource, an
   * API and a system; then the namespace `default`, then the alphabet decides. An ending is left
   * out only where one service alone can be meant.
   */
  find(name: string): Service | undefined;
  byRef(ref: string): Service | undefined;
}

const last = ['resource', 'api', 'system'];
const rankOf = ({ kind, ref }: Service) => (last.indexOf(kind) + 1) * 2 + (ref.includes(':default/') || !ref.includes(':') ? 0 : 1);
const bestFirst = (a: Service, b: Service) => rankOf(a) - rankOf(b) || (a.ref < b.ref ? -1 : 1);

export function serviceNames(services: readonly Service[]): ServiceNames {
  const ranked = services.toSorted(bestFirst);
  const byRef = new Map(services.map((service) => [service.ref, service]));
  const byName = new Map<string, Service>();
  const byAlias = new Map<string, Service>();
  const byStem = new Map<string, Service | 'several'>();
  for (const service of ranked) {
    const keys = [service.name, ...service.aliases].map(lookupKey);
    const [name = '', ...aliases] = keys;
    if (!byName.has(name)) byName.set(name, service);
    for (const alias of aliases) if (!byAlias.has(alias)) byAlias.set(alias, service);
    for (const stem of new Set(keys.map(withoutSuffix))) {
      const other = byStem.get(stem);
      byStem.set(stem, other === undefined || isSameRun(other, service) ? (other ?? service) : 'several');
    }
  }
  return {
    byRef: (ref) => byRef.get(ref.toLowerCase()),
    find(name) {
      const key = lookupKey(name);
      const stem = byStem.get(withoutSuffix(key));
      return byRef.get(name.toLowerCase()) ?? byName.get(key) ?? byAlias.get(key) ?? (stem === 'several' ? undefined : stem);
    },
  };
}

/** A resource, an API or a system beside what runs under the same name is not another meaning. */
const isSameRun = (first: Service | 'several', later: Service) =>
  first !== 'several' && (lookupKey(first.name) === lookupKey(later.name) || last.includes(later.kind)) && rankOf(later) > rankOf(first);
