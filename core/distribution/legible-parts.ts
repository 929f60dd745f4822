import * as z from 'zod';
import { forEveryStream } from '../stream/stream.ts';

/** Empty if the value is missing or of another kind. No rule checks an empty one. */
const text = z.string().catch('');
const texts = z.array(text).catch([]);

const sender = z.object({ address: text }).optional().catch(undefined);
const severity = z.object({ label: text, aliases: texts }).optional().catch(undefined);
/** Lists as long as the schema allows: they are compared with each other. */
const approver = z.object({
  address: text,
  also: z.array(text).max(5).catch([]),
  name: z.string().max(120).catch(''),
});
const noApprover = { address: '', also: [], name: '' };
const approving = {
  approvers: z.array(approver.catch(noApprover)).max(20).optional().catch([]),
  /** 0: it is of another kind. */
  approvals: z.number().optional().catch(0),
  escalate: texts.optional(),
};
const joining = { ...approving, signUp: text, owner: text, frequencies: texts, schedule: z.object({ every: text }).catch({ every: '' }) };
const brand = z
  .object({
    accent: text,
    replyTo: text,
    logo: z.object({ address: text, text, width: z.number(), height: z.number() }).optional().catch(undefined),
  })
  .catch({ accent: '', replyTo: '', logo: undefined });
const offices = z.array(z.object({ address: text }).catch({ address: '' })).catch([]);
const allowed = z.object({ people: texts, roles: texts }).catch({ people: [], roles: [] });
const term = z
  .object({ id: text, label: text, says: texts.optional().catch([]), instead: texts, with: texts })
  .transform(({ label, ...rest }) => ({ ...rest, hasLabel: label !== '' }))
  .catch({ id: '', hasLabel: true, says: [], instead: [], with: [] });
const terms = z.array(term).catch([]);
const stream = z
  .object(joining)
  .optional()
  .catch({ signUp: '', owner: '', frequencies: [], schedule: { every: '' } });

/**
 * The parts that the rules between fields check, read from any value as far as possible. A file
 * with a flaw is still checked by every rule that the flaw does not affect.
 */
export const LegibleParts = z
  .object({
    organisation: z.object({ domains: texts }).catch({ domains: [] }),
    senders: z.object({ internal: sender, customers: sender }).catch({}),
    brand,
    severities: z.object({ sev1: severity, sev2: severity, sev3: severity, sev4: severity, unclassified: severity }).catch({}),
    headings: z.record(z.string(), texts).catch({}),
    streams: z.object(forEveryStream(() => stream)).catch({}),
    slack: z.object({ channels: z.array(z.object({ channel: text }).catch({ channel: '' })).catch([]) }).catch({ channels: [] }),
    reviews: z.object({ reviewers: offices, escalateTo: offices }).catch({ reviewers: [], escalateTo: [] }),
    operators: allowed,
    authors: allowed,
    products: z.array(z.object({ name: text, services: texts }).catch({ name: '', services: [] })).catch([]),
    taxonomy: z.object({ technologies: terms, failureModes: terms }).catch({ technologies: [], failureModes: [] }),
    teams: z
      .array(
        z
          .object({ name: text, partOf: text, services: texts, leads: texts, deputies: texts })
          .catch({ name: '', partOf: '', services: [], leads: [], deputies: [] }),
      )
      .catch([]),
  })
  .catch({
    organisation: { domains: [] },
    senders: {},
    brand: { accent: '', replyTo: '', logo: undefined },
    severities: {},
    headings: {},
    streams: {},
    slack: { channels: [] },
    reviews: { reviewers: [], escalateTo: [] },
    operators: { people: [], roles: [] },
    authors: { people: [], roles: [] },
    products: [],
    taxonomy: { technologies: [], failureModes: [] },
    teams: [],
  });
export type LegibleParts = z.infer<typeof LegibleParts>;
