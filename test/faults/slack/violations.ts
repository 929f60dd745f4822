import type { Change } from '../../../local/slack/call-log.ts';

/** What should stand in one channel about one postmortem. */
export interface WantedMessage {
  readonly postmortem: string;
  readonly channel: string;
  /** Only in this postmortem's texts, in each of its revisions. */
  readonly word: string;
  /** Only in the text of this revision. Undefined: nothing of the postmortem may stand there. */
  readonly last: string | undefined;
}

/** What Afterword believes of one post. */
export interface BelievedPost {
  readonly postmortem: string;
  readonly channel: string;
  readonly state: string;
  readonly ts?: string | undefined;
}

export interface SlackHistory {
  readonly wanted: readonly WantedMessage[];
  /** The accepted calls, oldest first. */
  readonly changes: readonly Change[];
  readonly rows: readonly BelievedPost[];
  /** Which revision a text is of. */
  readonly revisionOf: (text: string) => number | undefined;
}

export interface SlackViolation {
  readonly rule: 'doubled' | 'missing' | 'not the last' | 'readable though hidden' | 'an older one later' | 'another belief' | 'of nothing';
  readonly postmortem: string;
  readonly channel: string;
  readonly told: string;
}

interface Standing {
  readonly ts: string;
  readonly channel: string;
  /** Every text that it showed, oldest first. */
  readonly shown: readonly string[];
  readonly isDeleted: boolean;
}

/** All that a member reads: on a locked screen and in the channel. */
const textOf = ({ text, blocks }: Change) => `${text} ${JSON.stringify(blocks)}`;

function messagesOf(changes: readonly Change[]): Standing[] {
  const messages = new Map<string, Standing>();
  for (const change of changes) {
    const { channel, ts, what } = change;
    const before = messages.get(`${channel} ${ts}`) ?? { channel, ts, shown: [], isDeleted: false };
    const isDeleted = what === 'chat.delete' || what === 'by hand';
    messages.set(`${channel} ${ts}`, isDeleted ? { ...before, isDeleted } : { ...before, shown: [...before.shown, textOf(change)] });
  }
  return [...messages.values()];
}

/** Compares what the app had accepted with what should stand, and with the rows of the posts. */
export function slackViolations({ wanted, changes, rows, revisionOf }: SlackHistory): SlackViolation[] {
  const messages = messagesOf(changes);
  const violations: SlackViolation[] = [];
  const known = new Set<Standing>();
  for (const one of wanted) {
    const about = messages.filter(({ channel, shown }) => channel === one.channel && shown.some((text) => text.includes(one.word)));
    for (const message of about) known.add(message);
    const add = (rule: SlackViolation['rule'], told: string) =>
      violations.push({ rule, postmortem: one.postmortem, channel: one.channel, told });
    const standing = about.filter(({ isDeleted }) => !isDeleted);
    const [first] = standing;
    if (standing.length > 1) add('doubled', standing.map(({ ts }) => ts).join(', '));
    if (one.last !== undefined && first === undefined) add('missing', `${about.length} deleted`);
    for (const { ts, shown } of standing) {
      const now = shown.at(-1) ?? '';
      if (one.last === undefined && now.includes(one.word)) add('readable though hidden', `${ts}: ${now}`);
      if (one.last !== undefined && !now.includes(one.last)) add('not the last', `${ts}: ${now}`);
    }
    for (const { ts, shown } of about) {
      const revisions = shown.flatMap((text) => revisionOf(text) ?? []);
      if (revisions.some((revision, n) => revision < (revisions[n - 1] ?? 0))) add('an older one later', `${ts}: ${revisions.join(', ')}`);
    }
    const row = rows.find(({ postmortem, channel }) => postmortem === one.postmortem && channel === one.channel);
    if (first !== undefined && (row?.state !== 'posted' || row.ts !== first.ts))
      add('another belief', `${first.ts} stands; the row: ${row?.state ?? 'none'} ${row?.ts ?? ''}`);
  }
  for (const { channel, ts, shown } of messages.filter((one) => !known.has(one)))
    violations.push({ rule: 'of nothing', postmortem: '', channel, told: `${ts}: ${shown[0] ?? ''}` });
  return violations;
}
