/** Every duration in seconds. A queue hides a message for six times its function's timeout. */
export interface Durations {
  /** One request to SES. Two of them fit into one run of `deliver`. */
  readonly request: number;
  /** How long a lease on a range lasts. */
  readonly lease: number;
  /** How long a leaf with doubts waits for evidence. */
  readonly grace: number;
  readonly timeout: {
    readonly intake: number;
    readonly operator: number;
    readonly scim: number;
    readonly home: number;
    readonly compose: number;
    readonly deliver: number;
    readonly feedback: number;
    readonly web: number;
    readonly sweep: number;
    readonly slack: number;
    readonly drift: number;
    readonly remind: number;
    readonly relevance: number;
    readonly hooks: number;
    readonly collect: number;
    readonly drafts: number;
  };
  /**
   * Bulk mail waits this long after its cut-off. Then no write to a profile from before the cut-off
   * is still in progress when the first range is read.
   */
  readonly profileWriter: number;
  /**
   * Between the mails about one incident. `window`: from the first to the next at the earliest; it
   * doubles with each. `settling`: how long a change waits for others.
   */
  readonly update: { readonly window: number; readonly settling: number };
  /** How long an external version stands before somebody is asked to approve it. */
  readonly noticeSettling: number;
}

/** Everything that differs between stages. */
export interface Stage {
  readonly durations: Durations;
  /**
   * The data outlives the stack: table and secrets are kept, with point-in-time recovery and
   * deletion protection.
   */
  readonly keepData: boolean;
  /**
   * Keeps a container of each function between an alert's request and its first mail. A laptop
   * takes none away.
   */
  readonly keepsReady: boolean;
  /** `allow-list`: only the SES mailbox simulator and the addresses in the setting `mayMail`. */
  readonly mayMail: 'everyone' | 'allow-list';
}

const normal: Durations = {
  request: 10,
  lease: 30,
  grace: 120,
  timeout: {
    intake: 10,
    operator: 29,
    scim: 29,
    home: 29,
    compose: 60,
    deliver: 25,
    feedback: 25,
    web: 10,
    sweep: 50,
    slack: 25,
    drift: 120,
    remind: 120,
    relevance: 60,
    hooks: 10,
    // Four calls of a vendor's API, of ten seconds each.
    collect: 60,
    drafts: 10,
  },
  profileWriter: 30,
  update: { window: 120, settling: 60 },
  noticeSettling: 600,
};
/** For a person at a laptop and a test that kills a worker, who wait seconds and not minutes. */
const short: Durations = {
  request: 2,
  lease: 7,
  grace: 5,
  // A lease on a post is thirty seconds, and one call to Slack may take ten, on a laptop too.
  timeout: {
    intake: 10,
    operator: 20,
    scim: 20,
    home: 20,
    compose: 20,
    deliver: 5,
    feedback: 5,
    web: 5,
    sweep: 20,
    slack: 25,
    drift: 30,
    remind: 30,
    relevance: 20,
    hooks: 10,
    collect: 50,
    drafts: 10,
  },
  profileWriter: 5,
  update: { window: 4, settling: 2 },
  noticeSettling: 4,
};

export const stages = {
  laptop: { durations: short, keepData: false, keepsReady: false, mayMail: 'everyone' },
  staging: { durations: normal, keepData: false, keepsReady: false, mayMail: 'allow-list' },
  production: { durations: normal, keepData: true, keepsReady: true, mayMail: 'everyone' },
} as const satisfies Record<string, Stage>;
export type StageName = keyof typeof stages;
export const stageNames = ['laptop', 'staging', 'production'] as const satisfies readonly StageName[];

export const stackNameOf = (stage: StageName) => `afterword-${stage}`;
