import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoArtefacts, dynamoExternalLists, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { artefactPartKey, externalKey } from '../../adapters/dynamodb/table-shape.ts';
import { approvalFileOf } from '../../core/approval/approval-file.ts';
import type { ApprovalRequest } from '../../core/approval/approval-request.ts';
import type { AuditLine } from '../../core/audit/audit.ts';
import { noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import type { NoticePress } from '../../core/notice/after-press.ts';
import { usualPace } from '../../core/notice/due.ts';
import type { External } from '../../core/notice/external.ts';
import { type LookDeps, lookAtNotice, NoticeOfLaterRelease, type WantedReviewMail } from '../../core/notice/look.ts';
import { type OperatorAct, operateNotice } from '../../core/notice/operate-notice.ts';
import type { Remark } from '../../core/notice/ports.ts';
import { pressNotice } from '../../core/notice/press-notice.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import { type Instant, toInstant } from '../../core/shared/instant.ts';
import { waitingNotices } from '../../core/sweep/waiting-notices.ts';
import { aDistribution } from '../support/distribution.ts';
import { anEdition } from '../support/fragments.ts';
import { aSid } from '../support/notice.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const pm = 'pm-1';
const publicId = 'bcdfghjkmn';
const addresses = {
  a: 'ruth.abara@example.com',
  b: 'tom.lindqvist@example.com',
  c: 'legal.duty@example.com',
  d: 'head.of.support@example.com',
};
const sids = Object.fromEntries(Object.entries(addresses).map(([letter, address]) => [address, aSid(letter)]));
const file = aDistribution({
  products: [{ name: 'Checkout', services: ['checkout-api'] }],
  streams: {
    'customer-notices': {
      approvers: [{ address: addresses.a }, { address: addresses.b }, { address: addresses.c }],
      escalate: [addresses.d],
    },
  },
});
const external = {
  title: 'Slow checkout',
  body: 'Checkout was slow.',
  products: ['Checkout'],
  writtenBy: ['ana.silva@example.com'],
  ready: true,
};

function aStage() {
  let [now, revision] = [Date.parse('2026-11-17T14:00:00Z'), 1];
  let postmortem: Postmortem = aPostmortem({ id: pm, external, authors: ['Ana Silva'] });
  const mails: WantedReviewMail[] = [];
  const told: string[] = [];
  const rendered: string[] = [];
  const lines = new Map<string, AuditLine>();
  let failing: 'audit' | 'look' | 'nothing' = 'nothing';
  let remarks: readonly Remark[] | Error = [];
  const clock = () => new Date(now);
  let dueAt: Instant | undefined;
  const externals = dynamoExternals(table, clock);
  const stores = {
    externals: {
      ...externals,
      put(row: External, due: Instant | undefined) {
        if (row.postmortem === pm) dueAt = due;
        return externals.put(row, due);
      },
    },
    artefacts: dynamoArtefacts(table, clock),
  };
  const deps: LookDeps = {
    ...stores,
    lists: dynamoExternalLists(table),
    notices: dynamoPublicNotices(table),
    stored: async () => ({ postmortem, revision, hash: 'h', updatedAt: '2026-11-17T14:00:00Z', owed: [], editions: [], namedIn: [] }),
    file: async () => ({ distribution: file, sids }),
    async lint() {
      if (remarks instanceof Error) throw remarks;
      return remarks;
    },
    async render(_content, { isUpdate }) {
      rendered.push(isUpdate ? 'update' : 'first');
      return anEdition([]);
    },
    tell: async ({ version, fragments }) => void told.push(`${version} ${fragments ? 'text' : 'withdrawn'}`),
    mail: async (all) => void mails.push(...all),
    audit: {
      async record(line, id) {
        if (failing === 'audit') throw new Error('the log is not there');
        lines.set(id ?? String(lines.size), line);
      },
    },
    lookAgain: async () => {},
    failed: () => {},
    newPublicId: () => publicId,
    pace: usualPace,
    now: clock,
  };
  const rules = noticeRulesOf(file);
  const pressing = {
    ...stores,
    file: async () => rules && approvalFileOf(rules, sids),
    namesOf: async () => [],
    audit: deps.audit,
    async look() {
      if (failing === 'look') throw new Error('the queue is not there');
    },
    pace: usualPace,
    now: clock,
  };
  return {
    deps,
    told,
    rendered,
    lines: () => [...lines.values()],
    look: () => lookAtNotice(pm, deps),
    revise: (change: Partial<Postmortem>) => {
      postmortem = { ...postmortem, ...change };
      revision += 1;
    },
    lintFinds: (found: readonly Remark[] | Error) => {
      remarks = found;
    },
    async later(minutes: number) {
      now += minutes * 60_000;
      return lookAtNotice(pm, deps);
    },
    async row() {
      const row = await stores.externals.read(pm);
      if (!row || row === 'unknown') throw new Error('expected a row');
      return row;
    },
    async presses(letter: string, press: Partial<NoticePress> & { act: NoticePress['act'] }) {
      const row = await stores.externals.read(pm);
      const request = row === 'unknown' ? undefined : row?.request;
      const asked = request && 'n' in request ? { n: request.n, content: request.content } : {};
      const pressed = await pressNotice(pm, { ticked: [], ...asked, ...press } as NoticePress, { sid: aSid(letter) }, pressing);
      return pressed.kind === 'refused' ? pressed.why.refused : pressed.kind;
    },
    /** Whether nothing was due when its row was last written. */
    rests: () => dueAt === undefined,
    dueAt: () => dueAt,
    async operates(act: OperatorAct) {
      const by = { by: 'k1', at: toInstant(clock()), label: 'a key' };
      return (await operateNotice(pm, act, by, pressing)).kind;
    },
    mailed: () =>
      mails
        .splice(0)
        .filter(({ act }) => act === undefined)
        .map(({ kind, n, subscriber }) => `${kind} ${n} ${subscriber[0]}`),
    /** Each once, however often it was asked for: their ids follow from this. */
    receipts: () => [
      ...new Set(mails.filter(({ act }) => act).map(({ kind, act, n, subscriber, at }) => `${kind} ${act} ${n} ${subscriber[0]} ${at}`)),
    ],
    /** What fails from now on, of what follows a press. */
    fails(what: 'audit' | 'look' | 'nothing') {
      failing = what;
    },
  };
}

describe('a notice', () => {
  it('is asked once it stood for ten minutes, approved by two, released after the hold, and told', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(9);
    expect(stage.mailed()).toEqual([]);
    await stage.later(1);
    expect(stage.mailed()).toEqual(['review 1 a', 'review 1 b', 'review 1 c']);

    expect(await stage.presses('a', { act: 'approve' })).toBe('stored');
    expect(await stage.presses('a', { act: 'approve' })).toBe('same person');
    expect(await stage.presses('b', { act: 'approve' })).toBe('stored');
    await stage.later(9);
    expect(await stage.deps.notices.read(publicId)).toBeUndefined();
    expect(stage.mailed()).toEqual(['review-hold 1 a', 'review-hold 1 b', 'review-hold 1 c']);
    await stage.later(1);

    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 1, standing: 'public' });
    expect(await dynamoPublicNotices(table).readVersion(publicId, 1)).toMatchObject({ content: { title: 'Slow checkout' } });
    expect(stage.told).toEqual(['1 text']);
    expect(stage.lines().map(({ act }) => act)).toEqual(['notice asked', 'notice approved', 'notice approved', 'notice released']);
    expect(JSON.stringify(stage.lines())).not.toContain('Slow checkout');
    expect(await stage.row()).not.toHaveProperty('acts');
  });

  it.each(['audit', 'look'] as const)('loses no line and no receipt of a press after whose write the %s fails', async (what) => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    stage.fails(what);
    await expect(stage.presses('a', { act: 'approve' })).rejects.toThrow('is not there');
    expect(stage.dueAt()).toBe('2026-11-17T14:10:00Z');
    stage.fails('nothing');
    await stage.look();
    expect(stage.receipts()).toEqual(['review-receipt approve 1 a 2026-11-17T14:10:00Z']);
    stage.fails(what);
    await expect(stage.operates({ act: 'stop', reason: 'wrong' })).rejects.toThrow('is not there');
    stage.fails('nothing');
    await stage.look();

    expect(stage.lines().map(({ act, who, facts }) => [act, who, facts.n, facts.by])).toEqual([
      ['notice asked', 'compose', 1, undefined],
      ['notice approved', aSid('a'), 1, undefined],
      ['notice stopped', 'k1', 1, 'a key'],
    ]);
    expect(stage.receipts()).toEqual(['review-receipt approve 1 a 2026-11-17T14:10:00Z']);
    expect(await stage.row()).not.toHaveProperty('acts');
  });

  it('mails whoever pressed a receipt of each act, about what their page was about', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    await stage.later(10);
    await stage.presses('c', { act: 'withdraw', version: 1, reason: 'wrong' });
    await stage.look();

    expect(stage.receipts().map((one) => one.slice(15, -21))).toEqual(['approve 1 a', 'approve 1 b', 'withdraw 1 c']);
    expect(stage.lines().at(-1)).toMatchObject({ act: 'notice withdrawn', who: aSid('c'), facts: { n: 2 } });
  });

  it('is taken away with the postmortem, and comes back by a new request alone', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    await stage.later(10);

    stage.revise({ status: 'retracted' });
    await stage.look();
    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 2, standing: 'withdrawn' });
    expect(stage.told).toEqual(['1 text', '2 withdrawn']);

    stage.revise({ status: 'published' });
    await stage.look();
    await stage.later(60);
    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 2, standing: 'withdrawn' });
    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'no change' });
    stage.revise({ external: { ...external, change: 'It was withdrawn by mistake.' } });
    await stage.look();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 3 });
    expect(stage.rendered).toEqual(['first', 'update']);

    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    await stage.later(10);
    const first = '2026-11-17T14:20:00Z';
    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 3, standing: 'public', publishedAt: first });
    expect(await stage.row()).toMatchObject({ publicSince: first, shown: { n: 3 } });
  });

  it('that was withdrawn before anybody could see it is no update when it is asked again', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    const { notices } = stage.deps;
    Object.assign(stage.deps, { notices: { ...notices, show: () => Promise.reject(new Error('killed')) } });
    await expect(stage.later(10)).rejects.toThrow('killed');
    Object.assign(stage.deps, { notices });
    stage.revise({ status: 'retracted' });
    await stage.look();
    expect(await notices.read(publicId)).toMatchObject({ standing: 'unseen' });
    stage.revise({ status: 'published' });
    await stage.look();
    await stage.later(10);

    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 3 });
    expect(stage.rendered).toEqual(['first', 'first']);
  });

  it('that was shown and withdrawn before its row knew is an update when it is asked again', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    const { notices } = stage.deps;
    const show: typeof notices.show = async (...args) => (await notices.show(...args)) && Promise.reject(new Error('killed'));
    Object.assign(stage.deps, { notices: { ...notices, show } });
    await expect(stage.later(10)).rejects.toThrow('killed');
    Object.assign(stage.deps, { notices });
    stage.revise({ status: 'retracted' });
    await stage.look();
    expect(await stage.row()).toMatchObject({ publicSince: '2026-11-17T14:20:00Z' });
    stage.revise({ status: 'published', external: { ...external, change: 'It stands again.' } });
    await stage.look();
    await stage.later(10);

    expect(stage.rendered).toEqual(['first', 'update']);
  });

  it('that a person took back is asked again where somebody says so, and where its text is another', async () => {
    const stage = aStage();
    const text = { ...external, change: 'It is better told.' };
    const other = { ...text, body: 'Checkout was slow for an hour.' };
    stage.revise({ external: text });
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    await stage.later(10);
    stage.revise({ external: other });
    await stage.look();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 2 });

    await stage.presses('a', { act: 'withdraw', version: 1, reason: 'wrong' });
    await stage.look();
    stage.revise({ external: text });
    await stage.look();
    await stage.later(600);
    expect((await stage.row()).request).toMatchObject({ state: 'stopped', n: 2 });
    expect(stage.rests()).toBe(true);

    expect(await stage.operates({ act: 'ask' })).toBe('stored');
    await stage.look();
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 4 });
    stage.revise({ authors: ['Ana Silva', 'Ines Pohl'] });
    await stage.look();
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 5 });
  });

  it('that a person took back while it left is not asked by itself either, and another text is', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    const { notices } = stage.deps;
    Object.assign(stage.deps, { notices: { ...notices, putVersion: () => Promise.reject(new Error('killed')) } });
    await expect(stage.later(10)).rejects.toThrow('killed');
    Object.assign(stage.deps, { notices });
    expect(await stage.presses('b', { act: 'withdraw', version: 1, reason: 'wrong' })).toBe('stored');
    await stage.look();
    stage.lintFinds([{ id: 'x', rule: 'secret', level: 'refuse', part: 'body', found: 'hunter2', remedy: 'Take it out.' }]);
    stage.revise({ external: { ...external, body: 'Use hunter2.' } });
    await stage.look();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'lint' });
    stage.lintFinds([]);
    stage.revise({ external });
    await stage.look();
    await stage.later(600);

    expect(await stage.row()).not.toHaveProperty('request');
    expect(stage.rests()).toBe(true);
    stage.revise({ external: { ...external, body: 'Checkout was slow for an hour.' } });
    await stage.look();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 3 });
  });

  it('is asked as it is an hour after it began to change, and settles anew after that', async () => {
    const stage = aStage();
    const asked: number[] = [];
    for (let minute = 0; minute < 75; minute += 5) {
      stage.revise({ external: { ...external, body: `It took ${minute} minutes.` } });
      await stage.look();
      await stage.later(5);
      if (stage.mailed().some((mail) => mail.startsWith('review '))) asked.push(minute + 5);
    }
    expect(asked).toEqual([60]);
    await stage.later(5);
    expect(stage.mailed()).toEqual(['review 2 a', 'review 2 b', 'review 2 c']);
  });

  it('stays when the postmortem is restricted, and approvers are told once', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    await stage.later(10);
    stage.mailed();

    stage.revise({ restricted: true });
    await stage.look();
    await stage.later(600);

    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 1, standing: 'public' });
    expect(stage.mailed()).toEqual(['review-restricted 1 a', 'review-restricted 1 b', 'review-restricted 1 c']);
    expect(await stage.presses('c', { act: 'withdraw', version: 1, reason: 'restricted' })).toBe('stored');
    await stage.look();
    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 2, standing: 'withdrawn' });
  });

  it('that was never public is void when the postmortem is hidden, and notes that for as long as it is', async () => {
    const stage = aStage();
    stage.revise({ restricted: true });
    await stage.look();
    expect(await stage.deps.externals.read(pm)).toBeUndefined();
    stage.revise({ restricted: false });
    await stage.look();
    await stage.later(10);
    stage.mailed();

    stage.revise({ restricted: true });
    await stage.look();
    expect(await stage.row()).toMatchObject({ request: { because: 'not tellable' }, hiddenSince: '2026-11-17T14:10:00Z' });
    expect(stage.mailed()).toEqual(['review-void 1 a', 'review-void 1 b', 'review-void 1 c']);
    stage.revise({ restricted: false });
    await stage.look();
    expect(await stage.row()).not.toHaveProperty('hiddenSince');
  });

  it('is void once the text changes, also in its hold, and asked anew', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    stage.revise({ external: { ...external, body: 'Checkout was slow!' } });
    await stage.later(11);

    expect(await stage.deps.notices.read(publicId)).toBeUndefined();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 2, approvals: [] });
  });

  it('is void at the release if what was approved is not stored as it was', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    const { request } = await stage.row();
    const artefact = request && 'artefact' in request ? (request.artefact ?? '') : '';
    const key = artefactPartKey(pm, artefact, 0);
    const item = await table.read(key);
    const bytes = item?.bytes instanceof Uint8Array ? Uint8Array.from(item.bytes, (byte, n) => (n === 40 ? byte ^ 1 : byte)) : undefined;
    await table.put({ ...item, ...key, bytes });
    await stage.later(10);

    expect(await stage.deps.notices.read(publicId)).toBeUndefined();
    expect(stage.told).toEqual([]);
  });

  it('is reminded of after 4, 24 and 72 hours, the last time to others too, and lapses after a week', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    await stage.presses('a', { act: 'approve' });
    stage.mailed();
    const mails: string[] = [];
    for (let hour = 0; hour < 8 * 24; hour += 1) {
      await stage.later(60);
      mails.push(...stage.mailed());
    }

    const again = ['review-again 1 b', 'review-again 1 c'];
    expect(mails).toEqual([
      ...again,
      ...again,
      ...again,
      'review-again 1 d',
      'review-lapsed 1 a',
      'review-lapsed 1 b',
      'review-lapsed 1 c',
    ]);
    expect((await stage.row()).request?.state).toBe('lapsed');
  });

  it('is held with a reason, and asked once that is gone', async () => {
    const stage = aStage();
    stage.revise({ external: { ...external, writtenBy: [] } });
    await stage.look();
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'no writer' });

    stage.lintFinds(new Error('the finder is not there'));
    stage.revise({ external });
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'check failed' });
    stage.lintFinds([{ id: 'x', rule: 'secret', level: 'refuse', part: 'body', found: 'hunter2', remedy: 'Take it out.' }]);
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'lint' });
    expect(JSON.stringify(await table.read(externalKey(pm)))).not.toContain('hunter2');
    stage.lintFinds([]);
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 1 });
    expect(stage.mailed()).toEqual(['review 1 a', 'review 1 b', 'review 1 c']);
  });

  it('does not leave while nobody can say what is in it', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    stage.lintFinds(new Error('the finder is not there'));

    expect(await stage.later(10)).toBe('check failed');
    expect(await stage.deps.notices.read(publicId)).toBeUndefined();
    stage.lintFinds([]);
    await stage.look();
    expect(await stage.deps.notices.read(publicId)).toMatchObject({ version: 1 });
  });

  it('leaves no row of a postmortem that does not ask', async () => {
    const stage = aStage();
    stage.revise({ external: { ...external, ready: false } });

    expect(await stage.look()).toBe('rests');
    expect(await table.read(externalKey(pm))).toBeUndefined();
  });

  it('keeps as a writer whoever was named for this text, and asks again when one more is named', async () => {
    const stage = aStage();
    stage.revise({ external: { ...external, writtenBy: [addresses.a] } });
    await stage.look();
    await stage.later(10);
    expect(stage.mailed()).toEqual(['review 1 b', 'review 1 c']);
    stage.revise({ external });
    await stage.look();

    expect(stage.mailed()).toEqual(['review-void 1 a', 'review-void 1 b', 'review-void 1 c', 'review 2 b', 'review 2 c']);
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 2 });
    expect(await stage.presses('a', { act: 'approve' })).toBe('writer');
    stage.revise({ authors: [] });
    await stage.look();
    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 2 });
  });

  it('is not released when a writer is named in its hold', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['b', 'c']) await stage.presses(letter, { act: 'approve' });
    stage.revise({ external: { ...external, writtenBy: [...external.writtenBy, 'zquist@example.com'] } });
    await stage.later(11);

    expect((await stage.row()).request).toMatchObject({ state: 'open', n: 2, approvals: [] });
    expect(await stage.deps.notices.read(publicId)).toBeUndefined();
  });

  it.each(['before', 'after'])('is not public after all when it was changed while it left: killed %s the version', async (when) => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    for (const letter of ['a', 'b']) await stage.presses(letter, { act: 'approve' });
    const { notices } = stage.deps;
    const killed = () => Promise.reject(new Error('killed'));
    Object.assign(stage.deps, { notices: { ...notices, ...(when === 'before' ? { putVersion: killed } : { read: killed }) } });
    await expect(stage.later(11)).rejects.toThrow('killed');
    Object.assign(stage.deps, { notices });
    stage.revise({ external: { ...external, body: 'Cleaned.', ready: false } });
    await stage.later(60);

    expect(await notices.read(publicId)).toMatchObject({ version: 2, standing: 'unseen' });
    expect((await stage.row()).request).toMatchObject({ state: 'void', n: 1, because: 'changed' });
    expect(stage.told).toEqual([]);
  });

  it('is looked at again where a later release wrote its row, and quietly where it is asked for anyway', async () => {
    const stage = aStage();
    await stage.look();
    await stage.later(10);
    const item = await table.read(externalKey(pm));
    const ofLater = { ...item, ...externalKey(pm), request: { state: 'of a later release' } };
    // Its reminder is due four hours after it was asked.
    await table.put(ofLater);
    await expect(stage.later(60)).rejects.toThrow(NoticeOfLaterRelease);
    expect(await stage.later(181)).toBe('left alone');
    expect(await stage.deps.lists.isDue('pm-2', new Date('2026-11-17T20:00:00Z'))).toBe(false);
    expect(await waitingNotices({ ...dynamoExternalLists(table), now: () => new Date('2026-11-17T18:16:00Z') })).toHaveLength(1);
    const { gsi1pk: _, gsi1sk: _sk, ...resting } = ofLater as Record<string, unknown>;
    await table.put({ ...resting, ...externalKey(pm) });
    await expect(stage.look()).rejects.toThrow(NoticeOfLaterRelease);
    expect(stage.mailed()).toEqual(['review 1 a', 'review 1 b', 'review 1 c']);
  });

  it('is not asked beside twenty that are open, however many are held and due before them', async () => {
    const stage = aStage();
    const at = '2026-11-17T14:00:00Z' as const;
    const hash = 'a'.repeat(64);
    const rows = Array.from({ length: 230 }, (_, i) => ({ postmortem: `pm-${100 + i}`, version: 0, n: 0, mails: [] }));
    const held = { state: 'held', why: 'no product', at } as const;
    const open: ApprovalRequest = { state: 'open', n: 1, content: hash, artefact: hash, askedAt: at, reminded: 0, approvals: [] };
    const { put } = stage.deps.externals;
    await Promise.all(
      rows.map((row, i) =>
        i < 20 ? put({ ...row, n: 1, request: open }, '2026-11-17T18:00:00Z') : put({ ...row, request: held }, '2026-11-17T14:20:00Z'),
      ),
    );
    await stage.look();
    await stage.later(10);

    expect((await stage.row()).request).toMatchObject({ state: 'held', why: 'too many open' });
    // Two days later it is still looked at every ten minutes.
    for (let i = 0; i < 4; i += 1) await stage.later(720);
    const answered = await stage.deps.externals.read('pm-100');
    if (!answered || answered === 'unknown') throw new Error('expected a row');
    const lapsed: ApprovalRequest = { state: 'lapsed', n: 1, content: hash, artefact: hash, at };
    await stage.deps.externals.put({ ...answered, request: lapsed }, undefined);
    await stage.later(10);
    expect((await stage.row()).request).toMatchObject({ state: 'open' });
  });
});
