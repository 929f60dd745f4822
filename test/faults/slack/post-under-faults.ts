import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { dynamoSlackPosts } from '../../../adapters/dynamodb/slack-post-store.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import type { Faults } from '../../../local/faults/faults.ts';
import type { Change } from '../../../local/slack/call-log.ts';
import { channelOf } from '../../../local/slack/channels.ts';
import { aRunningStack, type TestStack } from '../../support/running-stack.ts';
import { type SourceChange, withChanges } from '../changed-sources.ts';
import { pause } from '../settle.ts';
import { type BelievedPost, type SlackViolation, slackViolations, type WantedMessage } from './violations.ts';

export interface PostingLoad {
  readonly postmortems: number;
  readonly channels: number;
  readonly faults: z.input<typeof Faults>;
  /** `soon`: ten times as soon as the functions do it. */
  readonly looks: 'soon' | 'real';
  /** The wait for the last post at most. */
  readonly settleSeconds: number;
  readonly told: (line: string) => void;
}

export interface Posted {
  readonly violations: readonly SlackViolation[];
  readonly figures: Readonly<Record<string, number>>;
  /** How often each method was answered with what. */
  readonly calls: Readonly<Record<string, number>>;
}

const afterLook = 'core/slack/after-look.ts';
/** Looks into the history, and how long a second message is looked for. */
const soon: readonly SourceChange[] = [
  { file: afterLook, from: '[30_000, 1.5 * minuteMs, 8 * minuteMs]', to: '[3000, 9000, 48_000]' },
  { file: afterLook, from: 'twiceMs = 11 * minuteMs', to: 'twiceMs = minuteMs' },
];

/** Of all postmortems: every fifth is revised, every tenth twice, every twentieth is restricted. */
const accountsOf = (n: number) => (n % 10 === 0 ? 3 : n % 5 === 0 ? 2 : 1);
const isRestricted = (n: number) => n % 20 === 7;

/**
 * Publishes postmortems for some channels, revises and restricts some of them while Slack fails,
 * and compares what stands in Slack in the end with what should, and with the rows of the posts.
 */
export async function postUnderFaults({ postmortems, channels, faults, looks, settleSeconds, told }: PostingLoad): Promise<Posted> {
  const names = Array.from({ length: channels }, (_, n) => `#channel-${n}`);
  const { file, text } = await aFile(names);
  const stack = await aRunningStack({ distribution: file, slack: true, plugins: looks === 'soon' ? [withChanges(soon)] : [] });
  try {
    await stack.call('PUT', '/operator/configuration', text, { 'content-type': 'text/yaml' });
    await stack.call('PUT', '/_local/faults', faults);
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    const all = Array.from({ length: postmortems }, (_, n) => n);
    for (const n of all) await publish(stack, n, 1);
    told(`${postmortems} published after ${seconds()} s`);
    for (const account of [2, 3]) for (const n of all.filter((one) => accountsOf(one) >= account)) await publish(stack, n, account);
    for (const n of all.filter(isRestricted)) await publish(stack, n, 1, true);
    told(`revised and restricted after ${seconds()} s`);
    const isSettled = await settled(stack, settleSeconds);
    told(isSettled ? `settled after ${seconds()} s` : `not settled after ${seconds()} s`);
    return { ...(await compared(stack, all, names)), calls: (await stack.call('GET', '/_local/slack/calls')).body };
  } finally {
    await stack.stop();
  }
}

async function aFile(names: readonly string[]): Promise<{ file: string; text: string }> {
  const text = `organisation: { name: Fabrikam, zone: UTC, domains: [fabrikam.example] }
senders: { internal: { name: Fabrikam lessons, address: lessons@fabrikam.example } }
streams: { engineering-digest: { schedule: { every: week, on: monday, at: "09:00" } }, sev1-alerts: { severities: [sev1] } }
slack:
  channels:
${names.map((name, n) => `    - { channel: "${name}", audience: ${n % 2 === 0 ? 'engineering' : 'leadership'} }`).join('\n')}
`;
  const file = join(await mkdtemp(join(tmpdir(), 'afterword-slack-')), 'distribution.yaml');
  await writeFile(file, text);
  return { file, text };
}

const idOf = (n: number) => PostmortemId.parse(`pm-${n}`);
const wordOf = (n: number) => `Incident ${n},`;
const titleOf = (n: number, account: number) => `${wordOf(n)} account ${account}`;

async function publish(stack: TestStack, n: number, account: number, restricted = false): Promise<void> {
  const { status, body } = await stack.call('PUT', `/postmortems/${idOf(n)}`, {
    title: titleOf(n, account),
    severity: 'sev2',
    summary: 'The replica was eleven minutes behind.',
    publishedAt: new Date(stack.now().getTime() - 3_600_000).toISOString(),
    ...(restricted && { restricted }),
  });
  if (status >= 300) throw new Error(`postmortem ${n}: ${status} ${JSON.stringify(body)}`);
}

const Drained = z.object({ drained: z.boolean(), posts: z.int() });

/** Until no message about a post waits any more. */
async function settled(stack: TestStack, seconds: number): Promise<boolean> {
  const ends = performance.now() + seconds * 1000;
  while (performance.now() < ends) {
    const { drained, posts } = Drained.parse(await stack.drainForAMinute());
    if (drained && posts === 0) return true;
    await pause(500);
  }
  return false;
}

async function compared(stack: TestStack, all: readonly number[], names: readonly string[]): Promise<Omit<Posted, 'calls'>> {
  const changes: Change[] = (await stack.call('GET', '/_local/slack/truth')).body;
  const posts = dynamoSlackPosts(stack.table);
  const rows: BelievedPost[] = [];
  for (const n of all)
    for (const { postmortem, channel, post } of await posts.list(idOf(n)))
      rows.push({ postmortem, channel, state: post.state, ...(post.state === 'posted' && { ts: post.ts }) });
  const { slack } = (await stack.call('GET', '/_local/faults')).body;
  const channels = names.flatMap((name) => channelOf(name, slack)?.id ?? []);
  const wanted = all.flatMap((n) =>
    channels.map((channel): WantedMessage => {
      return { postmortem: idOf(n), channel, word: wordOf(n), last: isRestricted(n) ? undefined : titleOf(n, accountsOf(n)) };
    }),
  );
  const revisionOf = (text: string) => Number(/account (\d+)/.exec(text)?.[1]) || undefined;
  const violations = slackViolations({ wanted, changes, rows, revisionOf });
  const count = (rule: SlackViolation['rule']) => violations.filter((one) => one.rule === rule).length;
  const accepted = (what: Change['what']) => changes.filter((one) => one.what === what);
  const at = accepted('chat.postMessage').map((one) => Date.parse(one.at));
  const queues: { mostReceived: number; deadLetters: number; name: string }[] = (await stack.call('GET', '/_local/queues')).body;
  const queue = queues.find(({ name }) => name === 'slack');
  return {
    violations,
    figures: {
      wanted: wanted.length,
      'messages accepted': at.length,
      'edits accepted': accepted('chat.update').length,
      'second ones deleted': accepted('chat.delete').length,
      'seconds from the first message to the last': Math.round((Math.max(...at) - Math.min(...at)) / 1000),
      'seconds from the first message to the last call': Math.round((Date.parse(changes.at(-1)?.at ?? '') - Math.min(...at)) / 1000),
      doubled: count('doubled'),
      missing: count('missing'),
      'not the last account': count('not the last'),
      'readable though hidden': count('readable though hidden'),
      'an older account after a later one': count('an older one later'),
      'rows that say otherwise': count('another belief'),
      ...Object.fromEntries(
        Map.groupBy(rows, ({ state }) => `rows ${state}`)
          .entries()
          .map(([state, some]) => [state, some.length]),
      ),
      'highest receive count': queue?.mostReceived ?? 0,
      'dead letters': queue?.deadLetters ?? 0,
    },
  };
}
