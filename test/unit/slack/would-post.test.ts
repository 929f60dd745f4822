import { expect, it } from 'vitest';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { wouldPost } from '../../../core/slack/would-post.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const slack = {
  channels: [
    { channel: '#incident-pms' },
    { channel: 'C0000000002', audience: 'leadership', severities: ['sev1'] },
    { channel: '#support', audience: 'cross-functional' },
  ],
};
const posts = (more: Partial<StoredPostmortem> = {}, postmortem: Record<string, unknown> = {}, given = aDistribution({ slack })) =>
  wouldPost(
    {
      postmortem: aPostmortem({ severity: 'sev1', publishedAt: '2026-11-19T10:00:00Z', ...postmortem }),
      ...{ hash: 'h', revision: 1, updatedAt: '2026-11-19T12:00:00Z', owed: ['slack'], editions: [], namedIn: [], ...more },
    },
    given,
  );
const engineering = '#incident-pms in Slack, at once, as engineering sees it';
const edited = 'Posts of it in Slack, where there are some: edited at once';

it.each<[string, Parameters<typeof posts>, string[]]>([
  ['new', [], [engineering, 'C0000000002 in Slack, at once, as leadership sees it']],
  ['less severe', [{}, { severity: 'sev2' }], [engineering]],
  ['a revision', [{ revision: 2 }, { severity: 'sev2' }], [engineering, edited]],
  ['old', [{}, { publishedAt: '2026-10-01T10:00:00Z' }], []],
  ['an old one that is revised', [{ revision: 2 }, { publishedAt: '2026-10-01T10:00:00Z' }], [edited]],
  ['restricted', [{}, { restricted: true }], []],
  ['a draft', [{ revision: 2 }, { status: 'draft' }], []],
  ['published where the stack has no Slack', [{ owed: ['alert'] }], []],
  ['published where the file has none', [{}, {}, aDistribution()], []],
])('names the channels that get what is %s, as the file names them', (_what, given, expected) => {
  expect(posts(...given)).toEqual(expected);
});
