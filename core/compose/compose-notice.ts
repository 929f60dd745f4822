import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { EditionFragments } from '../mail/fragments.ts';
import type { NoticeContent } from '../notice/notice-content.ts';
import {
  type NoticeMail,
  type NoticeSettings,
  toldNoticeContent,
  type WithdrawnNoticeInput,
  withdrawnNoticeContent,
} from '../notice/notice-mail.ts';
import { inEveryZone, zonesBeside } from './in-zones.ts';

export interface NoticeRendering {
  readonly renderNotice: (content: NoticeMail) => EditionFragments;
  /** The zones that readers gave. */
  readonly zones: () => Promise<readonly string[]>;
}

/**
 * The mail of a notice, before it is approved. The same content, products, distribution file and
 * zones give the same mail, whenever it is asked for.
 */
export async function composeNotice(
  content: NoticeContent,
  { isUpdate, productsBefore }: { readonly isUpdate: boolean; readonly productsBefore: readonly string[] },
  distribution: Distribution,
  deps: NoticeRendering,
): Promise<EditionFragments> {
  const settings = { ...settingsOf(distribution), zone: distribution.organisation.zone };
  const zones = await zonesBeside(distribution.organisation, deps);
  const told = deps.renderNotice(toldNoticeContent({ ...settings, content, isUpdate, productsBefore, zones }));
  // As it will be read: its hash is approved, and has to be the same once it was stored.
  return EditionFragments.parse(told);
}

/** The mail that says that a notice was withdrawn. Nobody approves it, because it takes away. */
export function composeWithdrawal(
  withdrawn: Omit<WithdrawnNoticeInput, keyof NoticeSettings>,
  distribution: Distribution,
  deps: NoticeRendering,
): Promise<EditionFragments> {
  const settings = settingsOf(distribution);
  return inEveryZone(
    ({ zone }) => deps.renderNotice(withdrawnNoticeContent({ ...settings, ...withdrawn, zone })),
    distribution.organisation,
    deps,
  );
}

/** Customers know a notice by their sender's name, and by nothing else of the file. */
function settingsOf(distribution: Distribution) {
  const { contact } = noticeRulesOf(distribution) ?? {};
  return { sender: distribution.senders.customers?.name ?? distribution.organisation.name, ...(contact !== undefined && { contact }) };
}
