import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';

const name = z.string().min(1).max(200);
/** An id of the taxonomy's. */
const term = z.string().min(1).max(80);

/**
 * Why a postmortem matters to a team, the strongest kind first.
 * `runs`: it names a service that the team runs, and another team owns it. `promised`: the team has
 * one of its actions; `action` is the beginning of its title. `depends`: a service of
 * the team depends on one that it names; `path` has the services in between, the team's first.
 * `shares`: a service of the team uses the same instance of a resource. `same failure`: the failure
 * mode happens with a technology that a service of the team uses. `had it before`: the team owned
 * an earlier postmortem of the same failure mode. `reads alike`: it shares a term and these words
 * with an earlier postmortem of the team.
 */
export const Reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('runs'), service: name }),
  z.object({ kind: z.literal('promised'), action: z.string().min(1).max(120) }),
  z.object({ kind: z.literal('depends'), service: name, on: name, path: z.array(name).min(2).max(3) }),
  z.object({ kind: z.literal('shares'), service: name, resource: name }),
  z.object({ kind: z.literal('same failure'), service: name, technology: term, mode: term }),
  z.object({ kind: z.literal('had it before'), mode: term, postmortem: PostmortemId }),
  z.object({ kind: z.literal('reads alike'), postmortem: PostmortemId, words: z.array(z.string().max(60)).max(5) }),
]);
export type Reason = z.infer<typeof Reason>;

/**
 * What feedback on a reason is about: the same reason for another postmortem has the same key. At
 * most 400 characters, without control characters.
 */
export function reasonKeyOf(reason: Reason): string {
  switch (reason.kind) {
    case 'runs':
      return `runs ${reason.service}`;
    case 'promised':
      // Of this promise alone, and without its words: they may be taken out of the document.
      return `promised ${canonicalHash(reason.action).slice(0, 16)}`;
    case 'depends':
      return `depends ${reason.service} ${reason.on}`;
    case 'shares':
      return `shares ${reason.service} ${reason.resource}`;
    case 'same failure':
      return `same-failure ${reason.technology} ${reason.mode}`;
    case 'had it before':
      return `had-it-before ${reason.mode}`;
    case 'reads alike':
      return `reads-alike ${reason.postmortem}`;
  }
}

/** The earlier postmortem that a reason names. Undefined: it names none. */
export const namedBy = (reason: Reason): PostmortemId | undefined => ('postmortem' in reason ? reason.postmortem : undefined);
