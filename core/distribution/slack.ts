import * as z from 'zod';
import { severities } from '../postmortem/postmortem.ts';
import { audiences } from '../stream/audience.ts';

/**
 * A channel as Slack shows it, or its id. Names have lower-case letters of any script, digits,
 * hyphens and underscores, at most 80 (docs.slack.dev, conversations.rename).
 */
export const ChannelName = z
  .string()
  .regex(
    /^(#[\p{Ll}\p{Lm}\p{Lo}\p{M}\p{N}_-]{1,80}|[CG][A-Z0-9]{8,20})$/u,
    'a channel such as #incident-pms, or its id such as C0123456789',
  );
export type ChannelName = z.infer<typeof ChannelName>;

const idInAddress = /^(?:https?:\/\/.*\/|<#)([CG][A-Z0-9]{8,20})(?:[/?#|>]|$)/;

/** How to write what somebody took for a channel. Empty if nothing is written. */
export function remedyForChannel(written: string, field: string): string {
  const id = idInAddress.exec(written)?.[1];
  if (id) return `Write ${field}: ${id}: the id is the end of the channel's address.`;
  if (/^https?:/i.test(written)) return 'The id of a channel is the end of its address: a C or G and capitals, such as C0123456789.';
  if (/^(?:<?@|[DUW][A-Z0-9]{8,20}$)/.test(written)) return 'People are not channels: name a channel in which they are.';
  const name = `#${written.replace(/^#+/, '').trim().toLowerCase().replace(/\s+/gu, '-')}`;
  if (!ChannelName.safeParse(name).success)
    return written && 'Names of channels have at most 80 small letters, digits, hyphens and underscores, and no blanks.';
  return written.startsWith('#')
    ? `Names of channels have small letters and no blanks. Write for example ${field}: "${name}".`
    : `Write ${field}: "${name}", with its # and in quotes.`;
}

/** Which postmortems are posted to which channels. Without it nothing is posted. */
export const SlackSettings = z.strictObject({
  channels: z
    .array(
      z.strictObject({
        channel: ChannelName,
        /** Whose rendition its posts show. */
        audience: z.enum(audiences).default('engineering'),
        /** Default: all. */
        severities: z.array(z.enum(severities)).min(1).optional(),
      }),
    )
    .max(50)
    .default([]),
  /** Whether the channels of the owning team and of the teams of affected services get them too. */
  teams: z.boolean().default(true),
  /** A postmortem published longer ago than this when it arrives is history and is not posted. */
  withinDays: z.int().min(1).max(365).default(14),
  /**
   * What a post links to. `open`: a page of this one postmortem, for everybody who has the link.
   * `sign-in`: its page in the archive, which asks who reads.
   */
  links: z.enum(['open', 'sign-in']).default('open'),
  /** Where people make drafts by `/postmortem` and by a shortcut. Without it nowhere. */
  drafts: z
    .strictObject({
      workspace: z.string().regex(/^T[A-Z0-9]{2,20}$/, 'the id of your workspace, such as T0123456789'),
      /** By id, because Slack names it with each request, and the name of a private channel not. */
      channels: z
        .array(z.string().regex(/^[CG][A-Z0-9]{8,20}$/, 'the id of a channel, such as C0123456789'))
        .min(1)
        .max(50),
    })
    .optional(),
});
export type SlackSettings = z.infer<typeof SlackSettings>;
