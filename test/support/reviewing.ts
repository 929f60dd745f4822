import { dynamoArtefacts, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Approval } from '../../core/approval/approval-request.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import { dueOf, usualPace } from '../../core/notice/due.ts';
import type { External } from '../../core/notice/external.ts';
import { contentHash, type NoticeContent } from '../../core/notice/notice-content.ts';
import { toldNoticeContent } from '../../core/notice/notice-mail.ts';
import type { Remark } from '../../core/notice/ports.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { renderNotice } from '../../emails/render-notice.ts';
import { pageRoutes } from '../../lambdas/web/routes.ts';
import { aProfile } from './delivery.ts';
import { aDistribution } from './distribution.ts';
import { anExternal, anOpenRequest } from './notice.ts';
import { aPageEvent, aWebWorld } from './web.ts';

const person = (address: string, name?: string) => {
  const parsed = parseAddress(address);
  if (!parsed) throw new Error(`${address} is no address`);
  return aProfile({ sid: subscriberId('staff', parsed, 'identity'), address, ...(name !== undefined && { name }) });
};
export const ruth = person('ruth.abara@example.com', 'Ruth Abara');
export const ruthElsewhere = person('r.abara@example.com');
export const tom = person('tom.lindqvist@example.com', 'Tom Lindqvist');
export const legal = person('legal.duty@example.com');
/** Wrote the text, and approves others. */
export const ana = person('ana.silva@example.com', 'Ana Silva');
/** Is told when nobody answers. */
export const head = person('head.of.support@example.com');
export const stranger = person('eve.stone@example.com');

export const noticeStream = {
  signUp: 'open',
  approvers: [
    { address: ruth.address, also: [ruthElsewhere.address] },
    { address: tom.address },
    { address: legal.address },
    { address: ana.address },
  ],
  holdMinutes: 10,
  escalate: [head.address],
  contact: 'https://example.com/support',
};

export const firstText: NoticeContent = {
  publicId: 'bcdfghjkmn',
  title: 'Checkout was unavailable on 19 November',
  body: 'Between 12:52 and 13:33 UTC, payments failed.\n\nWe are looking for the cause.\n\nYou need to do nothing.',
  products: ['Checkout'],
  startedAt: '2026-11-19T12:35:00Z',
  resolvedAt: '2026-11-19T13:33:00Z',
  state: 'final',
};
export const secondText: NoticeContent = {
  ...firstText,
  body: 'Between 12:35 and 13:33 UTC, payments failed.\n\nA change to our database made it slow.\n\nYou need to do nothing.',
  change: 'The exact times, and the cause.',
};
export const cause: Remark = {
  id: 'cause:a change to our database',
  rule: 'Words of a cause',
  level: 'look',
  part: 'body',
  found: 'A change to our database',
  remedy: 'Fine if it may be known.',
};

/** Rendered once: many tests ask for the same. */
const rendered = new Map<string, EditionFragments>();
function fragmentsOf(content: NoticeContent, isUpdate: boolean): EditionFragments {
  const key = JSON.stringify([content, isUpdate]);
  const mail = { content, isUpdate, productsBefore: [], sender: 'Northwind status', zone: 'Europe/Berlin' };
  const fragments = rendered.get(key) ?? renderNotice(toldNoticeContent(mail));
  rendered.set(key, fragments);
  return fragments;
}

/** Approvers before one notice, and what they see and press. */
export async function aReviewHouse(
  freshTable: () => Promise<Table>,
  {
    stream = {},
    text = firstText,
    remarks = [] as readonly Remark[],
    row = {} as Partial<External>,
    publicText = undefined as NoticeContent | undefined,
  } = {},
) {
  const distributionWith = (change: object): Distribution =>
    aDistribution({
      senders: {
        internal: { name: 'Northwind lessons', address: 'lessons@example.com' },
        customers: { name: 'Northwind status', address: 'status@notices.example.com' },
      },
      streams: { ...aDistribution().streams, 'customer-notices': { ...noticeStream, ...change } },
    });
  const now = { distribution: distributionWith(stream) };
  const people: readonly Profile[] = [ruth, ruthElsewhere, tom, legal, ana, head, stranger];
  const world = await aWebWorld(await freshTable(), { people, distribution: now.distribution });
  Object.assign(world.deps, { distribution: async () => now.distribution });
  const [externals, artefacts, notices] = [
    dynamoExternals(world.table, () => world.clock.now),
    dynamoArtefacts(world.table, () => world.clock.now),
    dynamoPublicNotices(world.table),
  ];
  const artefactOf = (content: NoticeContent) => {
    return artefacts.put('checkout-down', { content, fragments: fragmentsOf(content, publicText !== undefined), remarks });
  };
  const { artefact } = await artefactOf(text);
  const n = publicText ? 2 : 1;
  const at = '2026-11-20T09:00:00Z';
  const shown = publicText && { n: 1, content: contentHash(publicText), artefact: (await artefactOf(publicText)).artefact, at };
  if (publicText) {
    await notices.putVersion(publicText.publicId, { version: 1, at, content: publicText });
    await notices.show({ publicId: publicText.publicId, version: 1, standing: 'public', publishedAt: at, at }, undefined);
  }
  const request = anOpenRequest({ n, content: contentHash(text), artefact, askedAt: '2026-11-23T08:40:00Z' });
  const put = async (change: Partial<External>) => {
    const before = await externals.read('checkout-down');
    const next = { ...(typeof before === 'object' ? before : anExternal({ version: 0, n, request, ...(shown && { shown }) })), ...change };
    if (!(await externals.put(next, dueOf(next, usualPace)))) throw new Error('somebody else wrote the row');
  };
  await put(row);
  const ask = world.serve(pageRoutes(world.deps));
  const link = (who: Profile = ruth, about = `checkout-down_${n}`) => world.token({ scope: 'review', subscriber: who.sid, about });
  const url = (who: Profile = ruth, about?: string) => `/review/${link(who, about)}`;
  const get = (path: string) => ask(aPageEvent('GET', path));
  const post = (path: string, form: Record<string, string | string[]>) => ask(aPageEvent('POST', path, { form }));
  const look = async (who: Profile = ruth, about?: string) => (await get(url(who, about))).body ?? '';
  const form = { n: String(n), content: request.content };
  return {
    ...world,
    ask,
    get,
    post,
    link,
    url,
    look,
    put,
    n,
    request,
    form,
    artefacts,
    row: async () => {
      const found = await externals.read('checkout-down');
      if (typeof found !== 'object') throw new Error('there is no row');
      return found;
    },
    press: (who: Profile, press: string, more: Record<string, string | string[]> = {}) => post(url(who), { ...form, press, ...more }),
    file: (change: object) => {
      now.distribution = distributionWith(change);
    },
    later: (instant: string) => {
      world.clock.now = new Date(instant);
    },
  };
}

/** As if this person had approved. */
export const approvedBy = (who: Profile, content: string, more: Partial<Approval> = {}): Approval => ({
  person: who.sid,
  sid: who.sid,
  at: '2026-11-23T09:00:00Z',
  content,
  ticked: [],
  ...more,
});
