import * as z from 'zod';

/** Either one right value, or several that are equally right. */
const oneOf = <T extends z.ZodType>(value: T) => z.union([value, z.strictObject({ any: z.array(value).min(2) })]);

const PromiseLabel = z.strictObject({
  /** Words that the title must contain. */
  title: z.string(),
  owner: z.string().nullable().optional(),
  due: z.string().nullable().optional(),
  state: oneOf(z.enum(['open', 'in-progress', 'done', 'declined'])).default('open'),
});

/**
 * What a person of the trade reads in one document. `null`: it cannot be known. A field that is
 * absent here is not measured.
 */
export const Label = z.strictObject({
  /** IANA zone of the organisation that published it. */
  zone: z.string().default('Europe/Berlin'),
  title: oneOf(z.string()).optional(),
  severity: oneOf(z.enum(['sev1', 'sev2', 'sev3', 'sev4']).nullable()).optional(),
  status: oneOf(z.enum(['draft', 'preliminary', 'published', 'retracted'])).optional(),
  /** An instant in UTC, or a day. */
  start: oneOf(z.string().nullable()).optional(),
  end: oneOf(z.string().nullable()).optional(),
  publishedAt: oneOf(z.string().nullable()).optional(),
  services: oneOf(z.array(z.string())).optional(),
  /**
   * Canonical names: summary, impact, timeline, cause, detection, resolution, lessons, actions.
   * `impact?` may be found.
   */
  sections: z.array(z.string()).optional(),
  timeline: oneOf(z.int()).optional(),
  promises: z.array(PromiseLabel).optional(),
  restricted: oneOf(z.boolean()).optional(),
  /** What is written but cannot be known. A warning must quote each. */
  unclear: z.array(z.string()).optional(),
  /** To refuse the document with a remedy is right, too. */
  mayBeRefused: z.literal(true).optional(),
  /** Words of the source that may be lost, each for a reason that a reader of the label sees. */
  mayLose: z.array(z.string()).optional(),
});
export type Label = z.infer<typeof Label>;
export const Labels = z.record(z.string(), Label);
