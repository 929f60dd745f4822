import * as z from 'zod';
import { Instant, Moment } from '../shared/instant.ts';
import type { Hold } from './hold.ts';
import { ActionItem, isTellable, Postmortem, PostmortemId } from './postmortem.ts';

const { severity, status, support, external } = Postmortem.shape;
/**
 * Values in stored rows, which a later release may have written. An unknown severity counts as
 * unclassified, an unknown status as a draft, which nobody is told of, and an unknown state of an
 * action as open. A time of the incident that cannot be read counts as unknown.
 */
export const stored = {
  severity: severity.catch('unclassified'),
  status: status.catch('draft'),
  actionStatus: ActionItem.shape.status.catch('open'),
  moment: Moment.optional().catch(undefined),
  line: z.string().optional().catch(undefined),
};
export const StoredActionItem = ActionItem.extend({
  status: stored.actionStatus,
  cost: stored.line,
  consequence: stored.line,
  assigneeHash: stored.line,
});

const storedSupport = support.unwrap().extend({ nextNewsAt: stored.moment });
/** What cannot be read of the external version counts as absent, and so nobody is asked. */
const storedExternal = external.unwrap().extend({
  title: stored.line,
  change: stored.line,
  products: z.array(z.string()).optional().catch(undefined),
  writtenBy: z.array(z.string()).optional().catch(undefined),
  ready: z.boolean().optional().catch(undefined),
});

/** The document in a stored row. Leaves out what this release does not know. */
export const StoredDocument = Postmortem.extend({
  severity: stored.severity,
  status: stored.status,
  startedAt: stored.moment,
  detectedAt: stored.moment,
  mitigatedAt: stored.moment,
  resolvedAt: stored.moment,
  actionItems: z.array(StoredActionItem),
  support: storedSupport.optional(),
  external: storedExternal.optional(),
  mergedInto: PostmortemId.optional().catch(undefined),
});

/**
 * The tasks in the outbox of the current revision. They are stored in the same write as the
 * revision, so a crash loses none.
 * `projections`: action items and renditions. `alert`: an immediate mail. `published`: the mail for
 * readers who want each postmortem as it is published. `withhold`: take it out of editions under
 * way. `corrections`: mark it in editions that show an earlier text. `tell again`: send it to the
 * readers who missed it while it could not be sent; `sweep` does that. `slack`: have its posts
 * follow. `notice`: have what customers read of it looked at.
 */
export const owedTasks = ['projections', 'withhold', 'alert', 'published', 'corrections', 'slack', 'notice', 'tell again'] as const;
export type OutboxTask = (typeof owedTasks)[number];
export const isOutboxTask = (task: string): task is OutboxTask => owedTasks.some((known) => known === task);

/**
 * Where the date of publication comes from. `given`: the producer said it. `assumed`: nobody did,
 * so it is when the postmortem first came. `history`: the producer said that it is part of an
 * archive, and no mail tells of it.
 */
export const publications = ['given', 'assumed', 'history'] as const;
export type Publication = (typeof publications)[number];

/**
 * The last revision that differs, in what corrections tell, from the one before it, and when it
 * came.
 */
export const MaterialChange = z.object({ revision: z.int().positive(), at: Instant });
export type MaterialChange = z.infer<typeof MaterialChange>;

export interface StoredPostmortem {
  readonly postmortem: Postmortem;
  /** Starts at 1 and goes up with each change of content. */
  readonly revision: number;
  readonly hash: string;
  readonly updatedAt: Instant;
  /** Id of the key that sent this revision. Absent in rows of earlier releases. */
  readonly by?: string;
  /** Of a revision that an operator made: who sent what it says. Absent: `by` did. */
  readonly sentBy?: string | undefined;
  /** What an operator decided about it. `postmortem` is the document as it counts under that. */
  readonly held?: Hold | undefined;
  /** Absent in rows of earlier releases. It then counts as `given`. */
  readonly publication?: Publication | undefined;
  /**
   * By audience, because each sees other facts. Absent if nothing changed since it could first be
   * told. Audiences of a later release are kept.
   */
  readonly material?: Readonly<Record<string, MaterialChange>>;
  /** Tasks of a later release are among them. They are kept for it. */
  readonly owed: readonly string[];
  /** Ids of the editions that carried it. */
  readonly editions: readonly string[];
  /**
   * Ids of the editions that only named it, beside a promise, or that carried it and left without
   * it. A restriction must reach both.
   */
  readonly namedIn: readonly string[];
  /**
   * Ids of the editions that told, while it was a draft, that it is awaited. Nobody read it there,
   * so they are not among the others. Absent: none did.
   */
  readonly awaitedIn?: readonly string[];
  /**
   * The last revision that nobody might see: a draft, restricted or retracted. 0: each could be
   * seen. Absent in rows of earlier releases; see `lastHidden`.
   */
  readonly hiddenIn?: number | undefined;
}

/**
 * The last revision that nobody might see. What an older one says is quoted nowhere, because it may
 * have been hidden to be cleaned. Where no release noted it, any revision before this one counts as
 * hidden.
 */
export const lastHidden = ({ postmortem, revision, hiddenIn }: Pick<StoredPostmortem, 'postmortem' | 'revision' | 'hiddenIn'>): number =>
  isTellable(postmortem) ? (hiddenIn ?? revision - 1) : revision;

/** One stored revision. Two may have one number, if two writers met: the current one counts. */
export interface ListedRevision extends Pick<Postmortem, 'title' | 'severity' | 'status' | 'restricted'> {
  readonly revision: number;
  readonly updatedAt: Instant;
  /** Id of the key, or sid of the person, that made it. */
  readonly by?: string;
}

export interface ListedPostmortem {
  readonly id: PostmortemId;
  readonly revision: number;
  readonly title: string;
  readonly severity: Postmortem['severity'];
  readonly status: Postmortem['status'];
  readonly restricted: boolean;
  readonly publishedAt?: Instant;
  /**
   * From the start of the incident to the end of the harm. Absent if the document does not say
   * both.
   */
  readonly minutesToMitigate?: number;
  /** The same until it was noticed. Absent in rows of earlier releases too, as the next two are. */
  readonly minutesToDetect?: number;
  /**
   * As `minutesToMitigate`, but until the resolution if the document gives no mitigation: how long
   * it did harm.
   */
  readonly minutesOfHarm?: number;
  /** 0: the document says that nobody was affected. */
  readonly customersAffected?: number;
  /**
   * False: customers did not feel it, so nobody who talks with them is told. Absent: they did, or
   * the row is of an earlier release.
   */
  readonly isFelt?: false;
  /** By audience: when the last change came that corrections tell. */
  readonly materialAt?: Readonly<Record<string, Instant>>;
  /** Whose it is. Absent in rows of earlier releases. */
  readonly whose?: Whose;
  readonly updatedAt: Instant;
}

/** Who has to do with a postmortem. */
export interface Whose {
  /** Id of the key, or sid of the person, that sent the document. */
  readonly by?: string | undefined;
  readonly team?: string | undefined;
  readonly authors: readonly string[];
}
