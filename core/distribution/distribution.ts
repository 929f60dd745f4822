import * as z from 'zod';
import { Schedule, Zone } from '../calendar/schedule.ts';
import { severities } from '../postmortem/postmortem.ts';
import { isOneLine } from '../shared/text.ts';
import { Frequency } from '../stream/stream.ts';

const label = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine(isOneLine, 'one line without control characters')
  .refine((text) => !text.includes('://'), 'a name, not an address of a page');
const address = z.email().max(254);
const domain = z.string().regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'a domain such as example.com, lower case');
/** Whether opens of a stream's mails are estimated, for readers who did not switch it off. */
const tracking = z.enum(['opens', 'none']).default('opens');

/**
 * How people join a stream by themselves: not at all (also without it), everyone of the
 * organisation, or with a press of its owner.
 */
export const signUps = ['none', 'organisation', 'approval'] as const;
const joining = {
  signUp: z.enum(signUps).optional(),
  /** Who is asked where `signUp` is approval. */
  owner: address.optional(),
};

const scheduled = z.strictObject({
  schedule: Schedule,
  /** What readers get when nothing was published in the period: a short notice, or no mail. */
  quietWeek: z.enum(['notice', 'nothing']).default('notice'),
  /**
   * People with one of these roles are subscribed on import unless their line says otherwise;
   * `everyone` stands for all.
   */
  subscribe: z.array(label).default([]),
  tracking,
  ...joining,
});
const digest = scheduled.extend({
  /** Without it all three. */
  frequencies: z.array(Frequency).min(1).optional(),
});
const immediate = z.strictObject({
  /** Which severities are told at once. */
  severities: z.array(z.enum(severities)).min(1),
  /** A postmortem published longer ago than this when it arrives is history: no alert. */
  withinDays: z.int().min(1).max(365).default(14),
  subscribe: z.array(label).default([]),
  tracking,
  ...joining,
});

/** Mail to customers: nothing is composed for them yet, but they can join. */
const notices = z.strictObject({
  /** `open`: whoever has an address may join. Without it nobody can by themselves. */
  signUp: z.enum(['none', 'open']).optional(),
  /**
   * Without it `none`: whom an organisation writes to from outside is not counted unless it says
   * so.
   */
  tracking: z.enum(['opens', 'none']).optional(),
});

/** Addresses that get Sev-1 alerts whatever they choose. */
const named = z.array(address).max(20).optional();
/** All teams together: they stand in each alert's edition. */
export const mostNamed = 500;

/**
 * The distribution file: who gets what, when, from whom. One file for the functions, the CDK app
 * and the runbook.
 */
export const Distribution = z.strictObject({
  organisation: z.strictObject({
    name: label,
    /** IANA name. Weeks, dates and schedules are told in this zone. */
    zone: Zone,
    /** The only domains that internal mail may go to. */
    domains: z.array(domain).min(1).max(50),
  }),
  senders: z.strictObject({
    internal: z.strictObject({ name: label, address }),
    customers: z.strictObject({ name: label, address }).optional(),
  }),
  /** How the day's quota at SES is shared. */
  sending: z
    .strictObject({
      /**
       * So many mails of any 24 hours are kept for Sev-1 alerts; without it 5 % of the quota, at
       * least 50.
       */
      urgentReserve: z.int().min(0).max(1_000_000).optional(),
    })
    .optional(),
  /**
   * Names that producers use for a severity, besides our own (`sev1` …); matched without regard to
   * case, blanks, hyphens and underscores.
   */
  severities: z
    .partialRecord(z.enum(severities), z.strictObject({ label: label.optional(), aliases: z.array(label).default([]) }))
    .default({}),
  streams: z.strictObject({
    'engineering-digest': digest.optional(),
    'sev1-alerts': immediate.optional(),
    /** Tells of months, or of weeks where its schedule is weekly. */
    'leadership-brief': scheduled.optional(),
    'customer-notices': notices.optional(),
  }),
  teams: z
    .array(
      z.strictObject({
        name: label,
        services: z.array(label).default([]),
        leads: named,
        deputies: named,
        channels: z
          .strictObject({
            slack: z
              .string()
              .regex(/^#[a-z0-9_-]{1,80}$/)
              .optional(),
          })
          .default({}),
      }),
    )
    .default([]),
});
export type Distribution = z.infer<typeof Distribution>;
