import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { partitionPatterns as all, laneKey, realmPatterns } from '../adapters/dynamodb/table-shape.ts';
import type { Lane } from '../core/stream/stream.ts';
import type { LedgerTable, TableAccess } from './constructs/ledger-table.ts';

interface Access {
  readonly items: readonly TableAccess[];
  /** Partitions of the index that the function lists. */
  readonly lists?: readonly string[];
}

/**
 * What running a postmortem's outbox needs. Intake runs it when it takes a postmortem, `sweep`
 * after a crash.
 */
const paying = [
  { actions: ['GetItem', 'UpdateItem'], partitions: [all.postmortems] },
  { actions: ['Query', 'PutItem'], partitions: [all.actions] },
  // The review of the postmortem, by what the file says now.
  { actions: ['GetItem', 'PutItem'], partitions: [all.reviews] },
  // What is told to staff. What customers read is put by its release alone.
  { actions: ['PutItem'], partitions: realmPatterns.staff.renditions },
  { actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'], partitions: realmPatterns.staff.archives },
  // Withheld there, and corrected. What customers get is not changed by a postmortem.
  { actions: ['UpdateItem'], partitions: realmPatterns.staff.editions },
  // The audit line of the revision. Postmortems belong to staff.
  { actions: ['PutItem'], partitions: realmPatterns.staff.audit },
] as const satisfies readonly TableAccess[];

const allAnswers = [...realmPatterns.staff.listedAnswers, ...realmPatterns.customers.listedAnswers] as const;

/**
 * What erasing a person needs. The erasure is recorded, their rows and profile are deleted, and
 * what prevents a new import is kept.
 */
const erasing = [
  { actions: ['GetItem', 'PutItem'], partitions: [all.erasures] },
  { actions: ['DeleteItem'], partitions: [all.people, all.subscriptions] },
  { actions: ['Query'], partitions: [all.slots] },
  { actions: ['UpdateItem'], partitions: [all.suppressions] },
  // Ends the person's sessions, as suspending them does.
  { actions: ['Query', 'DeleteItem'], partitions: realmPatterns.staff.sessions },
] as const satisfies readonly TableAccess[];

/** What knowing the person who signed in needs. */
const knowingWhoSignedIn = [
  { actions: ['GetItem', 'UpdateItem'], partitions: realmPatterns.staff.sessions },
] as const satisfies readonly TableAccess[];

/** What taking in a postmortem needs. */
const takingIn = [
  { actions: ['PutItem', 'Query'], partitions: [all.postmortems] },
  // Whether an incident tool told of it already.
  { actions: ['GetItem'], partitions: [all.incidentPages] },
  ...paying,
] as const satisfies readonly TableAccess[];

/** What the operator's routes need, but for keys. */
const operating = {
  items: [
    // What was found of drift is kept. Whoever applies a file puts customers' copy as well.
    { actions: ['GetItem', 'PutItem'], partitions: [all.configuration, all.customersConfiguration, all.drift] },
    { actions: ['GetItem', 'BatchGetItem', 'PutItem'], partitions: [all.people] },
    // A draft that somebody tests is kept for `compose`.
    { actions: ['PutItem'], partitions: [all.audit, all.testDrafts] },
    // Gives a person a stream, and changes how often it comes.
    { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'], partitions: [all.subscriptions, all.slots] },
    { actions: ['BatchGetItem'], partitions: [all.suppressions] },
    // Replaces the service catalogue, and has what it replaced expire.
    { actions: ['GetItem', 'PutItem', 'UpdateItem', 'Query'], partitions: [all.catalog] },
    { actions: ['Query'], partitions: [all.audit] },
    ...erasing,
    // The archive says which services and teams were told of lately.
    {
      actions: ['GetItem', 'BatchGetItem', 'Query'],
      partitions: [all.postmortems, all.renditions, all.editions, all.widestArchive, all.relevance, all.similar],
    },
    // Has what is derived from a postmortem made anew.
    { actions: ['UpdateItem'], partitions: [all.postmortems] },
    // Shows action items, and what was done with them is put.
    { actions: ['GetItem', 'Query', 'PutItem'], partitions: [all.actions] },
    // Shows reviews and waives them. Shows notices, has them asked, stops and withdraws them.
    { actions: ['GetItem', 'PutItem'], partitions: [all.reviews, all.externals] },
    // What incident tools said, and what waits for an operator.
    { actions: ['GetItem', 'PutItem'], partitions: [all.inbound] },
    // What the directory was not let do.
    { actions: ['Query'], partitions: [all.braked] },
    // What was told of an incident, and what waits.
    { actions: ['GetItem', 'Query'], partitions: [all.updates] },
    // Reminds people on purpose, which counts teams. Says in words how far a postmortem was read.
    { actions: ['GetItem', 'PutItem'], partitions: [all.reminders, all.teamSizes] },
    { actions: ['Query'], partitions: [all.readings] },
    // Brakes, and deliveries that an operator resends.
    { actions: ['PutItem', 'UpdateItem'], partitions: [all.editions] },
    { actions: ['BatchGetItem', 'UpdateItem'], partitions: [all.lanes, all.quota] },
    // Shows posts in Slack, has one posted again, and takes their links back.
    { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], partitions: [all.slackPosts] },
    { actions: ['GetItem'], partitions: [all.slackWorkspace] },
    { actions: ['PutItem'], partitions: [all.postLinks] },
    { actions: ['GetItem', 'PutItem'], partitions: [all.revokedLinks] },
  ],
  lists: [
    all.listedPeople,
    all.listedEditions,
    ...allAnswers,
    all.listedPostmortems,
    all.listedActions,
    all.listedReviews,
    all.listedWork,
    all.listedExternals,
    // What customers were told, for a pack.
    all.listedNotices,
  ],
} as const satisfies Access;

/** What pages do for the people of one realm. They see nobody of the other. */
const pagesOf = ({
  configuration,
  people,
  subscriptions,
  slots,
  editions,
  limits,
  erasures,
  audit,
}: (typeof realmPatterns)[keyof typeof realmPatterns]) =>
  [
    { actions: ['GetItem'], partitions: configuration },
    { actions: ['GetItem', 'BatchGetItem'], partitions: editions },
    { actions: ['BatchGetItem', 'PutItem', 'DeleteItem'], partitions: people },
    // Readers join a slot and leave one. The last to leave removes the slot from the list.
    { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'], partitions: [...subscriptions, ...slots] },
    // Counts sign-ups and requests for a new link.
    { actions: ['UpdateItem'], partitions: limits },
    // Writes audit lines about changes and erasures, and reads those about a person for their
    // download.
    { actions: ['PutItem', 'Query'], partitions: audit },
    { actions: ['GetItem', 'PutItem'], partitions: erasures },
    // What outlives a profile, readable only by its hash.
    { actions: ['BatchGetItem', 'UpdateItem'], partitions: [all.suppressions] },
  ] as const satisfies readonly TableAccess[];

/** What a lane needs to send mail to staff. It knows no other lane's brake. */
const sendingToStaff = (lane: Lane): Access => ({
  items: [
    { actions: ['Query'], partitions: [all.subscriptions] },
    { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: realmPatterns.staff.editions },
    { actions: ['GetItem', 'UpdateItem'], partitions: [all.pacer] },
    {
      actions: ['GetItem', 'BatchGetItem'],
      partitions: [all.staff, ...realmPatterns.staff.editions, all.quota, laneKey(lane).pk],
    },
    { actions: ['UpdateItem'], partitions: [laneKey(lane).pk] },
  ],
});

/**
 * What each function does in the table, and nothing more: intake sees no person, web no postmortem.
 * One BatchGetItem must be allowed by a single statement, so partitions that are read together are
 * listed together.
 */
const access = {
  intake: {
    // Says why nobody is asked to approve a text for customers.
    items: [
      { actions: ['GetItem'], partitions: [all.keys, all.configuration, all.relevance, all.externals] },
      // Tells an author of earlier incidents, which they confirm and dismiss.
      { actions: ['Query', 'PutItem'], partitions: [all.similar] },
      ...takingIn,
    ],
    lists: [all.listedPostmortems, all.listedWork],
  },
  // The token in the address is a key.
  hooks: { items: [{ actions: ['GetItem'], partitions: [all.keys] }] },
  collect: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      // What vendors said, their incidents' pages, and up to when they were asked.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.inbound] },
      ...takingIn,
    ],
    // Producers' postmortems that changed may link to an incident.
    lists: [all.listedInbound, all.listedPostmortems, all.listedOutboxes],
  },
  drafts: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      // Puts a draft where nothing stands. What follows from it is done by `sweep`.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.postmortems] },
    ],
  },
  operator: {
    items: [{ actions: ['GetItem', 'PutItem', 'DeleteItem'], partitions: [all.keys] }, ...operating.items],
    lists: [all.listedKeys, ...operating.lists],
  },
  // The organisation's directory. It sees nothing that is told, and changes nobody but staff.
  scim: {
    items: [
      { actions: ['GetItem'], partitions: [all.keys, all.configuration] },
      { actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'], partitions: [all.directory] },
      { actions: ['BatchGetItem', 'PutItem', 'DeleteItem'], partitions: realmPatterns.staff.people },
      // Gives a person the streams of their role, and moves them to another address.
      { actions: ['PutItem', 'UpdateItem', 'DeleteItem'], partitions: realmPatterns.staff.subscriptions },
      { actions: ['Query'], partitions: realmPatterns.staff.slots },
      { actions: ['GetItem', 'PutItem'], partitions: realmPatterns.staff.erasures },
      { actions: ['BatchGetItem', 'UpdateItem'], partitions: [all.suppressions] },
      { actions: ['Query', 'DeleteItem'], partitions: realmPatterns.staff.sessions },
      { actions: ['PutItem'], partitions: realmPatterns.staff.audit },
    ],
    lists: [all.listedPeople],
  },
  // Nobody makes keys on a page.
  home: {
    items: [
      ...operating.items,
      ...takingIn,
      ...knowingWhoSignedIn,
      // Earlier incidents of the same failure. Authors and operators confirm and dismiss them.
      { actions: ['PutItem'], partitions: [all.similar] },
    ],
    lists: [...operating.lists, all.listedLater],
  },
  compose: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration, all.renditions, all.drift, all.heldMail, all.reviews, all.testDrafts] },
      { actions: ['GetItem', 'BatchGetItem', 'UpdateItem'], partitions: [all.postmortems] },
      // To which teams a postmortem of a digest matters.
      { actions: ['BatchGetItem'], partitions: [all.relevance] },
      // Whether it happened before.
      { actions: ['Query'], partitions: [all.similar] },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      // Decides the next update of an incident.
      { actions: ['GetItem', 'PutItem'], partitions: [all.updates] },
      // What customers read: asked, released and withdrawn. Nobody else writes it.
      { actions: ['GetItem', 'PutItem'], partitions: [all.externals] },
      { actions: ['PutItem'], partitions: [all.customerRenditions, ...realmPatterns.staff.audit] },
      // The slots that an edition goes to, and the actions that a mail of reminders asks about.
      { actions: ['Query'], partitions: [all.slots, all.actions] },
      // How far the postmortems of a brief were read.
      { actions: ['Query'], partitions: [all.readings] },
      { actions: ['GetItem'], partitions: [all.teamSizes] },
    ],
    lists: [all.listedPostmortems, all.listedActions, all.listedReviews, all.listedWork],
  },
  'deliver-bulk': sendingToStaff('bulk'),
  'deliver-prompt': sendingToStaff('prompt'),
  'deliver-urgent': sendingToStaff('urgent'),
  'deliver-customers': {
    items: [
      { actions: ['Query'], partitions: realmPatterns.customers.subscriptions },
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: realmPatterns.customers.editions },
      { actions: ['GetItem'], partitions: [all.customerRenditions] },
      { actions: ['GetItem', 'UpdateItem'], partitions: [all.pacer] },
      {
        actions: ['GetItem', 'BatchGetItem'],
        partitions: [all.customers, ...realmPatterns.customers.editions, all.quota, laneKey('customers').pk],
      },
      { actions: ['UpdateItem'], partitions: [laneKey('customers').pk] },
    ],
  },
  feedback: {
    items: [
      { actions: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      // Reads a profile to change it: that of a person whose mail bounced or who complained.
      { actions: ['BatchGetItem', 'PutItem'], partitions: [all.people] },
      // A complaint of a person who has no profile any more.
      { actions: ['UpdateItem'], partitions: [all.suppressions] },
    ],
  },
  web: {
    items: [
      ...pagesOf(realmPatterns.staff),
      // A search reads those of all postmortems.
      { actions: ['GetItem', 'BatchGetItem'], partitions: realmPatterns.staff.renditions },
      { actions: ['GetItem', 'Query'], partitions: realmPatterns.staff.archives },
      // The links of posts in Slack.
      { actions: ['GetItem'], partitions: [all.postLinks, all.revokedLinks] },
      // Views of a page with a sent mail.
      { actions: ['UpdateItem'], partitions: realmPatterns.staff.evidence },
      // Why a team is told of a postmortem, and what its members press about it.
      { actions: ['GetItem'], partitions: [all.relevance] },
      { actions: ['Query', 'UpdateItem'], partitions: [all.teamFeedback] },
      // That somebody read a postmortem, and that it was a robot after all.
      { actions: ['GetItem', 'PutItem', 'DeleteItem'], partitions: [all.readings] },
      // The person in a request to a stream's owner.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.joinRequests] },
      ...knowingWhoSignedIn,
      // People sign in and out, and see and end their sessions.
      { actions: ['PutItem', 'DeleteItem', 'Query'], partitions: realmPatterns.staff.sessions },
      { actions: ['PutItem'], partitions: realmPatterns.staff.usedLinks },
      // Reviewers decide on action items, and sign reviews off.
      { actions: ['GetItem', 'Query', 'PutItem'], partitions: [all.actions] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.reviews] },
      // Earlier postmortems of the same failure. People confirm and dismiss them.
      { actions: ['Query', 'PutItem'], partitions: [all.similar] },
      // Approvers answer. What they read is kept there, customers' own rows are not theirs.
      { actions: ['GetItem', 'PutItem'], partitions: [all.externals] },
    ],
    lists: [
      ...realmPatterns.staff.listedEditions,
      all.listedEditionsUnderWay,
      all.listedOpenReviews,
      all.listedLater,
      ...realmPatterns.staff.listedAnswers,
    ],
  },
  slack: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration, ...realmPatterns.staff.renditions] },
      // Posts tell actions as they stand.
      { actions: ['Query'], partitions: [all.actions] },
      // What Slack should show, and the posts. Those refused are tried again.
      { actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'], partitions: [all.slackPosts] },
      // The list of channels, the pace and the brake.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.slackWorkspace] },
      // Makes links and revokes them. It reads none, only when all of a postmortem were revoked.
      { actions: ['PutItem'], partitions: [all.postLinks] },
      { actions: ['GetItem'], partitions: [all.revokedLinks] },
    ],
    lists: [all.listedPosts],
  },
  relevance: {
    items: [
      // The file has the teams and the words of a company's own. The archive says what may be told.
      { actions: ['GetItem'], partitions: [all.configuration, all.widestRenditions, all.widestStamp, all.catalog] },
      { actions: ['Query'], partitions: [all.widestArchive] },
      { actions: ['PutItem'], partitions: [all.relevance] },
      // Earlier postmortems of the same failure, and what they promised. One that is not found any
      // more goes.
      { actions: ['Query', 'PutItem', 'DeleteItem'], partitions: [all.similar] },
      { actions: ['Query'], partitions: [all.actions] },
      // A reason that a team muted does not count.
      { actions: ['Query'], partitions: [all.teamFeedback] },
    ],
  },
  webForCustomers: {
    items: [
      ...pagesOf(realmPatterns.customers),
      // Notices, which anybody may read.
      { actions: ['GetItem'], partitions: [all.customerRenditions] },
    ],
    lists: [...realmPatterns.customers.listedEditions, ...realmPatterns.customers.listedAnswers, all.listedNotices],
  },
  drift: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration, all.slackWorkspace, all.catalog] },
      // The products of what customers read.
      { actions: ['GetItem'], partitions: [all.customerRenditions] },
      // Whom the file names, who runs Afterword, and posts that are not settled.
      { actions: ['BatchGetItem'], partitions: [all.people, all.slackPosts] },
      // The services and teams that postmortems name, and what the directory was not let do.
      { actions: ['Query'], partitions: [all.widestArchive, all.braked] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.drift, all.heldMail] },
      // What incident tools told of and an operator has to look at.
      { actions: ['GetItem'], partitions: [all.inbound] },
      // How many people are in which team.
      { actions: ['PutItem'], partitions: [all.teamSizes] },
    ],
    // Action items too: whose owner is nobody, and which were lost. And notices: of what is hidden.
    lists: [
      all.listedPeople,
      all.listedPosts,
      all.listedOpenReviews,
      all.listedOpenActions,
      all.listedActions,
      all.listedExternals,
      all.listedNotices,
      all.listedInbound,
    ],
  },
  remind: {
    items: [
      // The catalogue says which team is above which.
      { actions: ['GetItem'], partitions: [all.configuration, all.catalog] },
      { actions: ['PutItem'], partitions: [all.teamSizes] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.reminders] },
      // What became of the mails of the run before.
      { actions: ['GetItem'], partitions: [all.reminderEditions] },
      // Who owns what, and who pauses.
      { actions: ['BatchGetItem'], partitions: [all.staff] },
      // Moves what a decision closed to the closed ones.
      { actions: ['Query', 'PutItem'], partitions: [all.actions] },
    ],
    lists: [all.listedOpenActions, all.listedOpenReviews, all.listedActions, all.listedPostmortems, all.listedOutboxes, all.listedPeople],
  },
  sweep: {
    items: [
      { actions: ['GetItem'], partitions: [all.configuration] },
      // Customers' copy of the configuration follows the file in force.
      { actions: ['GetItem', 'PutItem'], partitions: [all.customersConfiguration] },
      // Finishes those of all lanes.
      { actions: ['GetItem', 'PutItem', 'UpdateItem'], partitions: [all.editions] },
      { actions: ['PutItem'], partitions: [all.quota] },
      { actions: ['GetItem'], partitions: [all.pacer] },
      { actions: ['BatchGetItem'], partitions: [all.lanes, all.quota] },
      { actions: ['GetItem', 'PutItem'], partitions: [all.sweep] },
      { actions: ['Query'], partitions: [all.slots] },
      // Whether a later mail about an incident is decided, and when people were last reminded.
      { actions: ['GetItem'], partitions: [all.updates, all.reminders] },
      // Whether a rendition that was kept back is still the same.
      { actions: ['GetItem'], partitions: realmPatterns.staff.renditions },
      ...paying,
      // Finishes erasures. It reads a profile to see that it is gone, and changes the profiles that
      // name the person as their delegate.
      ...erasing,
      { actions: ['BatchGetItem', 'PutItem'], partitions: [all.people] },
      { actions: ['DeleteItem'], partitions: [all.erasures, all.evidence, all.answers] },
      { actions: ['BatchGetItem', 'Query'], partitions: [all.editions] },
    ],
    lists: [all.listedWork, all.listedPostmortems, all.listedEditions, ...allAnswers],
  },
} as const satisfies Record<string, Access>;

/** What running an outbox needs beside the rest where the stage has Slack. */
const wanting: TableAccess = { actions: ['PutItem'], partitions: [all.slackPosts] };

/**
 * The statements that let this function work in the table. Whoever runs outboxes says whether the
 * stage has Slack.
 */
export function mayUse(table: LedgerTable, who: keyof typeof access, { slack }: { readonly slack?: unknown } = {}): PolicyStatement[] {
  const { items: always, lists = [] }: Access = access[who];
  const items = slack === undefined ? always : [...always, wanting];
  return [...joined(items).map((item) => table.statement(item)), ...(lists.length > 0 ? [table.listStatement(lists)] : [])];
}

/**
 * One statement for each action, with every partition where it is allowed: the policy of a role may
 * have 10,240 characters (IAM quotas), and each statement costs more than a few partitions.
 */
function joined(items: readonly TableAccess[]): TableAccess[] {
  const actions = [...new Set(items.flatMap((item) => item.actions))];
  return actions.map((action) => ({
    actions: [action],
    partitions: [...new Set(items.filter((item) => item.actions.includes(action)).flatMap(({ partitions }) => partitions))],
  }));
}
