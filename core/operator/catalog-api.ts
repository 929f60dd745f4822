import * as z from 'zod';
import { CatalogContent, Service } from '../catalog/catalog.ts';
import { directions } from '../catalog/graph.ts';
import { runSources } from '../catalog/who-runs.ts';
import { Instant } from '../shared/instant.ts';

/** What is stored, without its content. */
const Head = z.object({ hash: z.string(), services: z.int(), teams: z.int(), at: Instant });

/**
 * GET /operator/catalog?content=true, scope `read`: whether there is a service catalogue, and with
 * `content` all of it.
 */
export const CatalogAnswer = z.object({
  /** Absent: none was imported. */
  head: Head.optional(),
  content: CatalogContent.optional(),
});
export type CatalogAnswer = z.infer<typeof CatalogAnswer>;

/**
 * PUT /operator/catalog?readHash=, body = CatalogContent as JSON of at most 4 MiB, scope
 * `configure`: replaces the whole catalogue. `readHash`: the hash that GET told, `none` if there
 * was none. 409 if somebody else put one meanwhile. The same content again changes nothing and
 * leaves no audit line.
 */
export const CatalogPutAnswer = z.object({ hash: z.string(), outcome: z.enum(['put', 'unchanged']), services: z.int(), teams: z.int() });
export type CatalogPutAnswer = z.infer<typeof CatalogPutAnswer>;

const Edge = z.object({
  name: z.string(),
  /** Names from the service to this one, both included. */
  path: z.array(z.string()).readonly(),
  direction: z.enum(directions).or(z.string()),
  /** Absent: the catalogue does not have it. */
  kind: z.string().optional(),
  /** The name of the team that runs it. */
  team: z.string().optional(),
});
/**
 * GET /operator/catalog/service?name=, scope `read`: one service as the sources together have it.
 * `name`: a ref, a name or an alias. 404 names the nearest that there is.
 */
export const ServiceAnswer = z.object({
  service: Service,
  /** False: only the distribution file or the archive has it. */
  isInCatalogue: z.boolean(),
  /** Absent: nobody says who runs it. `source` says who does. */
  runner: z.object({ name: z.string(), source: z.enum(runSources).or(z.string()) }).optional(),
  /** The team that the catalogue says, where the distribution file says another. */
  otherwise: z.string().optional(),
  edges: z.array(Edge).readonly(),
});
export type ServiceAnswer = z.infer<typeof ServiceAnswer>;

/**
 * GET /operator/catalog/check, scope `read`: what of the stored catalogue helps nobody. Lists have
 * at most 200 members, `counts` has how many there are. 404 if none was imported.
 */
export const CatalogCheckAnswer = z.object({
  head: Head,
  counts: z.object({ withoutTeam: z.int(), dissolved: z.int(), cycles: z.int(), unresolved: z.int(), differences: z.int() }),
  /** Services that run, of which no source says who runs them. */
  withoutTeam: z.array(z.string()),
  /** Teams that run something and that nobody on the list of people is in. */
  dissolved: z.array(z.object({ team: z.string(), services: z.int(), partOf: z.string().optional() })),
  /** False: not all people were read, so nothing is said of teams. */
  sawEverybody: z.boolean(),
  cycles: z.array(z.array(z.string()).readonly()),
  unresolved: z.array(z.object({ service: z.string(), reference: z.string() })),
  differences: z.array(z.object({ service: z.string(), file: z.string(), catalogue: z.string() })),
});
export type CatalogCheckAnswer = z.infer<typeof CatalogCheckAnswer>;
