import { describe, expect, it } from 'vitest';
import { tokenScopes } from '../../../core/access/token.ts';
import type { ApprovalRequest } from '../../../core/approval/approval-request.ts';
import { oneEngine } from '../../support/one-engine.ts';
import {
  ana,
  approvedBy,
  aReviewHouse,
  cause,
  firstText,
  head,
  legal,
  noticeStream,
  ruth,
  ruthElsewhere,
  secondText,
  stranger,
  tom,
} from '../../support/reviewing.ts';
import { aPageEvent, customersKeys } from '../../support/web.ts';

const freshTable = oneEngine();
const aHouse = (given: Parameters<typeof aReviewHouse>[1] = {}) => aReviewHouse(freshTable, given);
const buttons = (body: string) => [...body.matchAll(/name="press" value="([a-z-]+)"/g)].map(([, name]) => name);
const plain = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the page of an approver', () => {
  it('says whose it is, shows a first text as new, the mail’s subject and two buttons', async () => {
    const body = await (await aHouse()).look();
    expect(plain(body)).toContain('You act as Ruth Abara, approver of notices to customers.');
    expect(body).toContain('r…a@example.com');
    expect(body).not.toContain('ruth.abara@');
    expect(plain(body)).toContain('Nothing of it is public yet');
    expect(plain(body)).toContain('Northwind status &lt;status@notices.example.com&gt;');
    expect(plain(body)).toContain(`Subject ${firstText.title}`);
    expect(plain(body)).toContain('written by Ana Silva');
    expect(body.indexOf('for the first time')).toBeLessThan(body.indexOf('The mail as it will look'));
    expect(buttons(body)).toEqual(['approve', 'send-back']);
    expect(body).not.toContain('<del>');
    expect(body.split('payments failed')).toHaveLength(2);
  });

  it('shows what differs from what is public first, in words that need no colour', async () => {
    const body = await (await aHouse({ text: secondText, publicText: firstText })).look();
    expect(plain(body)).toContain('Version 1, public since Friday 20 November at 10:00, Berlin time.');
    expect(plain(body)).toMatch(/Between taken out: 12:52 , end\. +put in: 12:35 , end\. +and 13:33 UTC/);
    expect(body).toMatch(/<del><span class="unseen">taken out: <\/span>We are looking for the cause\./);
    expect(plain(body)).toContain('The same as before: subject, state, times, products.');
    expect(body.indexOf('What differs')).toBeLessThan(body.indexOf('The mail as it will look'));
    expect(plain(body)).toContain('Subject Re: Checkout was unavailable');
    expect(buttons(body)).toEqual(['approve', 'send-back', 'withdraw']);
  });

  it('shows the mail alone without anybody’s links, sandboxed, and the page as customers would read it', async () => {
    const house = await aHouse({ text: secondText, publicText: firstText });
    const mail = await house.get(`${house.url()}/mail`);
    expect(mail.headers?.['content-security-policy']).toContain('sandbox');
    expect(mail.headers?.['cache-control']).toBe('no-store');
    expect(mail.body).toContain('A change to our database made it slow.');
    expect(mail.body).not.toContain('v1.');
    expect(mail.body).not.toMatch(/[\u0002\u0003]/);
    const page = await house.get(`${house.url()}/page`);
    expect(page).toMatchObject({ statusCode: 200, headers: { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' } });
    for (const words of [secondText.title, 'A change to our database', 'The exact times']) expect(page.body).toContain(words);
    expect(page.body).not.toContain('incident lessons');
    expect(page.body).not.toContain('checkout-down');
  });

  it('shows what changed on the page of a version that follows a withdrawn one', async () => {
    const row = { publicSince: '2026-11-18T09:00:00Z', withdrawn: { n: 1, at: '2026-11-19T09:00:00Z' } };
    const house = await aHouse({ text: secondText, row });
    const { body } = await house.get(`${house.url()}/page`);
    expect(body).toContain('The exact times');
    expect(plain(body ?? '')).toContain('Published on 18 November 2026');
  });

  it('shows remarks of the lint, each to be ticked by hand, and approves nothing while one is not', async () => {
    const house = await aHouse({ text: secondText, remarks: [cause, { ...cause, id: 'other', found: '5 < 6 "x"' }] });
    const body = await house.look();
    expect(body).toContain('“A change to our database”');
    expect(body).toContain('5 &lt; 6');
    expect(body).not.toMatch(/type="checkbox"[^>]*checked/);
    const { body: refused = '' } = await house.press(ruth, 'approve', { tick: [cause.id], reason: 'Typed <b>' });
    expect(plain(refused)).toContain('Nothing was changed. Not every remark is ticked.');
    expect(refused.match(/type="checkbox"[^>]*checked/g)).toHaveLength(1);
    expect(refused).toContain('Typed &lt;b&gt;');
    expect((await house.row()).request).toEqual(house.request);
    await house.press(ruth, 'approve', { tick: [cause.id, 'other'] });
    expect((await house.row()).request).toMatchObject({ approvals: [{ sid: ruth.sid, ticked: [cause.id, 'other'] }] });
  });

  it('approves once, owes a receipt, writes the audit, has it looked at, and tells of others only then', async () => {
    const house = await aHouse();
    await house.press(tom, 'approve');
    expect(await house.look(ruth)).not.toContain('Tom Lindqvist');
    expect(await house.look(ruth)).not.toContain('1 approval of');
    const { body = '' } = await house.press(ruth, 'approve');
    expect(plain(body)).toContain(
      'You approved it. That was the last approval that it needs. It is held until Monday 23 November at 11:10, Berlin time.',
    );
    expect(plain(body)).toContain(
      'Approved by Tom Lindqvist on Monday 23 November at 11:00, Berlin time , and by Ruth Abara'.replace(' ,', ','),
    );
    expect((await house.row()).request).toMatchObject({ state: 'approved', releaseAt: '2026-11-23T10:10:00Z' });
    expect((await house.row()).acts).toMatchObject([
      { act: 'approve', n: 1, by: tom.sid },
      { act: 'approve', n: 1, by: ruth.sid },
    ]);
    expect(house.looks).toEqual(['checkout-down', 'checkout-down']);
    const lines = await house.auditLines();
    expect(lines.map(({ act, who }) => [act, who]).toSorted()).toEqual(
      [
        ['notice approved', ruth.sid],
        ['notice approved', tom.sid],
      ].toSorted(),
    );
    expect(JSON.stringify([lines, house.mails, house.logged])).not.toMatch(/Checkout was|payments failed|@/);
  });

  it('counts both of two who press at once', async () => {
    const house = await aHouse({ stream: { approvals: 3 } });
    await Promise.all([ruth, tom, legal].map((who) => house.press(who, 'approve')));
    expect((await house.row()).request).toMatchObject({ state: 'approved', approvals: { length: 3 } });
  });

  it('counts the same form that is sent again once', async () => {
    const house = await aHouse();
    await Promise.all([1, 2, 3].map(() => house.press(ruth, 'approve')));
    expect((await house.row()).request).toMatchObject({ state: 'open', approvals: { length: 1 } });
    expect((await house.row()).acts).toHaveLength(1);
  });

  it('sends back with a reason alone, and says who did and why', async () => {
    const house = await aHouse();
    const { body: lacking = '' } = await house.press(ruth, 'send-back', { reason: '  ' });
    expect(lacking).toContain('Say why');
    expect(lacking).toContain('aria-invalid="true"');
    expect((await house.row()).request?.state).toBe('open');
    await house.press(ruth, 'send-back', { reason: 'Say <i>when</i>.' });
    const body = await house.look(tom);
    expect(plain(body)).toContain('Ruth Abara sent it back on Monday 23 November at 11:00, Berlin time.');
    expect(body).toContain('Say &lt;i&gt;when&lt;/i&gt;.');
    expect(body).not.toContain('payments failed');
    expect(buttons(body)).toEqual([]);
    expect((await house.get(`${house.url(tom)}/mail`)).statusCode).toBe(404);
    expect((await house.get(`${house.url(tom)}/page`)).statusCode).toBe(404);
  });

  it('stops in the hold, by one approver, with a reason', async () => {
    const house = await aHouse();
    await house.press(tom, 'approve');
    await house.press(ruth, 'approve');
    expect(buttons(await house.look(legal))).toEqual(['stop']);
    await house.press(legal, 'stop', { reason: 'Names a customer.' });
    expect((await house.row()).request).toMatchObject({ state: 'stopped', by: legal.sid, reason: 'Names a customer.' });
    expect((await house.row()).acts?.at(-1)).toMatchObject({ act: 'stop', n: 1, by: legal.sid });
    expect(plain(await house.look())).toContain('legal.duty@example.com stopped it');
  });

  it('withdraws what is public, with a reason, while something else is asked, which ends', async () => {
    const house = await aHouse({ text: secondText, publicText: firstText });
    const { body: lacking = '' } = await house.press(ruth, 'withdraw', { version: '1' });
    expect(lacking).toContain('Say why');
    const { body = '' } = await house.press(ruth, 'withdraw', { version: '1', reason: 'It was wrong.' });
    expect(plain(body)).toContain('You withdrew it.');
    expect(plain(body)).toContain('Customers read nothing of it any more.');
    expect(await house.row()).toMatchObject({ n: 3, withdrawn: { n: 3, reason: 'It was wrong.' }, request: { state: 'stopped' } });
    expect((await house.row()).acts?.at(-1)).toMatchObject({ act: 'withdraw', n: 1, by: ruth.sid });
    for (const about of ['checkout-down_1', 'checkout-down_2', 'checkout-down_3'])
      expect(plain(await house.look(tom, about)), about).toContain('This notice was withdrawn');
    await house.put({ n: 4, request: { ...house.request, n: 4 } });
    expect(plain(await house.look(tom, 'checkout-down_1'))).toContain('Version 4 is asked about now.');
  });
});

describe('whom the page lets approve', () => {
  it.each([
    ['a writer', ana, 'You may have written this text'],
    ['the same person by another address', ruthElsewhere, 'You approved it.'],
  ])('not %s, who may still send it back', async (_, who, words) => {
    const house = await aHouse({ stream: { approvals: 2 } });
    await house.press(ruth, 'approve');
    const body = await house.look(who);
    expect(body).toContain(words);
    expect(buttons(body)).toEqual(['send-back']);
    await house.press(who, 'approve');
    expect((await house.row()).request).toMatchObject({ state: 'open', approvals: { length: 1 } });
    await house.press(who, 'send-back', { reason: 'Not yet.' });
    expect((await house.row()).request?.state).toBe('sent back');
  });

  it('not somebody whose own entry is another, but whose name is that of one who approved', async () => {
    const approvers = [...noticeStream.approvers, { address: stranger.address }];
    const house = await aHouse({ stream: { approvers } });
    await house.put({ request: { ...house.request, approvals: [approvedBy(tom, house.request.content, { name: 'Eve Stone' })] } });
    const body = await house.look(stranger);
    expect(body).toContain('Somebody who may be the same person as you has approved it already.');
    expect(buttons(body)).toEqual(['send-back']);
  });

  it('nobody whom the file does not name any more, at once and with what they typed refused', async () => {
    const house = await aHouse();
    house.file({ approvers: noticeStream.approvers.slice(1) });
    for (const answer of [await house.get(house.url()), await house.press(ruth, 'approve'), await house.get(`${house.url()}/mail`)]) {
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain('You are not an approver any more');
      expect(answer.body).not.toContain('payments failed');
    }
    expect((await house.row()).request).toEqual(house.request);
  });

  it('nobody who is only told of it: they see that it waits, and whom to ask, and nothing of the text', async () => {
    const house = await aHouse();
    const { body = '', statusCode } = await house.get(house.url(head));
    expect(statusCode).toBe(200);
    expect(body).toContain('This notice waits for approvers');
    expect(body).toContain(tom.address);
    expect(body).not.toMatch(/payments failed|Checkout was/);
    expect(buttons(body)).toEqual([]);
    await house.press(head, 'approve');
    expect((await house.row()).request).toEqual(house.request);
    expect((await house.get(`${house.url(head)}/page`)).body).not.toContain('payments failed');
  });

  it('nobody whose form shows another text', async () => {
    const house = await aHouse();
    const { body = '' } = await house.press(ruth, 'approve', { content: 'f'.repeat(64) });
    expect(body).toContain('The text is not the one that you were shown.');
    expect((await house.press(ruth, 'approve', { n: '7' })).body).toContain('Something else stands here now.');
    expect((await house.row()).request).toEqual(house.request);
  });

  it('nobody a text that is not stored as it was asked', async () => {
    const house = await aHouse();
    await house.put({ request: { ...house.request, artefact: 'e'.repeat(64) } });
    const body = await house.look();
    expect(body).toContain('Nobody can approve it like that.');
    expect(buttons(body)).toEqual(['send-back']);
    expect((await house.press(ruth, 'approve')).body).toContain('Not every remark is ticked');
    expect((await house.row()).request).toMatchObject({ state: 'open', approvals: [] });
  });
});

describe('each state has its page', () => {
  const at = '2026-11-23T09:30:00Z';
  const [content, artefact] = ['1'.repeat(64), '2'.repeat(64)];
  it.each<[string, ApprovalRequest, string]>([
    ['held', { state: 'held', why: 'lint', at }, 'the new one is not asked about: The check found something'],
    [
      'another request',
      { state: 'open', n: 5, content, artefact, askedAt: at, reminded: 0, approvals: [] },
      'Version 5 is asked about now.',
    ],
    [
      'void',
      { state: 'void', n: 1, content, artefact, because: 'changed', at },
      'The text or its writers were changed after it was asked about.',
    ],
    ['void, hidden', { state: 'void', n: 1, content, artefact, because: 'not tellable', at }, 'may not be told of any more'],
    ['lapsed', { state: 'lapsed', n: 1, content, artefact, at }, 'Too few approvers answered within seven days'],
    ['stopped by an operator', { state: 'stopped', n: 1, content, artefact, by: 'key-1', reason: 'No.', at }, 'An operator stopped it'],
  ])('%s', async (_, request, words) => {
    const house = await aHouse();
    await house.put({ request });
    const body = await house.look();
    expect(plain(body)).toContain(words);
    expect(buttons(body)).toEqual([]);
    expect(body).not.toContain('payments failed');
    expect((await house.press(ruth, 'approve')).body).toContain('Nothing was changed.');
    expect((await house.row()).request).toEqual(request);
  });

  it('leaving and released, which can be withdrawn', async () => {
    const house = await aHouse();
    const { state: _, askedAt: _a, reminded: _r, ...asked } = house.request;
    const approvals = [approvedBy(ruth, asked.content), approvedBy(tom, asked.content)];
    await house.put({ request: { ...asked, state: 'releasing', approvals, at } });
    expect(buttons(await house.look())).toEqual(['withdraw']);
    const shown = { n: 1, content: asked.content, artefact: asked.artefact, at };
    await house.put({ request: { ...asked, state: 'released', approvals, at }, shown });
    const body = await house.look();
    expect(plain(body)).toContain('Customers read it since Monday 23 November at 10:30, Berlin time. Approved by Ruth Abara');
    expect(body).toContain('payments failed');
    expect(buttons(body)).toEqual(['withdraw']);
    await house.put({ hiddenSince: at });
    expect(await house.look()).not.toContain('checkout-down');
    await house.put({ request: { state: 'held', why: 'lint', at } });
    expect(plain(await house.look())).toContain('Customers read this version.');
  });

  it('of a row that a later release wrote is left to that release', async () => {
    const house = await aHouse();
    Object.assign(house.deps.reviewing, { externals: { read: async () => 'unknown' } });
    expect((await house.get(house.url())).statusCode).toBe(503);
    expect((await house.press(ruth, 'approve')).statusCode).toBe(503);
  });
});

describe('a link to approve', () => {
  const paths = ['', '/mail', '/page'];

  it('changes nothing by GET, HEAD, OPTIONS, nor by a press from elsewhere or of no button', async () => {
    const house = await aHouse();
    const before = await house.row();
    for (const path of paths)
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
        await house.ask(aPageEvent(method, `${house.url()}${path}?press=approve&n=1&content=${house.request.content}`));
    await house.ask(
      aPageEvent('POST', house.url(), { form: { ...house.form, press: 'approve' }, headers: { 'sec-fetch-site': 'cross-site' } }),
    );
    for (const press of ['', 'Approve', 'release', 'constructor']) expect((await house.press(ruth, press)).statusCode).toBe(400);
    for (const n of ['', '0', '-1', '1.5', '1e0', 'NaN']) expect((await house.press(ruth, 'approve', { n })).statusCode).toBe(400);
    for (const path of paths.slice(1)) expect((await house.post(`${house.url()}${path}`, { press: 'approve' })).statusCode).toBe(405);
    expect(await house.row()).toEqual(before);
    expect([house.mails, house.looks, await house.auditLines()]).toEqual([[], [], []]);
  });

  it('that is forged, of customers, revoked, of another scope or about nothing is one answer', async () => {
    const house = await aHouse();
    const about = 'checkout-down_1';
    const unknown = await house.get('/review/nothing');
    expect(unknown.statusCode).toBe(404);
    const claims = { scope: 'review', subscriber: ruth.sid, about } as const;
    const wrong = [
      house.token(claims, customersKeys),
      house.token(claims, { kid: 'k1', key: 'some other key that is long enough' }),
      house.token({ ...claims, realm: 'customers' }),
      house.token({ ...claims, generation: 4 }),
      house.token({ ...claims, subscriber: 'f'.repeat(32) }),
      ...['', 'checkout-down', 'checkout-down_0', 'unknown_1', 'checkout-down_1_x'].map((other) =>
        house.token({ ...claims, about: other }),
      ),
      ...tokenScopes.filter((scope) => scope !== 'review').map((scope) => house.token({ ...claims, scope })),
      `${house.link()}x`,
    ];
    for (const token of wrong)
      for (const path of paths) {
        expect(await house.get(`/review/${token}${path}`)).toEqual(unknown);
        if (path === '') expect(await house.post(`/review/${token}`, { ...house.form, press: 'approve' })).toEqual(unknown);
      }
    expect((await house.row()).request).toEqual(house.request);
  });

  it('opens nothing else', async () => {
    const house = await aHouse();
    for (const page of ['p', 'u', 'r', 'decisions', 'receipts', 'reminders', 'a', 'c', 'feed', 'view'])
      expect((await house.get(`/${page}/${house.link()}`)).statusCode).toBe(404);
  });

  it('that has expired shows and does nothing, and offers a new one by mail to its holder', async () => {
    const house = await aHouse();
    const [url, receipt] = [house.url(), house.url(ruth, 'checkout-down_1_a')];
    house.later('2026-11-30T10:00:01Z');
    for (const path of paths) {
      const { statusCode, body } = await house.get(`${url}${path}`);
      expect(statusCode).toBe(410);
      expect(body).not.toContain('payments failed');
    }
    const typed = await house.post(url, { ...house.form, press: 'approve', reason: 'Typed for long.' });
    expect(typed).toMatchObject({ statusCode: 410, body: expect.stringContaining('Typed for long.') });
    expect((await house.row()).request).toEqual(house.request);
    expect((await house.post(url, { press: 'new-link' })).body).toContain('Check your email');
    await house.post(receipt, { press: 'new-link' });
    const wanted = { kind: 'review-link', about: 'checkout-down_1', realm: 'staff', subscriber: ruth.sid };
    expect(house.mails).toEqual([wanted, wanted]);
    house.file({ approvers: noticeStream.approvers.slice(1) });
    expect((await house.post(url, { press: 'new-link' })).statusCode).toBe(403);
    expect(house.mails).toHaveLength(2);
  });

  it('takes only so many presses in a minute', async () => {
    const house = await aHouse();
    Object.assign(house.deps, { mayPress: () => false });
    expect((await house.press(ruth, 'approve')).statusCode).toBe(429);
    expect((await house.row()).request).toEqual(house.request);
  });
});
