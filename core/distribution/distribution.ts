import * as z from 'zod';
import { Schedule, Zone } from '../calendar/schedule.ts';
import { severities } from '../postmortem/postmortem.ts';
import { headingFields } from '../postmortem/reading/headings/heading-language.ts';
import { factGroupNames } from '../rendition/fact-groups.ts';
import { Frequency } from '../stream/stream.ts';
import { Brand } from './brand.ts';
import { ConnectorSettings } from './connectors.ts';
import { DirectorySettings } from './directory.ts';
import { AddressField, domain, Label } from './fields.ts';
import { noticeSettings } from './notices.ts';
import { ActionSettings, Holidays, ReminderSettings, ReviewSettings, Workdays } from './reviews.ts';
import { ChannelName, SlackSettings } from './slack.ts';
import { TaxonomySettings } from './taxonomy.ts';

/** Whether opens of a stream's mails are estimated, for readers who have not switched that off. */
const tracking = z.enum(['opens', 'none']).default('opens');

/**
 * Who may sign up: nobody (the default), everyone in the organisation, or people approved by the
 * stream's owner.
 */
export const signUps = ['none', 'organisation', 'approval'] as const;
const joining = {
  signUp: z.enum(signUps).optional(),
  /** The person who approves, if `signUp` is approval. */
  owner: AddressField.optional(),
};

const scheduled = z.strictObject({
  schedule: Schedule,
  /** What readers get if nothing was published in the period: a short notice, or no mail. */
  quietWeek: z.enum(['notice', 'nothing']).default('notice'),
  /**
   * People with one of these roles are subscribed on import unless their line says otherwise.
   * `everyone` means all.
   */
  subscribe: z.array(Label).default([]),
  tracking,
  ...joining,
});
const digest = scheduled.extend({
  /** Default: all three. */
  frequencies: z.array(Frequency).min(1).optional(),
});
/** What streams that tell of one incident at once have in common. */
const atOnce = {
  /** The severities that are reported at once. */
  severities: z.array(z.enum(severities)).min(1),
  /** A postmortem published longer ago than this when it arrives is history and causes no mail. */
  withinDays: z.int().min(1).max(365).default(14),
  /**
   * Whether readers are told how an incident goes on. If false, a second mail comes only if the
   * first no longer holds. Default: true.
   */
  updates: z.boolean().optional(),
};
const immediate = z.strictObject({ ...atOnce, subscribe: z.array(Label).default([]), tracking, ...joining });

/** Tells of one incident the teams to which it matters much. */
const relevant = z.strictObject({
  severities: atOnce.severities,
  withinDays: atOnce.withinDays,
  subscribe: z.array(Label).default([]),
  tracking,
  ...joining,
});

const impactFrequencies = ['published', 'weekly'] as const;
/** Tells of each incident that customers felt at once, or of all of a week by its schedule. */
const impact = scheduled.extend({
  ...atOnce,
  /** Whom readers ask if a postmortem names nobody: a channel, an address, a telephone number. */
  contact: Label,
  /** Default: both. */
  frequencies: z.array(z.enum(impactFrequencies)).min(1).optional(),
});

/** Mail to customers. */
const notices = z.strictObject({
  /** `open`: anyone with an address may join. Default: nobody can sign up. */
  signUp: z.enum(['none', 'open']).optional(),
  /**
   * Default: `none`. Opens by people outside the organisation are not counted unless it asks for
   * that.
   */
  tracking: z.enum(['opens', 'none']).optional(),
  ...noticeSettings,
});

/** Addresses that get Sev-1 alerts whatever they choose. */
const named = z.array(AddressField).max(20).optional();
/** People who may do something on the pages, by address and by role; `everyone` is every role. */
const allowed = z.strictObject({ people: z.array(AddressField).max(100).default([]), roles: z.array(Label).max(20).default([]) });

/** All teams together, because each alert's edition stores them. */
export const mostNamed = 500;

/**
 * The distribution file: who gets what, when, from whom. The functions, the CDK app and the runbook
 * use the same file.
 */
export const Distribution = z.strictObject({
  organisation: z.strictObject({
    name: Label,
    /** IANA name. The zone of weeks, dates and schedules. */
    zone: Zone,
    /** The only domains that internal mail may go to. */
    domains: z.array(domain).min(1).max(50),
    /** Default: Monday to Friday. */
    workdays: Workdays.optional(),
    /** Days on which nobody works. */
    holidays: Holidays.optional(),
  }),
  senders: z.strictObject({
    internal: z.strictObject({ name: Label, address: AddressField }),
    customers: z.strictObject({ name: Label, address: AddressField }).optional(),
  }),
  /** How mails and pages for staff present themselves. */
  brand: Brand.optional(),
  /** How SES's daily quota is shared. */
  sending: z
    .strictObject({
      /** Mails per 24 hours kept for Sev-1 alerts. Default: 5 % of the quota, at least 50. */
      urgentReserve: z.int().min(0).max(1_000_000).optional(),
    })
    .optional(),
  /**
   * Names that producers use for a severity, besides Afterword's own (`sev1` …). Matching ignores
   * case, blanks, hyphens and underscores.
   */
  severities: z
    .partialRecord(z.enum(severities), z.strictObject({ label: Label.optional(), aliases: z.array(Label).default([]) }))
    .default({}),
  /** Headings of the organisation's own postmortems, by what stands below them. */
  headings: z.partialRecord(z.enum(headingFields), z.array(Label).max(100)).optional(),
  streams: z.strictObject({
    'engineering-digest': digest.optional(),
    'sev1-alerts': immediate.optional(),
    /** Covers months, or weeks if its schedule is weekly. */
    'leadership-brief': scheduled.optional(),
    'customer-impact': impact.optional(),
    'relevant-incidents': relevant.optional(),
    'customer-notices': notices.optional(),
  }),
  /** What later editions tell of changes to what earlier ones said. Defaults: corrections.ts. */
  corrections: z
    .strictObject({
      /** The groups of facts. Whether an account is preliminary always belongs to them. */
      tell: z.array(z.enum(factGroupNames)).optional(),
      /** How many days after the edition that said it a change may come. */
      withinDays: z.int().min(1).max(365).optional(),
    })
    .optional(),
  /** Posts in Slack. Without it there are none. */
  slack: SlackSettings.optional(),
  /** Who runs Afterword on the pages below /home. Without it nobody does: keys do everything. */
  operators: allowed.optional(),
  /** Who may check and publish postmortems there. Operators may as well. */
  authors: allowed.optional(),
  /** Who in leadership reviews which postmortems. */
  reviews: ReviewSettings.optional(),
  reminders: ReminderSettings.optional(),
  actions: ActionSettings.optional(),
  /** What the groups and departments of the organisation's directory give: SCIM. */
  directory: DirectorySettings.optional(),
  /** What customers know the services by. A service belongs to at most one product. */
  products: z.array(z.strictObject({ name: Label, services: z.array(Label).min(1) })).optional(),
  /** Incident tools whose postmortems arrive by themselves. Without it none do. */
  connectors: ConnectorSettings.optional(),
  /** Technologies and failure modes that are found in postmortems, beside the usual ones. */
  taxonomy: TaxonomySettings.optional(),
  teams: z
    .array(
      z.strictObject({
        name: Label,
        /** The team or department above it, which need not be in the list. */
        partOf: Label.optional(),
        services: z.array(Label).default([]),
        leads: named,
        deputies: named,
        channels: z
          .strictObject({
            slack: ChannelName.optional(),
          })
          .default({}),
      }),
    )
    .default([]),
});
export type Distribution = z.infer<typeof Distribution>;
