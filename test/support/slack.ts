import { dynamoPostLinks } from '../../adapters/dynamodb/post-links.ts';
import { dynamoSlackPosts, dynamoWantedPosts } from '../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList } from '../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { linkHash, newCapabilityLink } from '../../core/slack/capability-link.ts';
import type { SlackChannel, SlackPost, SlackPostRow, WantedPost } from '../../core/slack/slack-post.ts';

export const incidents: SlackChannel = {
  ...{ id: 'C0000000001', name: 'incident-pms', members: 240 },
  ...{ isMember: true, isArchived: false, isShared: false, isPrivate: false },
};
export const payments: SlackChannel = { ...incidents, id: 'C0000000002', name: 'payments', members: 12, isMember: false };
export const support: SlackChannel = { ...incidents, id: 'C0000000003', name: 'support-news', members: 80 };

/** The file's part about Slack, as YAML. */
export const slackYaml = `slack:
  channels:
    - { channel: "#incident-pms" }
    - { channel: "#support-news", audience: cross-functional, severities: [sev1, sev2] }
`;

export const aLink = newCapabilityLink(new Uint8Array(20).fill(7));
const since = '2026-11-19T14:00:00Z';
export const posted: SlackPost = { state: 'posted', ts: '1763389860.000100', shown: { revision: 2, view: 'full', hash: 'h' } };

export const aPostRow = (change: Partial<SlackPostRow> = {}): SlackPostRow => ({
  postmortem: 'checkout' as SlackPostRow['postmortem'],
  channel: incidents.id,
  audience: 'engineering',
  key: 'key-of-the-post',
  link: aLink,
  post: posted,
  version: 1,
  ...change,
});

/** Stores the channels of the workspace, what Slack should show, and posts with their links. */
export async function inSlack(table: Table, rows: readonly SlackPostRow[], standing: WantedPost['standing'] = 'told'): Promise<void> {
  await dynamoChannelList(table).put({ at: since, channels: [incidents, payments, support] });
  await dynamoWantedPosts(table).put({
    ...{ postmortem: aPostRow().postmortem, revision: 2, updatedAt: since, standing },
    ...(standing === 'told' && { told: { severity: 'sev2', services: ['checkout'], newsDate: since } }),
  });
  const links = dynamoPostLinks(table, () => new Date(since));
  for (const row of rows) {
    const { postmortem, audience, channel, link } = row;
    await dynamoSlackPosts(table).create(row);
    if (link) await links.put(linkHash(link), { postmortem, audience, channel, expiresAt: '2027-12-24T14:00:00Z' });
  }
}
