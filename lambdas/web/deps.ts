import type { AddressTrust, IdentityProvider } from '../../core/access/identity.ts';
import type { SessionStore, UsedLinks } from '../../core/access/session.ts';
import type { TokenKeys } from '../../core/access/token.ts';
import type { ActionLedger } from '../../core/action/ports.ts';
import type { AuditLog } from '../../core/audit/audit.ts';
import type { SentMailDeps } from '../../core/delivery/sent-mail.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import type { EditionReader } from '../../core/edition/ports.ts';
import type { WantedServiceMail } from '../../core/edition/service-mail.ts';
import type { PageView } from '../../core/feedback/page-views.ts';
import type { Counter, JoinRequests } from '../../core/joining/ports.ts';
import type { PressNoticeDeps } from '../../core/notice/press-notice.ts';
import type { SlotStore } from '../../core/preferences/ports.ts';
import type { Readings } from '../../core/readership/ports.ts';
import type { RelevanceStore, SimilarStore, TeamFeedback } from '../../core/relevance/ports.ts';
import type { ReviewLists, ReviewStore } from '../../core/review/ports.ts';
import type { EraseDeps } from '../../core/rights/erase-person.ts';
import type { ExportDeps } from '../../core/rights/export-person.ts';
import type { PostLinks } from '../../core/slack/ports.ts';
import type { Audience } from '../../core/stream/audience.ts';
import type { Realm } from '../../core/stream/stream.ts';
import type { PeopleStore, SuppressionList } from '../../core/subscriber/ports.ts';
import type { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Archives } from '../shared/kept-archives.ts';
import type { LinksOf } from './kept-links.ts';
import type { PublishedNotices } from './published-notices.ts';
import type { SearchedTexts } from './searched-texts.ts';

/** The organisation's own sign-in. */
export interface SignInWith {
  readonly provider: IdentityProvider;
  readonly trust: Omit<AddressTrust, 'domains'>;
  /** Tells operators what became of a sign-in: ids and words of ours, no token and no address. */
  readonly note: (told: {
    readonly became: string;
    readonly reason?: string | undefined;
    readonly request?: string;
    readonly subscriber?: SubscriberId;
  }) => void;
}

/** Everything that the pages depend on. */
export interface WebDeps {
  /** The realm whose pages these are. */
  readonly realm: Realm;
  readonly people: PeopleStore;
  readonly audit: AuditLog;
  /** Undefined until a file has been applied. */
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly tokenKeys: () => Promise<TokenKeys>;
  readonly identitySecret: () => Promise<string>;
  readonly suppressionSecret: () => Promise<string>;
  readonly suppressed: SuppressionList;
  /** Requests a mail of stream `service`. Asking twice within ten minutes sends one mail. */
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
  readonly archives: Archives;
  readonly searchedTexts: SearchedTexts;
  readonly renditions: (audience: Audience, id: string, revision: number) => Promise<unknown>;
  readonly notices: PublishedNotices;
  /** The links of posts in Slack. */
  readonly postLinks: Pick<PostLinks, 'read'>;
  /**
   * Records a page view, as an estimate. `onPerson` runs before the view of a person is kept.
   * Answers the pages whose views this one shows to be a robot's.
   */
  readonly recordView: (
    edition: EditionId,
    subscriber: SubscriberId,
    seen: PageView,
    onPerson: () => Promise<void>,
  ) => Promise<readonly string[]>;
  /** Who read a postmortem, without saying who. Of staff. */
  readonly readings: Readings;
  /** Why a team is told of a postmortem, and what its members press about it. Of staff. */
  readonly relevance: Pick<RelevanceStore, 'read'>;
  readonly teamFeedback: TeamFeedback;
  readonly counter: Counter;
  readonly joinRequests: JoinRequests;
  /** Action items, and leadership's reviews of postmortems. Of staff. */
  readonly actions: ActionLedger;
  readonly reviews: ReviewStore;
  /** Earlier postmortems of the same failure. Of staff. */
  readonly similar: SimilarStore;
  readonly reviewLists: Pick<ReviewLists, 'open'>;
  /** Notices to customers, for their approvers. Of staff. */
  readonly reviewing: Pick<PressNoticeDeps, 'externals' | 'artefacts' | 'look' | 'pace'>;
  readonly erasing: Omit<EraseDeps, 'now'>;
  readonly exporting: Pick<ExportDeps, 'ledger' | 'acts'>;
  readonly linksOf: LinksOf;
  /** What is needed to show a sent mail again. */
  readonly sent: SentMailDeps;
  readonly slots: SlotStore;
  /** Of staff. Pages for customers have none. */
  readonly sessions: SessionStore;
  /** Undefined where people sign in by a mailed link, and by nothing else. */
  readonly signInWith?: SignInWith | undefined;
  readonly usedLinks: UsedLinks;
  /** 32 bytes that nobody can guess. */
  readonly newSecret: () => Uint8Array;
  readonly editions: Pick<EditionReader, 'listOpen'>;
  /** Whether this person may submit another form. There is a limit per minute. */
  readonly mayPress: (subscriber: SubscriberId) => boolean;
  /**
   * Runs the work and takes the same time whether there was much to do or little, so that the time
   * reveals nothing.
   */
  readonly evenly: (work: () => Promise<void>) => Promise<void>;
  /** The base address of these pages: `https://…`, without a trailing slash. */
  readonly publicUrl: string;
  readonly now: () => Date;
}
