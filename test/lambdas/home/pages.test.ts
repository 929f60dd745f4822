import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import type { AuditedAct } from '../../../core/audit/audit.ts';
import type { Resent } from '../../../core/delivery/resend.ts';
import type { HttpAnswer } from '../../../lambdas/shared/http-answer.ts';
import { anEdition, aSid } from '../../support/delivery.ts';
import { aHomeWorld, homeYaml, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const { id } = anEdition();
const path = `/home/editions/${id}`;
const now = () => new Date('2026-11-23T10:00:00Z');
const editions = () => dynamoEditionStore(table, now);
const done = (counts: Record<string, number>) => editions().setTally(id, 'default', { version: 1, counts });
/** The words of a page, without its styles. */
const wordsOf = ({ body = '' }: HttpAnswer) =>
  body
    .replace(/<style>.*?<\/style>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the first page', () => {
  it('says that nothing waits while all is well', async () => {
    const { open } = await aHomeWorld(table);
    // The file of the test is deployed nowhere.
    expect(wordsOf(await open('/home'))).toMatch(/Needs you Differs What is in force is not deployed/);
    expect(wordsOf(await open('/home'))).toContain('No edition was made yet.');
  });

  it('names what waits with what to do about it, and what was done by whom', async () => {
    await editions().create(anEdition());
    const { open, press } = await aHomeWorld(table);
    await press(`${path}/pause`, {});
    await press('/home/lanes/urgent/pause', {});

    const words = wordsOf(await open('/home'));

    expect(words).toContain('Paused The lane Urgent lets no mail through.');
    expect(words).toContain('Paused Two incidents is paused.');
    expect(words).toMatch(/lane paused: lane urgent ops@example.com/);
    expect(words).toMatch(/edition paused: edition engineering-digest_2026-W47 ops@example.com/);
  });

  it('says that reminders leave, and that a day of them is held back', async () => {
    const reminders = { at: '08:00', lastDay: '2026-11-20' };
    const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
    const first = async (more: object = {}) => {
      const status = async () => ({ ...empty, reminders: { ...reminders, ...more } });
      return wordsOf(await (await aHomeWorld(await freshTable(), { operator: { status } })).open('/home'));
    };

    expect(await first()).toMatch(
      /Nothing waits for you: .* Reminders leave at 08:00 on working days\. People were told up to 2026-11-20\./,
    );
    expect(await first({ late: '2026-11-23' })).toMatch(/Needs you Late Nobody was reminded of 2026-11-23 ?\./);
    const held = await first({ late: '2026-11-23', held: { people: 300, staff: 1000 } });
    expect(held).toMatch(/Held back Nobody was reminded of 2026-11-23 ?\. It would be 300 mails for a staff of 1000\./);
  });

  it('says what is overdue of reviews, and where to look', async () => {
    const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
    const status = async () => ({ ...empty, overdue: { reviews: 0, postmortems: 2, days: 1 } });
    const page = await (await aHomeWorld(await freshTable(), { operator: { status } })).open('/home');
    expect(wordsOf(page)).toMatch(/Needs you Overdue 2 postmortems not there yet ?, up to 1 working day\./);
    expect(page.body).toContain('href="/home/reviews?show=overdue"');
  });

  it('says what the directory was not let do, and what lets it through', async () => {
    const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
    const braked = [{ at: '2026-11-23T08:00:00Z', what: 'The directory may suspend at most 20.', remedy: 'Raise it' }];
    const status = async () => ({ ...empty, braked });
    const words = wordsOf(await (await aHomeWorld(await freshTable(), { operator: { status } })).open('/home'));
    expect(words).toMatch(/Needs you Held back The directory may suspend at most 20\. Since .* Raise it/);
  });

  it('says what is held, with its reason and one command', async () => {
    const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
    const one = {
      id: 'rootly/a1',
      since: '2026-11-23T08:00:00Z',
      why: 'no text',
      words: { why: 'it has no text', remedy: 'Write it: do so' },
    };
    const others = [
      { ...one, id: 'rootly/a2', urgent: true as const },
      { ...one, id: 'rootly/a3', title: 'Logins were slow' },
      { ...one, id: 'rootly/a4', alike: { count: 60, name: '60 incidents, such as rootly/a4' } },
    ];
    const status = async () => ({ ...empty, held: { first: [one, ...others], more: true } });
    const words = wordsOf(await (await aHomeWorld(await freshTable(), { operator: { status } })).open('/home'));
    expect(words).toMatch(/Needs you Held rootly\/a1 : it has no text\. Since .* Write it: do so/);
    expect(words).toContain('Urgent rootly/a2 : it has no text.');
    expect(words).toContain('Held Logins were slow : it has no text.');
    expect(words).toContain('Held 60 incidents, such as rootly/a4 : it has no text.');
    expect(words).toContain('More is held, for other reasons.');
  });

  it('sends authors to where they begin', async () => {
    const { open } = await aHomeWorld(table);
    expect((await open('/home', { as: 'author' })).statusCode).toBe(303);
  });
});

describe('editions', () => {
  it('that were superseded and lost their title say by their id which incident it was', async () => {
    const [alert, later] = ['sev1-alerts_search-down_r1', 'sev1-alerts_search-down_r2'];
    await editions().create(anEdition({ id: alert, stream: 'sev1-alerts', subject: 'Sev-1 alerts' }));
    await editions().supersede(alert, later);
    const { open } = await aHomeWorld(table);

    expect(wordsOf(await open('/home/editions'))).toContain(` ${alert} `);
  });

  it('are listed page by page, the latest first, with what became of them', async () => {
    for (let n = 10; n < 40; n += 1)
      await editions().create(
        anEdition({ id: `engineering-digest_2026-W${n}`, subject: `Edition ${n}`, scheduledFor: `2026-11-01T08:${n}:00Z` }),
      );
    const { open } = await aHomeWorld(table);

    const first = await open('/home/editions');
    expect(wordsOf(first)).toContain('Edition 39');
    expect(wordsOf(first)).not.toContain('Edition 14 ');
    const next = /href="(\/home\/editions\?cursor=[^"]+)"/.exec(first.body ?? '')?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(wordsOf(await open(next))).toContain('Edition 14');
    expect((await open('/home/editions?cursor=nonsense')).statusCode).toBe(422);
  });

  it('show what they carry, and each outcome in words beside the bar', async () => {
    await editions().create(anEdition());
    await done({ accepted: 1030, 'skipped: snoozed': 31, 'refused: MessageRejected': 2 });
    const { open } = await aHomeWorld(table);

    const answer = await open(path);

    const words = wordsOf(answer);
    expect(words).toContain('1,030 of 1,063 accepted');
    expect(words).toContain('31 skipped: snoozed · 2 refused: MessageRejected');
    expect(words).toContain('A failover pm-1, revision 1');
    expect(answer.body).not.toContain('style=');
    expect(words).not.toMatch(/ (Pause|Recall|Resend) /);
  });

  it('of an incident are listed with those of every stream, in words', async () => {
    const alert = 'sev1-alerts_pm-1_r2';
    const {
      carries: [one],
    } = anEdition();
    await editions().create(anEdition({ id: alert, stream: 'sev1-alerts', carries: one ? [one] : [] }));
    const mail = (edition: string, kind: string) => ({ edition, kind, revision: 4, at: '2026-11-23T09:00:00Z', state: 'complete' });
    const updates = async () => ({
      updates: [
        { stream: 'sev1-alerts', postmortem: 'pm-1', mails: [mail('sev1-alerts_pm-1_r1', 'first'), mail(alert, 'withdrawn')] },
        { stream: 'customer-impact', postmortem: 'pm-1', mails: [mail('customer-impact_pm-1_r1', 'first')] },
      ],
    });
    const { open } = await aHomeWorld(table, { operator: { updates } });

    const answer = await open(`/home/editions/${alert}`);

    expect(answer.body).toContain('href="/home/editions/customer-impact_pm-1_r1"');
    expect(wordsOf(answer)).toMatch(/Sev-1 alerts The first mail Revision 4, complete/);
    expect(wordsOf(answer)).toMatch(/Withdrawn Revision 4, complete/);
  });

  it('that are not there get the one answer', async () => {
    const { open } = await aHomeWorld(table);
    const nothing = { statusCode: 404, body: (await open('/home/nowhere')).body };
    for (const more of ['', '/reach', '/recall', '/pause', '/resend'])
      expect(await open(`/home/editions/none_1${more}`)).toMatchObject(nothing);
  });
});

describe('a brake', () => {
  beforeEach(() => editions().create(anEdition()));

  it('asks before it recalls, with the numbers, and changes nothing by asking', async () => {
    const { open, press, audit } = await aHomeWorld(table);

    const words = wordsOf(await open(`${path}/recall`));
    expect(words).toContain('Recall “Two incidents”?');
    expect(words).toContain('Nobody is known to have it so far.');
    expect(words).toContain('cannot be undone');
    expect(await audit()).toEqual([]);

    const { headers } = await press(`${path}/recall`, {});
    const after = wordsOf(await open(String(headers?.location)));
    expect(after).toContain('It is recalled.');
    expect(after).not.toContain('0 of 0');
    expect(await audit()).toMatchObject([{ who: sids.operator, act: 'edition recalled' }]);
  });

  it('has nothing to hold where everything has left', async () => {
    await done({ accepted: 3, unconfirmed: 3 });
    const { open } = await aHomeWorld(table);
    for (const how of ['pause', 'resume', 'recall']) expect(wordsOf(await open(`${path}/${how}`))).toContain(`Nothing to ${how}`);
    expect(wordsOf(await open(path))).toContain('Complete, 3 unconfirmed');
  });

  it('on its lane is said of the edition, and what waits behind the lane', async () => {
    const { open, press } = await aHomeWorld(table);
    await press('/home/lanes/bulk/pause', {});
    const first = wordsOf(await open('/home'));
    expect(first).toContain('Behind it waits Two incidents . It carries: digests and briefs.');
    for (const words of [first, wordsOf(await open(path)), wordsOf(await open('/home/editions'))]) {
      expect(words).toContain('Waits The lane Bulk is paused since');
      expect(words).not.toContain(' Sending ');
    }
  });

  it('says what it did only if it is so', async () => {
    const { open } = await aHomeWorld(table);
    expect(wordsOf(await open(`${path}?done=recall`))).not.toContain('It is recalled.');
  });

  it('tells why it is not possible in the words of the route', async () => {
    await done({ accepted: 1 });
    const { press } = await aHomeWorld(table);
    const answer = await press(`${path}/recall`, {});
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('a mail that has left cannot be taken back');
  });
});

describe('resending', () => {
  const unconfirmed = [sids.author, aSid(9)];
  const asked: unknown[] = [];
  const resend = async (_: string, subscribers: readonly string[]): Promise<Resent> => {
    asked.push(subscribers);
    return { asked: subscribers, underWay: [], left: [] };
  };
  const world = async () => {
    asked.length = 0;
    await editions().create(anEdition());
    const made = await aHomeWorld(table, { operator: { resend } });
    const { report } = made.deps.operator.editions;
    Object.assign(made.deps.operator.editions, {
      report: async (edition: string) => {
        const found = await report(edition);
        return found && { ...found, unconfirmed, counts: { unconfirmed: 2 } };
      },
    });
    return made;
  };

  it('shows who it is about, by address where they still are among the people', async () => {
    const { open } = await world();
    const words = wordsOf(await open(`${path}/resend`));
    expect(words).toContain('Of 2 mails nobody knows whether it arrived.');
    expect(words).toMatch(/ada@example.com\s+a person who is gone/);
  });

  it('sends to those who are chosen, for a reason that the audit keeps', async () => {
    const { press, audit, open } = await world();
    const { headers } = await press(`${path}/resend`, { who: sids.author, reason: 'SES had an outage' });
    expect(asked).toEqual([[sids.author]]);
    expect(wordsOf(await open(String(headers?.location)))).toContain('1 delivery will be settled or sent again');
    expect(await audit()).toMatchObject([{ act: 'deliveries resent', facts: { asked: 1, reason: 'SES had an outage' } }]);
  });

  it.each([
    [{ who: sids.author, reason: '' }, 'Write one line'],
    [{ who: sids.author, reason: 'ada@example.com asked' }, 'without an address'],
    [{ reason: 'SES had an outage' }, 'Nobody was chosen'],
  ])('sends nothing without a reason and somebody: %o', async (form, said) => {
    const { press, audit } = await world();
    const answer = await press(`${path}/resend`, form);
    expect([answer.statusCode, asked, await audit()]).toEqual([422, [], []]);
    expect(wordsOf(answer)).toContain(said);
  });
});

describe('what is in force', () => {
  const other = homeYaml.replace('name: Example Ltd', 'name: Example Inc').replace('zone: Europe/Berlin', 'zone: Europe/Paris');
  const hidden = (body: string | undefined, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(body ?? '')?.[1] ?? '';

  it('is shown, with what the stack was not made from', async () => {
    const { open } = await aHomeWorld(table);
    const words = wordsOf(await open('/home/in-force'));
    expect(words).toContain('name: Example Ltd');
    expect(words).toContain('It is not deployed everywhere');
    expect(words).toContain('organisation.zone');
  });

  it('changes by a file whose difference was shown, and by nothing else', async () => {
    const { press, open, deps } = await aHomeWorld(table);
    const shown = await press('/home/in-force', { press: 'try', file: other });
    const words = wordsOf(shown);
    expect(words).toContain('It would change 2 values');
    expect(words).toContain('organisation.name Example Ltd Example Inc');
    expect(shown.body).not.toContain('class="danger"');
    expect((await deps.operator.distribution.read())?.distribution.organisation.name).toBe('Example Ltd');

    const { headers } = await press('/home/in-force', { press: 'apply', file: other, against: hidden(shown.body, 'against') });
    expect(wordsOf(await open(String(headers?.location)))).toContain('The file is applied.');
    expect((await deps.operator.distribution.read())?.distribution.organisation.name).toBe('Example Inc');
  });

  it('stays where another file was applied since', async () => {
    const { press, deps } = await aHomeWorld(table);
    const against = hidden((await press('/home/in-force', { press: 'try', file: other })).body, 'against');
    const third = homeYaml.replace('Example Ltd', 'Example plc');
    await press('/home/in-force', { press: 'apply', file: third, against });

    const answer = await press('/home/in-force', { press: 'apply', file: other, against });
    expect(answer.statusCode).toBe(409);
    expect(wordsOf(answer)).toContain('Somebody applied another distribution file meanwhile');
    expect((await deps.operator.distribution.read())?.distribution.organisation.name).toBe('Example plc');
  });

  it('says line, field and remedy of each mistake, and keeps what was pasted', async () => {
    const { press } = await aHomeWorld(table);
    const answer = await press('/home/in-force', { press: 'try', file: other.replace('Europe/Paris', 'Mars/Base') });
    expect(answer.statusCode).toBe(422);
    expect(wordsOf(answer)).toMatch(/Line 3, column \d+: organisation.zone/);
    expect(answer.body).toMatch(/<textarea[^>]*>[^<]*Mars\/Base/);
  });

  it('warns whoever would lock themselves out', async () => {
    const { press } = await aHomeWorld(table);
    const file = homeYaml.replace('people: [ops@example.com]', 'people: [somebody@example.com]');
    expect(wordsOf(await press('/home/in-force', { press: 'try', file }))).toContain('You would no longer be an operator');
  });

  it('shows what was pasted as text', async () => {
    const { press } = await aHomeWorld(table);
    const answer = await press('/home/in-force', { press: 'try', file: '</textarea><script>alert(1)</script>' });
    expect(answer.body).not.toContain('<script>');
  });
});

describe('the audit', () => {
  it('takes a day, a postmortem and a person by address, and says what it cannot read', async () => {
    const { open, press } = await aHomeWorld(table);
    await press('/home/lanes/bulk/pause', {});

    expect(wordsOf(await open('/home/audit?since=2026-11-23&who=ops%40example.com'))).toContain('lane paused: lane bulk ops@example.com');
    expect(wordsOf(await open('/home/audit?who=rita%40example.com'))).toContain('Nothing was found for that.');
    expect(wordsOf(await open('/home/audit?until=2026-11-18'))).toContain('Nothing was found for that.');
    const turned = await open('/home/audit?since=2026-11-23&until=2026-11-20');
    expect([turned.statusCode, wordsOf(turned)]).toEqual([422, expect.stringContaining('is later than until')]);
    const bad = await open('/home/audit?since=yesterday');
    expect([bad.statusCode, wordsOf(bad)]).toEqual([422, expect.stringContaining('since')]);
  });
});

it('tells one press in one line, and who signed in', async () => {
  const { open, deps } = await aHomeWorld(table);
  const facts = { postmortem: 'pm-1', revision: 3 };
  const at = '2026-11-23T09:30:00Z';
  const line = (who: string, act: AuditedAct['act'], more: object) => ({ at, who, act, facts: { ...more } });
  const acts = {
    list: async () => ({
      acts: [
        line(sids.operator, 'postmortem retracted', { ...facts, reason: 'it was wrong' }),
        line(sids.operator, 'postmortem stored', { ...facts, status: 'retracted' }),
        line(sids.operator, 'postmortem stored', { postmortem: 'pm-1', revision: 2, status: 'published' }),
        line('reader', 'signed in', { subscriber: sids.author, way: 'mail' }),
      ],
    }),
  };
  Object.assign(deps.operator.acts, acts);

  const words = wordsOf(await open('/home/audit'));

  expect(words).toContain('it was wrong');
  expect(words).not.toContain('revision 3 of pm-1');
  expect(words).toContain('changed revision 2 of pm-1');
  expect(words).toContain('ada@example.com · ');
  expect(words).not.toContain('a reader, on a page');
});

it('shows lanes with what they carry, and moves dead letters back after asking', async () => {
  const moved: string[] = [];
  const letters = [{ body: JSON.stringify({ edition: id, slot: 'default', prefix: '0' }), sentAt: '2026-11-23T09:02:00Z' }];
  const { open, press, audit } = await aHomeWorld(table, {
    operator: {
      deadLetters: {
        movable: ['bulk', 'urgent'],
        fixed: [],
        look: async (name) => ({ name, count: name === 'bulk' ? 1 : 0, letters: name === 'bulk' ? letters : [] }),
        redrive: async (name) => {
          moved.push(name);
          return 'started';
        },
      },
    },
  });

  expect(wordsOf(await open('/home'))).toContain('1 message of bulk could not be handled.');
  expect(wordsOf(await open('/home/lanes'))).toContain(`eaders of ${id}`);
  expect(wordsOf(await open('/home/dead-letters/bulk/redrive'))).toContain('Move the dead letters of bulk back?');
  expect(moved).toEqual([]);
  const { headers } = await press('/home/dead-letters/bulk/redrive', {});
  expect(wordsOf(await open(String(headers?.location)))).toContain('The messages are being moved back.');
  expect(moved).toEqual(['bulk']);
  expect(await audit()).toMatchObject([{ who: sids.operator, act: 'dead letters moved' }]);
  expect((await open('/home/dead-letters/none/redrive')).statusCode).toBe(404);
});

it('shows what SES reported about an edition, and that a few readers are not counted', async () => {
  await editions().create(anEdition());
  const reach = { read: async () => ({ mails: 3, states: { delivered: 3 }, teams: [] }) };
  const { open } = await aHomeWorld(table, { operator: { reach } });
  const words = wordsOf(await open(`${path}/reach`));
  expect(words).toContain('delivered 3');
  expect(words).toContain('a count would show who opened it');
  expect(wordsOf(await open('/home/reach'))).toContain('Two incidents');
});
