import * as z from 'zod';
import { Instant, Moment, PlainDate } from '../shared/instant.ts';

/** Most severe first. A digest uses the order of this list. */
export const severities = ['sev1', 'sev2', 'sev3', 'sev4', 'unclassified'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/**
 * `draft`: kept and sent to nobody. `preliminary`: sent and marked as such. `retracted`: never sent
 * again.
 */
export const statuses = ['draft', 'preliminary', 'published', 'retracted'] as const;
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

export const PostmortemId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit');
export type PostmortemId = z.infer<typeof PostmortemId>;

const line = z.string().trim().min(1).max(300);
const name = z.string().trim().min(1).max(120);
const markdown = z.string().trim().min(1).max(100_000);
const names = z.array(name).max(100).default([]);
const markdowns = z.array(markdown).max(100).default([]);
const Link = z.object({ title: line.optional(), url: z.url({ protocol: /^(https?|mailto)$/ }).max(2000) });

export const ActionItem = z
  .object({
    id: z.string().trim().min(1).max(120).optional(),
    title: z.string().trim().min(1).max(500),
    owner: name.optional(),
    team: name.optional(),
    due: PlainDate.optional(),
    priority: name.optional(),
    kind: name.optional(),
    status: z.enum(['open', 'in-progress', 'done', 'declined']).default('open'),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    cost: line.optional().meta({ description: 'What it takes: two weeks of one engineer, 4,000 euros a month.' }),
    consequence: line.optional().meta({ description: 'What may happen if it is not done.' }),
    /** `readerHash` of the address by which a program names its owner. No reader is shown it. */
    assigneeHash: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .optional(),
  })
  .meta({ description: 'Something that was promised. `id`, else `link`, else the title tells it apart from the others.' });
export type ActionItem = z.infer<typeof ActionItem>;

/** Characters of an external version that somebody may be asked to approve. */
export const longestExternal = 20_000;

/** The section of lessons that no heading such as "What went wrong" sorts. */
export const lessonsLearned = 'Lessons learned';

/** The section of what was sent and has no field here. */
export const furtherFields = 'Further fields';

/**
 * A postmortem with the field names that clients send. Its texts are Markdown from strangers: never
 * trust them as HTML. Unknown fields are left out here; the readers of what clients send refuse or
 * report them.
 */
export const Postmortem = z.object({
  id: PostmortemId,
  title: z.string().trim().min(1).max(200),
  severity: Severity.default('unclassified'),
  status: Status.default('published'),
  restricted: z.boolean().default(false),
  services: names,
  owningTeam: name.optional(),
  authors: names,
  tags: names,
  startedAt: Moment.optional(),
  detectedAt: Moment.optional(),
  mitigatedAt: Moment.optional(),
  resolvedAt: Moment.optional(),
  publishedAt: Instant.optional(),
  summary: markdown.optional(),
  customerImpact: z
    .object({
      text: markdown.optional(),
      customersAffected: z.int().nonnegative().optional(),
      regions: names,
      externallyVisible: z.boolean().optional(),
    })
    .optional(),
  rootCauses: markdowns,
  contributingFactors: markdowns,
  trigger: markdown.optional(),
  detection: markdown.optional(),
  resolution: markdown.optional(),
  timeline: z
    .array(z.object({ at: z.string().trim().max(120).optional(), event: z.string().trim().min(1).max(5000) }))
    .max(1000)
    .default([])
    .meta({ description: '`at` is kept as written: an instant where the author gave one, else "09:14" or "two hours later".' }),
  lessons: z.object({ wentWell: markdowns, wentWrong: markdowns, gotLucky: markdowns }).optional(),
  actionItems: z.array(ActionItem).max(200).default([]),
  support: z
    .object({
      say: markdowns,
      doNotSay: markdowns,
      workaround: markdown.optional(),
      doing: z.array(markdown).max(100).optional().meta({ description: 'What is being done, for those who talk with customers.' }),
      contact: line.optional().meta({ description: 'Whom they ask: a channel, a name, an address.' }),
      nextNewsAt: Moment.optional(),
    })
    .optional(),
  external: z
    .object({
      title: line.optional(),
      body: markdown,
      change: markdown.max(2000).optional().meta({ description: 'What changed since customers last read it, in one or two sentences.' }),
      products: names
        .unwrap()
        .optional()
        .meta({ description: 'Products of the distribution file. Default: those whose services are affected.' }),
      writtenBy: z
        .array(z.string().trim().min(3).max(254))
        .max(20)
        .optional()
        .meta({ description: 'Addresses of who wrote it. They approve nothing of it, and nobody is asked without them.' }),
      ready: z.boolean().optional().meta({ description: 'Whether people may be asked to approve it.' }),
    })
    .optional()
    .meta({ description: 'The external version: what customers read, once people have approved it.' }),
  mergedInto: PostmortemId.optional(),
  links: z.array(Link).max(100).default([]),
  sections: z
    .array(z.object({ heading: z.string().trim().max(300).default(''), body: markdown }))
    .max(200)
    .default([])
    .meta({ description: 'What no other field took, in order; an empty heading is text that stood under none.' }),
});
export type Postmortem = z.infer<typeof Postmortem>;

/** Whether any audience may see it. Each audience's rendition decides which parts. */
export const isTellable = (postmortem: Pick<Postmortem, 'status' | 'restricted'>): boolean =>
  !postmortem.restricted && (postmortem.status === 'published' || postmortem.status === 'preliminary');

/**
 * A draft that is not restricted. Of its incident a brief tells severity, day and id, until there
 * is a postmortem.
 */
export const isAwaited = ({ restricted, status }: Pick<Postmortem, 'restricted' | 'status'>): boolean => status === 'draft' && !restricted;

/**
 * What routes and texts for people have of a postmortem. Sent back, its actions have no assignees.
 */
export const withoutAssignees = (postmortem: Postmortem): Postmortem => ({
  ...postmortem,
  actionItems: postmortem.actionItems.map(({ assigneeHash: _, ...action }) => action),
});
