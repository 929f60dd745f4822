import { approvalFileOf, type SidsByAddress, sidIn } from '../../core/approval/approval-file.ts';
import type { ApprovalFile, Approver } from '../../core/approval/valid-approvals.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import { type NoticeRules, noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import type { External } from '../../core/notice/external.ts';
import { type ReviewAbout, readAboutReview } from '../../core/notice/review-link.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import type { WebDeps } from './deps.ts';
import { type Expired, type Holder, holderOf } from './token-holder.ts';

interface Opened {
  readonly token: string;
  readonly about: ReviewAbout;
  readonly distribution: Distribution;
}

/** An approver of the distribution file as it is now, with a link of theirs. */
export interface ReviewingApprover extends Opened {
  readonly kind: 'approver';
  readonly holder: Holder;
  readonly approver: Approver;
  readonly rules: NoticeRules;
  readonly file: ApprovalFile;
  readonly row: External;
}

/**
 * Who opens a link, as the file names them now. `told`: whom it names to be told when approvers do
 * not answer. `nobody`: it does not name them any more. `later`: a later release wrote the row.
 */
export type ReviewOpened =
  | ReviewingApprover
  | (Opened & { readonly kind: 'expired'; readonly expired: Expired })
  | (Opened & { readonly kind: 'told'; readonly holder: Holder; readonly rules: NoticeRules; readonly row: External })
  | (Opened & { readonly kind: 'nobody' | 'later' });

/** Undefined for a link that proves nothing. It is asked at each request. */
export async function openReview(token: string | undefined, deps: WebDeps): Promise<ReviewOpened | undefined> {
  const holder = await holderOf(token, 'review', deps);
  const about = holder && readAboutReview(holder.claims.about);
  const distribution = about && (await deps.distribution());
  if (!holder || !about || !distribution || token === undefined) return undefined;
  const opened = { token, about, distribution };
  const rules = noticeRulesOf(distribution);
  const sids = sidsOf(rules, await deps.identitySecret());
  const file = rules && approvalFileOf(rules, sids);
  const { sid } = holder.profile;
  const approver = file?.approvers.find((one) => one.sids.includes(sid));
  const isTold = rules?.escalate.some((address) => sidIn(sids, address) === sid) ?? false;
  if (!rules || !file || (!approver && !isTold)) return { ...opened, kind: 'nobody' };
  if (holder.kind === 'expired') return { ...opened, kind: 'expired', expired: holder };
  const row = await deps.reviewing.externals.read(about.postmortem);
  if (row === undefined) return undefined;
  if (row === 'unknown') return { ...opened, kind: 'later' };
  return approver ? { ...opened, kind: 'approver', holder, approver, rules, file, row } : { ...opened, kind: 'told', holder, rules, row };
}

/** Of everybody whom the file names about notices. */
function sidsOf(rules: NoticeRules | undefined, secret: string): SidsByAddress {
  const { approvers = [], escalate = [] } = rules ?? {};
  const addresses = [...approvers.flatMap(({ address, also = [] }) => [address, ...also]), ...escalate];
  return Object.fromEntries(addresses.flatMap((address) => staffSid(address, secret)));
}

function staffSid(text: string, secret: string): (readonly [normalised: string, sid: SubscriberId])[] {
  const address = parseAddress(text);
  return address ? [[address.normalised, subscriberId('staff', address, secret)]] : [];
}

/** What the profiles of these addresses call their people, by address. */
export async function staffNames(
  addresses: readonly string[],
  { people, identitySecret }: Pick<WebDeps, 'people' | 'identitySecret'>,
): Promise<ReadonlyMap<string, string>> {
  const secret = await identitySecret();
  const sids = addresses.flatMap((address) => staffSid(address, secret).map(([, sid]) => [address, sid] as const));
  const profiles = sids.length > 0 ? await people.readProfiles(sids.map(([, sid]) => ({ realm: 'staff' as const, sid }))) : [];
  const named = new Map(profiles.flatMap((profile) => (profile?.name ? [[profile.sid, profile.name] as const] : [])));
  return new Map(sids.flatMap(([address, sid]) => [named.get(sid) ?? []].flat().map((name) => [address, name] as const)));
}
