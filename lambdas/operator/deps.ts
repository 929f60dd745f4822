import type * as z from 'zod';
import type { KeyStore } from '../../core/access/key.ts';
import type { SessionStore } from '../../core/access/session.ts';
import type { ActionLedger } from '../../core/action/ports.ts';
import type { AuditLine, AuditLog, AuditReader } from '../../core/audit/audit.ts';
import type { CatalogStore } from '../../core/catalog/ports.ts';
import type { InboundStore } from '../../core/connector/ports.ts';
import type { Resent } from '../../core/delivery/resend.ts';
import type { DistributionStore } from '../../core/distribution/apply-distribution.ts';
import type { Deployed } from '../../core/distribution/deployed-parts.ts';
import type { CustomersCopy } from '../../core/distribution/for-customers.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import type { EditionHolder, EditionLister, EditionReader } from '../../core/edition/ports.ts';
import type { OperateNoticeDeps } from '../../core/notice/operate-notice.ts';
import type { Artefacts, ExternalLists, PublicNotices } from '../../core/notice/ports.ts';
import type {
  PreviewAnswer,
  PreviewRequest,
  SendAnswer,
  SendRequest,
  StatusAnswer,
  TestAnswer,
  TestRequest,
  UpdatesAnswer,
} from '../../core/operator/api.ts';
import type { FoundDrift } from '../../core/operator/find-drift.ts';
import type { ActionLister } from '../../core/operator/list-actions.ts';
import type { DeadLetterQueues, LaneBrakes, ReachReader } from '../../core/operator/ports.ts';
import type { Rebuilds } from '../../core/operator/rebuild-postmortem.ts';
import type { NotSent } from '../../core/operator/resend-edition.ts';
import type { ShowSlackDeps } from '../../core/operator/show-slack.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import type { SlotStore } from '../../core/preferences/ports.ts';
import type { ReadershipDeps } from '../../core/readership/read-readership.ts';
import type { RemindDeps } from '../../core/reminder/remind.ts';
import type { SettleWish, Settling } from '../../core/restore/settle-copy.ts';
import type { ReviewLists, ReviewStore } from '../../core/review/ports.ts';
import type { EraseDeps } from '../../core/rights/erase-person.ts';
import type { ExportDeps } from '../../core/rights/export-person.ts';
import type { ArchiveSince } from '../../core/search/ports.ts';
import type { Instant } from '../../core/shared/instant.ts';
import type { PostLinks, SlackPosts, WantedPosts } from '../../core/slack/ports.ts';
import type { RepostDeps } from '../../core/slack/repost.ts';
import type { ZoneRegistry } from '../../core/subscriber/noting-zones.ts';
import type { PeopleList, PeopleStore, SuppressionList } from '../../core/subscriber/ports.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { CollectMessage } from '../shared/collect-message.ts';
import type { SlackMessage } from '../shared/slack-message.ts';

/** What exporting, erasing and moving a person need in addition to the profile. */
export interface Rights {
  readonly erasing: Omit<EraseDeps, 'now'>;
  readonly exporting: Omit<ExportDeps, 'people'>;
}

/** What the operator's routes do about Slack. */
export interface SlackDeps extends ShowSlackDeps, Omit<RepostDeps, 'posts' | 'wanted'> {
  readonly posts: SlackPosts;
  readonly wanted: WantedPosts;
  readonly links: Pick<PostLinks, 'revoke' | 'revokeAll' | 'revokedAt'>;
  /** The current revision of a postmortem. */
  readonly stored: (id: PostmortemId) => Promise<StoredPostmortem | undefined>;
  /** Asks the function `slack`. Only where the stack has Slack. */
  readonly ask: (message: SlackMessage) => Promise<void>;
}

/** Everything that the operator's routes depend on. */
export interface OperatorDeps {
  readonly people: PeopleStore;
  /** `people` notes the zones of what it writes. */
  readonly zones: Pick<ZoneRegistry, 'note'>;
  readonly peopleList: PeopleList;
  readonly suppressed: SuppressionList;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly slots: SlotStore;
  readonly openEditions: Pick<EditionReader, 'listOpen'>;
  readonly distribution: DistributionStore;
  readonly catalog: CatalogStore;
  readonly archive: ArchiveSince;
  /**
   * Has it found anew to whom these matter, once nobody takes an earlier catalogue for the stored
   * one any more. Asking twice changes nothing.
   */
  readonly relate: (postmortems: readonly PostmortemId[]) => Promise<void>;
  /** What customers' pages know of it. */
  readonly customersCopy: CustomersCopy;
  readonly publicNotices: Pick<PublicNotices, 'list' | 'read' | 'readVersion'>;
  /** Where notices stand, and having one looked at. */
  readonly notices: Omit<OperateNoticeDeps, 'audit'> & {
    readonly lists: Pick<ExternalLists, 'open' | 'resting'>;
    /** What the check found in a text, for its author. */
    readonly artefacts: Pick<Artefacts, 'read'>;
  };
  readonly keys: KeyStore;
  readonly audit: AuditLog;
  readonly identitySecret: () => Promise<string>;
  readonly suppressionSecret: () => Promise<string>;
  readonly deployed: Deployed;
  /** The name of the stack in CloudFormation. */
  readonly stack: string;
  readonly now: () => Instant;
  /** 32 random bytes. */
  readonly newSecret: () => Uint8Array;
  readonly editions: EditionLister;
  readonly reach: ReachReader;
  readonly readership: ReadershipDeps;
  readonly actions: ActionLister;
  readonly reviews: ReviewStore & ReviewLists;
  /** The rows that `actions` shows. */
  readonly actionRows: ActionLedger;
  readonly rebuilds: Rebuilds;
  /** See listUpdates. */
  readonly updates: (incident: PostmortemId | undefined) => Promise<UpdatesAnswer>;
  /** See readStatus. */
  readonly status: (wish: { readonly addresses: boolean }) => Promise<StatusAnswer>;
  /** See remind. */
  readonly reminding: RemindDeps;
  /** See findDrift. */
  readonly drift: () => Promise<FoundDrift | undefined>;
  readonly holder: Pick<EditionHolder, 'pause' | 'resume' | 'recall'>;
  readonly laneBrakes: LaneBrakes;
  readonly deadLetters: DeadLetterQueues;
  readonly slack: SlackDeps;
  readonly inbound: InboundStore;
  /**
   * Has `collect` do it now. False: this stage has no connectors, or the queue did not take it, and
   * the hourly poll does it.
   */
  readonly collect: (message: CollectMessage) => Promise<boolean>;
  readonly rights: Rights;
  readonly acts: AuditReader;
  /** See sendEdition. */
  readonly send: (wanted: SendRequest) => Promise<SendAnswer>;
  /** See previewEdition. */
  readonly preview: (wanted: z.infer<typeof PreviewRequest>) => Promise<PreviewAnswer>;
  /** See sendTest. */
  readonly test: (wanted: TestRequest) => Promise<TestAnswer & { readonly subscriber: SubscriberId }>;
  /** See resendEdition. */
  readonly resend: (edition: EditionId, subscribers: readonly SubscriberId[]) => Promise<Resent | NotSent>;
  /** See settleCopy. */
  readonly settle: (how: 'look' | 'act', wish: SettleWish) => Promise<Settling>;
}

/**
 * Leaves an audit line. It is written after the act, so every line is about something that
 * happened.
 */
export const leaveLine = (
  { audit, now }: Pick<OperatorDeps, 'audit' | 'now'>,
  who: string,
  act: AuditLine['act'],
  facts: AuditLine['facts'],
) => audit.record({ at: now(), who, act, facts });
