import type { CatalogContent, Service } from './catalog.ts';
import { type ServiceNames, serviceNames } from './service-names.ts';

/**
 * Something in the graph. Without `service` it is a leaf: a name that the catalogue does not have.
 */
export interface CatalogNode {
  /** A ref, or for a leaf what was written. */
  readonly id: string;
  readonly name: string;
  readonly service?: Service | undefined;
}

/**
 * `uses`: the service depends on the neighbour. `used by`: the neighbour depends on the service.
 */
export const directions = ['uses', 'used by'] as const;
export type Direction = (typeof directions)[number];

export interface Neighbour extends CatalogNode {
  readonly direction: Direction;
  /** Names from the service to the neighbour, both included. Two steps have three names. */
  readonly path: readonly string[];
}

export interface CatalogGraph {
  readonly names: ServiceNames;
  /**
   * What a service reaches in one direction within so many steps, each once by its shortest path,
   * nearest first. It never contains the service itself. None for an unknown service.
   */
  neighbours(service: string, steps?: number): readonly Neighbour[];
  /** Services that depend on themselves by way of one another, each group once, as refs. */
  readonly cycles: readonly (readonly string[])[];
  /** References to nothing in the catalogue, by the service that has them. */
  readonly unresolved: readonly { readonly service: Service; readonly reference: string }[];
}

/** `resource:default/orders-db` is shown as `orders-db`. */
const shownName = (reference: string): string => reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1);

/**
 * What depends on what. Who consumes an API uses it, and an API uses who provides it: so a consumer
 * reaches the provider in two steps. Cycles are allowed.
 */
export function graphOf({ services }: Pick<CatalogContent, 'services'>): CatalogGraph {
  const names = serviceNames(services);
  const nodes = new Map<string, CatalogNode>(services.map((service) => [service.ref, { id: service.ref, name: service.name, service }]));
  const edges = { uses: new Map<string, Set<string>>(), 'used by': new Map<string, Set<string>>() };
  const unresolved: { service: Service; reference: string }[] = [];
  const idOf = (service: Service, reference: string): string => {
    const found = names.byRef(reference) ?? (reference.includes(':') ? undefined : names.find(reference));
    if (found) return found.ref;
    unresolved.push({ service, reference });
    if (!nodes.has(reference)) nodes.set(reference, { id: reference, name: shownName(reference) });
    return reference;
  };
  const connect = (from: string, to: string) => {
    edges.uses.set(from, (edges.uses.get(from) ?? new Set()).add(to));
    edges['used by'].set(to, (edges['used by'].get(to) ?? new Set()).add(from));
  };
  for (const service of services) {
    for (const reference of [...service.dependsOn, ...service.consumes]) connect(service.ref, idOf(service, reference));
    for (const reference of service.provides) connect(idOf(service, reference), service.ref);
  }
  return {
    names,
    unresolved,
    cycles: cyclesIn([...nodes.keys()], (id) => edges.uses.get(id) ?? []),
    neighbours(service, steps = 2) {
      const start = names.find(service);
      if (!start) return [];
      return directions.flatMap((direction) => reached(start, direction, steps, (id) => edges[direction].get(id) ?? [], nodes));
    },
  };
}

function reached(
  start: Service,
  direction: Direction,
  steps: number,
  next: (id: string) => Iterable<string>,
  nodes: ReadonlyMap<string, CatalogNode>,
): Neighbour[] {
  const paths = new Map<string, readonly string[]>([[start.ref, [start.name]]]);
  const found: Neighbour[] = [];
  let edge = [start.ref];
  for (let step = 0; step < steps; step += 1) {
    const further: string[] = [];
    for (const from of edge) {
      for (const id of next(from)) {
        const node = nodes.get(id);
        if (!node || paths.has(id)) continue;
        const path = [...(paths.get(from) ?? []), node.name];
        paths.set(id, path);
        found.push({ ...node, direction, path });
        further.push(id);
      }
    }
    edge = further;
  }
  return found;
}

/**
 * Groups that reach themselves: strongly connected components of more than one member, and members
 * that name themselves. Tarjan's algorithm with a stack of its own, because a chain may be
 * thousands long.
 */
function cyclesIn(ids: readonly string[], next: (id: string) => Iterable<string>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const cycles: string[][] = [];
  const low = (id: string) => lowest.get(id) ?? 0;
  const enter = (id: string) => {
    order.set(id, order.size);
    lowest.set(id, order.size - 1);
    open.push(id);
    isOpen.add(id);
    return { id, left: next(id)[Symbol.iterator]() };
  };
  const close = (id: string) => {
    const group = open.splice(open.lastIndexOf(id));
    for (const member of group) isOpen.delete(member);
    if (group.length > 1 || [...next(id)].includes(id)) cycles.push(group.toSorted());
  };
  for (const first of ids) {
    if (order.has(first)) continue;
    const walk = [enter(first)];
    for (let here = walk.at(-1); here; here = walk.at(-1)) {
      const { id } = here;
      const step = here.left.next();
      if (!step.done) {
        if (!order.has(step.value)) walk.push(enter(step.value));
        else if (isOpen.has(step.value)) lowest.set(id, Math.min(low(id), order.get(step.value) ?? 0));
        continue;
      }
      walk.pop();
      const above = walk.at(-1);
      if (above) lowest.set(above.id, Math.min(low(above.id), low(id)));
      if (low(id) === order.get(id)) close(id);
    }
  }
  return cycles.toSorted((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1));
}
