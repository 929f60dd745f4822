import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../adapters/slack/blocks.ts';
import { emptiedContent, type PostContent, postContent, postLength, struckContent } from '../../core/content/post-content.ts';
import { severityLabels } from '../../core/distribution/severity-label.ts';
import { Postmortem } from '../../core/postmortem/postmortem.ts';
import { type RenditionRow, renditions } from '../../core/rendition/renditions.ts';
import { isOneLine } from '../../core/shared/text.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import { readBlocks, textsOf } from '../../local/slack/blocks.ts';
import { canariesIn, seenBy, withCanaries } from '../support/canaries.ts';
import { tries } from '../support/hostile/fuzz.ts';
import { hostilePostmortem, hostileText } from '../support/hostile/incidents.ts';

const link = `https://lessons.example.com/s/${'x'.repeat(32)}`;
const key = 'k'.repeat(32);
const settings = { link, labels: severityLabels, zone: 'Europe/Berlin' };

function postFor<A extends Audience>(audience: A, postmortem: Postmortem, more: Partial<typeof settings> = {}): PostContent[] {
  const { make }: RenditionRow<A> = renditions[audience];
  const rendition = make(postmortem);
  return rendition ? [postContent(audience, rendition, { ...settings, ...more })] : [];
}
const postsOf = (postmortem: Postmortem, more: Partial<typeof settings> = {}): PostContent[] => [
  ...audiences.flatMap((audience) => postFor(audience, postmortem, more)),
  struckContent(postmortem.title, '2026-11-26'),
];

/** Slack takes it with room to spare, and reads no markup, name or address that a stranger wrote. */
function expectHarmless(content: PostContent): void {
  const { text, blocks, metadata } = messageBody(key, content);
  const json = JSON.stringify(blocks);

  expect(readBlocks(json, () => 'generated')).toHaveLength(blocks.length);
  expect(blocks.length).toBeLessThan(15);
  const texts = textsOf(blocks);
  expect(postLength(texts.join(''))).toBeLessThan(5000);
  expect(postLength(json)).toBeLessThanOrEqual(8000);
  expect(Buffer.byteLength(json)).toBeLessThan(12_000);

  expect(json).not.toContain('"mrkdwn"');
  expect([...json.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type).filter((type) => !ours.has(type ?? ''))).toEqual([]);
  expect([...json.matchAll(/"url":"([^"]*)"/g)].map(([, url]) => url)).toEqual(content.view === 'full' ? [link] : []);
  expect(text.length).toBeLessThanOrEqual(150);
  expect(text.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
  for (const one of [text, ...texts]) {
    expect(one.trim()).not.toBe('');
    expect(one.isWellFormed() && isOneLine(one)).toBe(true);
    expect(one).not.toMatch(/[\u200b\u200e\u200f\u2060\ufeff\u00ad]/);
  }
  expect(metadata).toEqual({ event_type: 'afterword_post', event_payload: { key } });
  expect(blocks[0]?.block_id?.startsWith(`${key}.`)).toBe(true);
  expect(blocks.some(({ type }) => type === 'rich_text')).toBe(true);
}
const ours = new Set([
  ...['header', 'context', 'rich_text', 'plain_text', 'rich_text_section', 'rich_text_quote', 'rich_text_list', 'text', 'link'],
]);

it('a post of whatever strangers wrote is built of nothing but our own parts, within the limits', () => {
  fc.assert(
    fc.property(hostilePostmortem(fc.constant('pm-1')), hostileText, (postmortem, label) => {
      const labels = { ...severityLabels, [postmortem.severity]: label };
      for (const content of [...postsOf(postmortem), ...postsOf(postmortem, { labels })]) expectHarmless(content);
    }),
    tries(0.1),
  );
});

/** Renditions as none is ever made: each text has 13,000 characters, each list thirty long ones. */
const heaviest = (word: string): PostContent[] => {
  const long = word.repeat(Math.ceil(13_000 / word.length));
  const list = Array.from({ length: 30 }, (_, n) => `${n}${long.slice(0, 700).toWellFormed()}`);
  const actionItems = list.map((title) => ({
    title: title.slice(0, 480).trim().toWellFormed(),
    team: long.slice(0, 110),
    due: '2026-12-04',
    status: 'open',
  }));
  const about = {
    id: 'pm-1',
    title: long,
    severity: 'sev1',
    services: list,
    owningTeam: long,
    regions: list,
    customersAffected: Number.MAX_SAFE_INTEGER,
  };
  const times = { startedAt: '2026-11-19T12:35:00Z', mitigatedAt: '2026-11-21T13:33:00Z' };
  const gist = { whatHappened: long, impact: long, why: long, learnt: long };
  const rest = { authors: list, tags: list, sections: [], timeline: [], links: [], causeKnown: true };
  const all = {
    ...about,
    ...times,
    ...gist,
    ...rest,
    gist,
    actionItems,
    status: 'published',
    saw: long,
    say: list,
    doNotSay: list,
    doing: list,
  };
  return [...audiences.map((audience) => heavyFor(audience, all)), struckContent(long, '2026-11-26')];
};
const heavyFor = <A extends Audience>(audience: A, rendition: unknown): PostContent => {
  const { schema }: RenditionRow<A> = renditions[audience];
  return postContent(audience, schema.parse(rendition), settings);
};

describe('the heaviest post that anybody can think of, of', () => {
  it.each([
    'word ',
    'word',
    '& ',
    '<!channel> ',
    '<@U1> ',
    '>',
    '"\\ ',
    '漢字',
    '👩‍💻 ',
    'שלום ',
    'Z͑ͫ',
    '*_~` ',
    'https://evil.example/?a=b&c=d ',
  ])('%j', (word) => {
    for (const content of heaviest(word)) expectHarmless(content);
  });
});

describe('what Slack would take for markup stays as it was written', () => {
  it.each(['<!channel>', '<!here|x>', '<@U061F7AUR>', '<#C024BE7LR>', '<https://evil.example|click>', '*bold*', ':fire:', '@channel'])(
    '%s',
    (text) => {
      const [content] = postFor(
        'engineering',
        Postmortem.parse({ id: 'pm-1', title: text, lessons: { wentWrong: [`It was \`${text}\``] } }),
      );
      if (!content) throw new Error('no post');
      const body = messageBody(key, content);

      expect(body.blocks).toContainEqual(expect.objectContaining({ type: 'header', text: { type: 'plain_text', text, emoji: false } }));
      expect(textsOf(body.blocks).filter((one) => one.startsWith(`It was ${text}`))).toHaveLength(1);
      expect(body.text).toBe(`Not yet classified: ${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}`);
    },
  );
});

describe('an audience is sent', () => {
  const sent = (content: PostContent) => JSON.stringify(messageBody(key, content));

  it.each(audiences)('nothing that it may not see: %s', (audience) => {
    const found = postFor(audience, withCanaries()).flatMap((content) => canariesIn(sent(content)));

    expect(found).toEqual(expect.arrayContaining(['title', 'startedAt', 'customerImpact.text', 'customerImpact.customersAffected']));
    expect(found.filter((path) => !seenBy[audience].includes(path))).toEqual([]);
  });

  it('the title alone of what was taken back, and nothing of what is hidden', () => {
    expect(canariesIn(sent(struckContent(withCanaries().title, '2026-11-26')))).toEqual(['title']);
    expect(canariesIn(sent(emptiedContent('withdrawn')))).toEqual([]);
  });
});

it('each edit has another id of its first block, and the same content the same', () => {
  const idOf = (content: PostContent) => messageBody(key, content).blocks[0]?.block_id;

  expect(idOf(emptiedContent('withdrawn'))).not.toBe(idOf(emptiedContent('shared')));
  expect(idOf(emptiedContent('withdrawn'))).toBe(idOf(emptiedContent('withdrawn')));
});
