import * as z from 'zod';
import { AddressField, domain, Label } from './fields.ts';

/**
 * Somebody who may let a notice go to customers. `also`: their other addresses. `name`: as authors
 * write it, so that nobody approves their own text under an address that does not say it.
 */
const Approver = z.strictObject({ address: AddressField, also: z.array(AddressField).max(5).optional(), name: Label.optional() });
export type Approver = z.infer<typeof Approver>;

/** Whether notices go to customers, who lets them, and what must stay inside. */
export const noticeSettings = {
  /** Without approvers nothing is asked and nothing is sent. */
  approvers: z.array(Approver).min(1).max(20).optional(),
  /** How many of them have to approve. Default: 2. */
  approvals: z.int().min(1).max(5).optional(),
  /** Minutes between the last approval and the release, in which every approver may stop it. */
  holdMinutes: z.int().min(5).max(1440).optional(),
  /** Asked as well with the last reminder, after three days. They approve nothing by that. */
  escalate: z.array(AddressField).max(5).optional(),
  /** Where customers ask: the address of a page, or of a mailbox. */
  contact: z.union([z.url({ protocol: /^https$/ }), AddressField]).optional(),
  /** If false, search engines are asked to leave the public pages out. Default: true. */
  indexed: z.boolean().optional(),
  /** What no notice may hold, beside what the rest of the file names. */
  mustNotLeave: z
    .strictObject({
      /** Names of projects, systems and people. */
      names: z.array(Label).max(500).default([]),
      /** Names of customers. */
      customers: z.array(Label).max(2000).default([]),
      domains: z.array(domain).max(100).default([]),
    })
    .optional(),
};

export type NoticeSettings = z.infer<z.ZodObject<typeof noticeSettings>>;
