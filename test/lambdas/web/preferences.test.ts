import { describe, expect, it } from 'vitest';
import { limits } from '../../../core/joining/limits.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';
import { aPageEvent, aWebWorld } from '../../support/web.ts';

const freshTable = oneEngine();
const since = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com', streams: { 'engineering-digest': since, 'sev1-alerts': since } });
const teams = [
  { name: 'Payments', services: ['ledger', 'Billing'], deputies: [] as string[] },
  { name: 'Storefront', services: ['cart'] },
];

/** The fields of the first form of a page that saves, as a browser would send them. */
function fieldsOf(html: string): Record<string, string[]> {
  const form =
    /<form method="post"><input type="hidden" name="shown".*?<\/form>(?=<p|<details|<form)/s.exec(
      html.slice(html.lastIndexOf('<form method="post"><input type="hidden" name="shown"')),
    )?.[0] ?? '';
  const fields: Record<string, string[]> = {};
  const add = (name: string | undefined, value: string) => {
    if (name) fields[name] = [...(fields[name] ?? []), value.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')];
  };
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const type = attribute(tag, 'type') ?? 'text';
    if ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag)) continue;
    add(attribute(tag, 'name'), attribute(tag, 'value') ?? '');
  }
  for (const [, head = '', body = ''] of form.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) {
    const options = [...body.matchAll(/<option[^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => /\sselected/.test(option)) ?? options[0] ?? '';
    add(attribute(head, 'name'), attribute(chosen, 'value') ?? '');
  }
  return fields;
}

async function aChooser({ person = ada, distribution = aDistribution({ teams }) } = {}) {
  const world = await aWebWorld(await freshTable(), { people: [person], distribution });
  const ask = world.serve(pageRoutes(world.deps));
  const link = `/p/${world.token({ scope: 'preferences', subscriber: person.sid })}`;
  const press = async (form: Record<string, string | string[]>, session?: string) =>
    (await ask(aPageEvent('POST', link, { form, session }))).body ?? '';
  const open = async (session?: string) => (await ask(aPageEvent('GET', link, { session }))).body ?? '';
  return {
    ...world,
    ask,
    link,
    open,
    press,
    /** Opens the page, changes these fields in it and saves. */
    async save(change: Record<string, string | string[]>, page?: string, session?: string) {
      return press({ ...fieldsOf(page ?? (await open(session))), ...change, press: 'save' }, session);
    },
    person: () => world.profile(person.sid),
  };
}

describe('the page', () => {
  it('shows every stream with what it is, when and why it comes, and what can be chosen', async () => {
    const { open } = await aChooser({ person: { ...ada, team: 'Storefront' } });
    const html = await open();

    expect(html).toContain('<legend>Engineering digest</legend>');
    expect(html).toContain('It comes weekly, on Monday at 09:00, Berlin time. You get it because you are in Storefront.');
    expect(html).toContain('Your next mail is the weekly digest on <b>Monday 30 November at 09:00</b>, Berlin time.');
    expect(html).toContain('<legend>Sev-1 alerts</legend>');
    expect(html).toContain('a…@example.com');
    expect(html).not.toContain('ada@example.com');
    expect(html).not.toMatch(/\sstyle=|<script/);
  });

  it('names the day and the hour at which a stream comes by itself', async () => {
    expect(await (await aChooser()).open()).toMatch(/>As sent \(Monday\)<.*>As sent \(09:00 Berlin\)</s);
  });

  it('changes nothing when it is looked at, or saved as it is', async () => {
    const { open, save, person, ask, link } = await aChooser();
    const before = await person();
    await open();
    for (const method of ['HEAD', 'OPTIONS', 'PATCH']) await ask(aPageEvent(method, link));

    expect(await save({})).toContain('Nothing changed. These settings were already saved.');
    expect(await person()).toEqual(before);
  });

  it('says that a day needs mails that do not come at once', async () => {
    const { save, person } = await aChooser();
    await save({ 'engineering-digest.frequency': 'published' });
    const before = await person();

    expect(await save({ 'engineering-digest.weekday': '5' })).toContain(
      'The day for Engineering digest counts only for mails that do not come at once. Choose “Weekly” as well.',
    );
    expect(await person()).toEqual(before);
    expect(await save({ 'engineering-digest.frequency': 'weekly', 'engineering-digest.weekday': '5' })).toContain('weekly, on Friday');
  });

  it('says what would come of leaving everything before it is pressed', async () => {
    expect(await (await aChooser({ person: { ...ada, address: 'nobody-named@example.com' } })).open()).toContain(
      'You will then get no more mail.',
    );
  });

  it('saves everything with one press, says what changed, and undoes it with another', async () => {
    const { save, person, press } = await aChooser();
    const html = await save({
      'engineering-digest.frequency': 'weekly',
      'engineering-digest.weekday': '3',
      'engineering-digest.hour': '7',
      zone: 'Asia/Kathmandu',
      'engineering-digest.follow': ['service:cart', 'team:payments'],
      'engineering-digest.leaveOut': 'tech:cobol',
      'engineering-digest.least': 'sev2',
      'sev1-alerts.frequency': 'off',
      pausedUntil: '2026-12-01',
      format: 'text',
      tracking: [],
    });

    expect(html).toContain('<b>Saved.</b>');
    expect(html).toContain('on Wednesday at 07:00, Kathmandu time');
    expect(await person()).toMatchObject({
      zone: 'Asia/Kathmandu',
      snoozedUntil: '2026-11-30T18:15:00Z',
      format: 'text',
      tracking: false,
      streams: {
        'engineering-digest': { follow: ['service:cart', 'team:payments'], leaveOut: ['tech:cobol'], least: 'sev2' },
        'sev1-alerts': { on: false },
      },
    });
    expect((await person())?.streams['engineering-digest']?.slots.at(-1)?.slot).toBe('w3-0700-Asia--Kathmandu');

    const [, undo = ''] = /<form method="post" class="acts">(.*?)<\/form>/s.exec(html) ?? [];
    const values = [...undo.matchAll(/name="(shown|before)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&quot;', '"'),
    ]);
    expect(await press({ ...Object.fromEntries(values), press: 'undo' })).toContain('<b>Saved.</b>');
    const back = await person();
    expect(back).toMatchObject({ streams: { 'sev1-alerts': { on: true } } });
    expect([back?.snoozedUntil, back?.format, back?.tracking, back?.streams['engineering-digest']?.follow]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(back?.streams['engineering-digest']?.slots.at(-1)?.slot).toBe('default');
  });

  it('lets two tabs win where they touch different fields', async () => {
    const { open, save, person } = await aChooser();
    const [one, other] = [await open(), await open()];
    await save({ 'sev1-alerts.frequency': 'off' }, one);
    await save({ format: 'text' }, other);

    expect(await person()).toMatchObject({ format: 'text', streams: { 'sev1-alerts': { on: false } } });
  });

  it.each([
    [{ pausedUntil: '2026-11-01' }, 'The end of the pause is not a day to come within a year'],
    [{ zone: 'Mars/Olympus' }, 'The time zone is not a zone that can be chosen'],
    [{ 'engineering-digest.hour': '25' }, 'The hour for Engineering digest is no hour of the day'],
    [{ 'engineering-digest.follow': 'x:<script>' }, 'What you follow'],
    [{ 'engineering-digest.least': 'sev9' }, 'The lowest severity'],
    [{ 'engineering-digest.frequency': 'hourly' }, 'Engineering digest is not how often'],
  ])('refuses what cannot be, in words, and keeps the rest of the form: %o', async (change, said) => {
    const { save, person } = await aChooser();
    const before = await person();
    const html = await save({ ...change, format: 'text' });

    expect(html).toContain('role="alert"');
    expect(html).toContain(said);
    expect(html).toContain('<option value="text" selected="">');
    expect(html).not.toContain('<script>');
    expect(await person()).toEqual(before);
  });

  it.each([
    [{}],
    [{ press: 'save' }],
    [{ press: 'save', shown: '{"zone":1}' }],
    [{ press: 'find', shown: 'x' }],
    [{ press: 'undo', shown: '[]', before: '{}' }],
  ])('takes no press that it did not offer: %o', async (form) => {
    const { ask, link, person } = await aChooser();
    const before = await person();

    expect(await ask(aPageEvent('POST', link, { form }))).toMatchObject({ statusCode: 400 });
    expect(await person()).toEqual(before);
  });
});

describe('searching for what to follow', () => {
  it('works without script: sends the form, keeps what was chosen and shows what fits, unsaved', async () => {
    const { open, press, person, table, clock } = await aChooser();
    await publish(table, { tags: ['Redis'], services: ['Checkout'] });
    clock.now = new Date('2026-11-23T10:02:00Z');
    const fields = { ...fieldsOf(await open()), find: 'PAY', press: 'find', 'engineering-digest.follow': 'tech:redis', format: 'text' };
    const html = await press(fields);

    expect(html).toContain('Not saved yet');
    expect(html).toContain('value="team:payments"');
    expect(html).not.toContain('value="service:cart"');
    expect(html).toMatch(/value="tech:redis" checked=""\/> Redis/);
    expect((await person())?.format).toBeUndefined();

    await press({ ...fieldsOf(html), 'engineering-digest.leaveOut': 'team:payments', press: 'save' });
    expect(await person()).toMatchObject({
      format: 'text',
      streams: { 'engineering-digest': { follow: ['tech:redis'], leaveOut: ['team:payments'] } },
    });
  });

  it('offers a name that nobody has used yet, and shows everything where nothing is asked', async () => {
    const { open, press } = await aChooser();
    const fields = fieldsOf(await open());

    expect(await press({ ...fields, find: 'Quantum <i>', press: 'find' })).toContain('value="tech:quantum &lt;i&gt;"');
    const all = await press({ ...fields, find: '', press: 'find' });
    for (const topic of ['team:payments', 'service:cart', 'service:billing']) expect(all).toContain(`value="${topic}"`);
  });
});

describe('a mandatory stream', () => {
  const locked = aDistribution({ teams: [{ name: 'Payments', deputies: ['ada@example.com'] }] });

  it('is locked with its reason, takes a delegate, and stays when everything is stopped', async () => {
    const grace = aProfile({ sid: '00000000000000000000000000000000', address: 'grace@example.com' });
    const { open, save, press, person, deps, begin } = await aChooser({ distribution: locked });
    const sid = (await import('../../../core/subscriber/subscriber-id.ts')).subscriberId(
      'staff',
      { normalised: 'grace@example.com' },
      'identity',
    );
    await deps.people.writeProfile({ ...grace, sid, revision: 1 }, 0);
    const session = await begin(ada.sid);
    const html = await open(session);

    expect(html).toContain('Always on: you are a deputy for Payments.');
    expect(html).not.toContain('name="sev1-alerts.frequency"');
    expect(
      await save({ 'sev1-alerts.delegate': 'nobody@example.com', 'sev1-alerts.delegateUntil': '2026-12-01' }, html, session),
    ).toContain('Your delegate for Sev-1 alerts is nobody who gets mail here');
    expect(await save({ 'sev1-alerts.delegate': 'grace@example.com', 'sev1-alerts.delegateUntil': '2026-12-01' }, html, session)).toContain(
      '<b>Saved.</b>',
    );
    expect((await person())?.streams['sev1-alerts']?.delegate?.sid).toBe(sid);
    expect(await open(session)).toContain('value="grace@example.com"');

    const [saving = '', stopping = ''] = (await open()).split('<h2>Unsubscribe</h2>');
    expect(saving).not.toContain('value="stop"');
    expect(stopping).toMatch(/^<p>You keep [^<]+ alerts, which you have to get\. Everything else stops\./);
    await press({ press: 'stop' });
    expect((await person())?.streams).toMatchObject({ 'engineering-digest': { on: false }, 'sev1-alerts': { on: true } });
  });

  it('is not switched off by a form that says so', async () => {
    const { save, person } = await aChooser({ distribution: locked });

    expect(await save({ 'sev1-alerts.frequency': 'off' })).toContain('cannot be switched off');
    expect((await person())?.streams['sev1-alerts']?.on).toBe(true);
  });
});

describe('the link', () => {
  it('makes all older ones invalid when asked, itself too', async () => {
    const { press, ask, link, token } = await aChooser();
    const read = `/r/${token({ scope: 'read', subscriber: ada.sid, about: 'engineering-digest_2026-W47' })}`;
    expect(await ask(aPageEvent('GET', read))).toMatchObject({ statusCode: 200 });
    await press({ press: 'renew' });

    expect(await ask(aPageEvent('GET', `/p/${token({ scope: 'preferences', subscriber: ada.sid })}`))).toMatchObject({ statusCode: 200 });
    const missing = await ask(aPageEvent('GET', '/p/nothing'));
    for (const old of [link, read]) expect(await ask(aPageEvent('GET', old))).toEqual(missing);
    expect(await ask(aPageEvent('POST', link, { form: { press: 'renew' } }))).toEqual(missing);
  });

  it('that is too old offers a new one, by mail and not on the page, the same to everyone', async () => {
    const { ask, link, clock, mails, person } = await aChooser();
    const before = await person();
    clock.now = new Date('2027-03-01T00:00:00Z');
    const page = await ask(aPageEvent('GET', link));

    expect(page).toMatchObject({ statusCode: 410, body: expect.stringContaining('Send me a new link') });
    expect(page.body).not.toContain('example.com');
    const answer = await ask(aPageEvent('POST', link, { form: { press: 'new-link' } }));
    expect(mails).toEqual([{ kind: 'new-link', realm: 'staff', subscriber: ada.sid, about: '' }]);
    expect(answer.body).not.toMatch(/\/p\/v1/);
    expect(answer.body).not.toContain('Nothing was saved');
    // Nobody who pressed in time for the old link believes that they chose.
    for (let n = 0; n < 4; n += 1)
      expect((await ask(aPageEvent('POST', link, { form: { press: 'stop' } }))).body).toContain('Nothing was saved');
    expect(await person()).toEqual(before);
    expect(mails).toHaveLength(limits.mailbox.most);
  });

  it.each(['unsubscribe', 'read', 'feed', 'confirm', 'approve'] as const)('of scope %s opens no choices', async (scope) => {
    const { ask, token } = await aChooser();
    const other = `/p/${token({ scope, subscriber: ada.sid, about: 'engineering-digest' })}`;

    expect(await ask(aPageEvent('GET', other))).toEqual(await ask(aPageEvent('GET', '/p/nothing')));
    expect(await ask(aPageEvent('POST', other, { form: { press: 'stop' } }))).toEqual(await ask(aPageEvent('GET', '/p/nothing')));
  });

  it('bears no more presses than a person makes', async () => {
    const { ask, link } = await aChooser();
    const answers = await Promise.all(Array.from({ length: 61 }, () => ask(aPageEvent('POST', link, { form: { press: 'x' } }))));

    expect(answers.filter(({ statusCode }) => statusCode === 429)).toHaveLength(1);
  });
});

describe('asking for a new link', () => {
  it('answers everyone alike, and mails whoever is there', async () => {
    const { ask, mails, deps } = await aChooser();
    const sid = (await import('../../../core/subscriber/subscriber-id.ts')).subscriberId(
      'staff',
      { normalised: 'lin@example.com' },
      'identity',
    );
    await deps.people.writeProfile(aProfile({ sid, address: 'lin@example.com', revision: 1 }), 0);
    const send = (address: string) => ask(aPageEvent('POST', '/new-link', { form: { address } }));
    const [known, unknown, elsewhere] = [
      await send(' LIN@example.com'),
      await send('nobody@example.com'),
      await send('a@elsewhere.example'),
    ];

    expect(known).toEqual(unknown);
    expect(known).toEqual(elsewhere);
    expect(mails).toEqual([{ kind: 'new-link', realm: 'staff', subscriber: sid, about: '' }]);
    for (let n = 0; n < 5; n += 1) expect(await send('lin@example.com')).toEqual(known);
    expect(mails.length).toBeLessThanOrEqual(3);
    expect((await send('"a@x" <b@y>')).body).toContain('This is not an email address');
  });
});
