import { expect, it } from 'vitest';
import { heldWords } from '../../../core/connector/held-words.ts';
import { factOf, heldReasons, type InboundIncident, newInbound } from '../../../core/connector/inbound-incident.ts';
import { followsOf } from '../../../core/operator/held-follows.ts';
import { shownByReason, shownHeld, shownInbound } from '../../../core/operator/show-held.ts';
import { aStored } from '../../support/connector/world.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const at = '2026-11-24T10:00:00Z';
const aHeld = (facts: InboundIncident['facts'], change: Partial<InboundIncident> = {}): InboundIncident => ({
  ...newInbound('rootly', 'a1'),
  state: 'held',
  why: 'unmapped severity',
  since: at,
  facts,
  ...change,
});
const distribution = aDistribution({ connectors: { rootly: { severities: { Major: 'sev2' } } } });
const show = (one: InboundIncident, owner: 'nobody' | 'others' | 'ours' = 'nobody', isTold = false) =>
  shownInbound(one, {
    distribution,
    current: { owner, isTold },
    now: '2026-11-25T10:00:00Z',
  });
const does = (...given: Parameters<typeof show>) => show(...given).acts.map(({ command, does }) => `${command.split(' ')[2]}: ${does}`);
const title = factOf('Logins were slow', at, 'api');
const isPublic = factOf(false, at, 'api');
const finished = factOf('published' as const, at, 'api');

it('says what is missing, and what each command would do about it', () => {
  const { missing, acts } = show(aHeld({ title, severity: factOf('Odd', at, 'event'), private: isPublic, status: finished }));
  expect(missing).toEqual(['what the severity “Odd” counts as']);
  expect(acts.map(({ command, does }) => `${command}: ${does}`)).toEqual([
    'afterword held release rootly/a1 --severity SEVERITY: its postmortem is published, and whoever gets such mails is told',
    'afterword held map rootly/a1 --postmortem ID: the other postmortem tells of it',
    'afterword held ignore rootly/a1 --reason TEXT: nobody is told of it, and it is no longer asked about',
  ]);
});

it('does not promise more than a command does', () => {
  const [release] = show(aHeld({ title, private: isPublic, severity: factOf('Odd', at, 'event') })).acts;
  expect(release?.does).toBe('it is declared: a draft that awaits its postmortem');
  const withoutText = aHeld({ title, private: isPublic, status: finished, severity: factOf('Odd', at, 'event') }, { why: 'no text' });
  expect(show(withoutText).acts[0]?.does).toBe('it stays held: its document is finished and has no text');
  const elsewhere = aHeld({ title, private: isPublic, status: finished }, { why: 'published elsewhere' });
  // What a key stored is changed by no release.
  expect(does(elsewhere, 'others')).toEqual([
    'map: nobody is told of it, and it is no longer asked about',
    'ignore: nobody is told of it, and it is no longer asked about',
  ]);
});

it('promises nothing of a tool that the distribution file does not name, because nobody asks it', () => {
  const one = aHeld({ title, private: isPublic, status: finished, severity: factOf('Odd', at, 'api') });
  const { acts } = shownInbound(one, { distribution: aDistribution(), current: { owner: 'nobody', isTold: false }, now: at });
  expect(new Set(acts.map(({ does }) => does))).toEqual(
    new Set(['nothing follows until the distribution file names Rootly again: nobody asks it meanwhile']),
  );
});

it('says that what people know stays when it is ignored, and is restricted when it is not', () => {
  const told = aHeld({ title, private: isPublic, severity: factOf('Odd', at, 'api') }, { why: 'not found' });
  const { acts } = shownInbound(told, { distribution, current: { owner: 'ours', isTold: true }, now: at });
  expect(acts.at(-1)?.does).toContain('stays as people know it');
  expect(shownHeld(told, undefined).words?.remedy).toMatch(
    /^It is restricted .* If people may go on reading it, run afterword held ignore/,
  );
});

it('keeps back a title and an address while nobody knows that the incident is public', () => {
  const facts = { title, permalink: factOf('https://rootly.example.com/logins-were-slow', at, 'api') };
  const hidden = show(aHeld(facts, { why: 'visibility unknown' }));
  expect(JSON.stringify([hidden, shownHeld(aHeld(facts), undefined)])).not.toMatch(/logins/i);
  expect(hidden.missing).toContain('that it is public, by the API or an operator');
  expect(hidden.acts[0]?.command).toBe('afterword held release rootly/a1 --severity SEVERITY --public');
  expect(show(aHeld({ ...facts, private: isPublic })).facts).toContainEqual({ name: 'title', value: 'Logins were slow', at, seen: 'api' });
});

const severity = factOf('Major', at, 'api');

it('says of one in another state what each command that changes something would do', () => {
  const declared = aHeld({ title, private: isPublic, severity }, { state: 'declared', why: undefined, since: undefined });
  expect(does(declared, 'ours')).toEqual([
    'map: the other postmortem tells of it, and its own draft is taken back',
    'ignore: nobody is told of it, its draft is taken back, and it is no longer asked about',
  ]);
  const published = { ...declared, facts: { ...declared.facts, status: finished }, state: 'published' } as const;
  expect([show(published, 'ours', true).told, does(published, 'ours', true)]).toEqual([
    true,
    [
      'map: the other postmortem tells of it, and its own, which people know, is taken back: readers of an alert are mailed so',
      'ignore: what is stored of it stays as people know it, and it is no longer asked about',
    ],
  ]);
  const isPrivate = factOf(true, at, 'api');
  expect(
    does({ ...published, facts: { severity, private: isPrivate, status: finished }, state: 'hidden', why: 'private' }, 'ours'),
  ).toEqual(['release: its postmortem is published, and whoever gets such mails is told']);
  const gone = { ...published, state: 'hidden', why: 'gone' } as const;
  expect(does(gone, 'ours', true)[1]).toBe('ignore: what is stored of it stays as people know it, and it is no longer asked about');
  const deleted = factOf('deleted' as const, at, 'api');
  expect(does({ ...published, facts: { ...declared.facts, status: deleted }, state: 'hidden', why: 'deleted' }, 'ours')).toEqual([]);
});

it('offers to put away what could not be read, and nothing that does nothing', () => {
  const unread = aHeld({}, { ref: 'unreadable-1', why: 'unreadable', detail: 'It is not JSON.' });
  expect(show(unread)).toMatchObject({ missing: [], acts: [{ command: 'afterword held ignore rootly/unreadable-1 --reason TEXT' }] });
  expect(show({ ...unread, state: 'ignored' }).acts).toMatchObject([{ command: 'afterword held undo rootly/unreadable-1' }]);
});

it('says what an undo would do, where an operator said something', () => {
  const joins = factOf('pm-7', at, 'operator');
  const joined = aHeld({ title, private: isPublic, severity, status: finished, joins }, { state: 'joined', why: undefined });
  expect(does(joined, 'ours').at(-1)).toBe('undo: its postmortem is published, and whoever gets such mails is told');
  const released = aHeld({ title, severity, status: finished, private: factOf(false, at, 'operator') }, { state: 'published' });
  expect(does(released, 'ours', true).at(-1)).toMatch(/^undo: it is held: .* everybody may see it; what is stored of it is hidden/);
  const undone = aHeld({ title, severity, status: finished }, { state: 'published', takenBack: at });
  expect(does(undone, 'ours', true)).toContain(
    'ignore: nobody is told of it, and it is no longer asked about; what is stored of it is hidden, because the release is taken back',
  );
});

it('says what is wrong once, though the reason has it as well', () => {
  const unread = aHeld({}, { ref: 'unreadable-1', why: 'unreadable', detail: 'It is not JSON.' });
  expect(show(unread)).toMatchObject({ why: 'Rootly posted what cannot be read. It is not JSON' });
  expect(show(unread).detail).toBeUndefined();
  expect(show(aHeld({}, { why: 'no text', detail: 'Another word.' })).detail).toBe('Another word.');
});

it('puts first what nobody is told of and is or may be the most severe, then what was held last', () => {
  const distribution = aDistribution({ connectors: { rootly: { severities: { Worst: 'sev1', Major: 'sev2' } } } });
  const of = (ref: string, name: string, why = 'no text') => aHeld({ severity: factOf(name, at, 'api') }, { ref, why });
  const held = [
    of('low', 'Major'),
    of('known', 'Worst', 'published elsewhere'),
    of('gone', 'Worst', 'not found'),
    of('unreadable-1', 'Odd', 'unreadable'),
    of('worst', 'Worst'),
    of('odd', 'Odd', 'unmapped severity'),
  ];
  expect(shownByReason(held, distribution).map(({ id }) => id.replace('rootly/', ''))).toEqual([
    'odd',
    'worst',
    'unreadable-1',
    'gone',
    'known',
    'low',
  ]);
  expect(
    [of('worst', 'Worst'), of('known', 'Worst', 'not found'), of('low', 'Major')].map((one) => shownHeld(one, distribution)),
  ).toMatchObject([{ urgent: true }, { known: true }, {}]);
});

it('shows what is held for one reason as one, without a title, from when on the first one is', () => {
  const of = (ref: string, since: string, change: Partial<InboundIncident> = {}) =>
    aHeld(
      { severity: factOf('Odd', at, 'api'), title: factOf('Secret', at, 'api'), private: factOf(false, at, 'api') },
      { ref, since, ...change },
    );
  const held = [
    of('a', '2026-11-20T10:00:00Z', { why: 'unmapped severity' }),
    of('b', '2026-11-21T10:00:00Z', { why: 'refused', detail: 'The API answered 403.' }),
    of('c', '2026-11-22T10:00:00Z', { why: 'unmapped severity' }),
    of('d', '2026-11-23T10:00:00Z', { why: 'refused', detail: 'The title is missing.' }),
  ];
  expect(shownByReason(held, aDistribution())).toMatchObject([
    { id: 'rootly/d', title: 'Secret' },
    { id: 'rootly/c', since: '2026-11-20T10:00:00Z', alike: { count: 2, name: '2 incidents: rootly/c, rootly/a' } },
    { id: 'rootly/b', words: { remedy: expect.stringContaining('Give it a token that may read it') } },
  ]);
  expect(shownByReason(held, aDistribution())[1]).not.toHaveProperty('title');
});

it('says that the file says what a tool’s API never does, and what PagerDuty waits for', () => {
  const file = aDistribution({
    connectors: { pagerduty: { severities: { P1: 'sev1' }, keySees: 'public', declares: true }, firehydrant: { severities: {} } },
  });
  const shown = (source: 'firehydrant' | 'pagerduty', seen: 'api' | 'operator' = 'api') =>
    shownInbound(
      { ...aHeld({ title, severity: factOf('P1', at, 'api'), private: factOf(false, at, seen) }), source, ref: 'Q2' },
      { distribution: file, current: { owner: 'nobody', isTold: false }, now: '2026-11-25T10:00:00Z' },
    );
  const sawPrivate = (...given: Parameters<typeof shown>) => shown(...given).facts.find(({ name }) => name === 'private')?.seen;
  expect([sawPrivate('pagerduty'), sawPrivate('pagerduty', 'operator'), sawPrivate('firehydrant')]).toEqual(['file', 'operator', 'api']);
  expect(shown('pagerduty').missing).toEqual([
    'its postmortem, which PagerDuty does not have: publish it as pagerduty-q2, or under another id with a link to the page of the incident',
  ]);
  expect(shown('firehydrant').missing).toContain('a finished document, by the API');
});

it('says who would be told of a draft as it stands, also of an undated one: who finishes it publishes it now', () => {
  const distribution = aDistribution();
  const outlook = { distribution, current: { owner: 'ours', isTold: false }, now: '2026-11-25T10:00:00Z' } as const;
  const follows = (change: object, own: object = outlook, source: 'pagerduty' | 'rootly' = 'rootly') =>
    followsOf(
      aStored(aPostmortem({ status: 'draft', severity: 'sev1', publishedAt: undefined, ...change }), 1, source),
      { source },
      { ...outlook, ...own },
    );
  expect(follows({ startedAt: '2026-11-24T10:00:00Z' })).toEqual([
    expect.stringMatching(/^Once its document is finished, it tells: .*at once/),
  ]);
  const undated = { startedAt: undefined, detectedAt: undefined, mitigatedAt: undefined, resolvedAt: undefined };
  expect(follows(undated)).toEqual([expect.stringMatching(/^Once its document is finished, it tells: .*at once/)]);
  expect(follows(undated, outlook, 'pagerduty')[0]).toMatch(/^Once its postmortem is published under this id, it tells: /);
  expect(follows({ restricted: true })).toEqual([]);
  expect(follows({}, { current: { owner: 'others', isTold: false } })).toEqual([]);
});

it('says a severity that an operator gave', () => {
  const countsAs = factOf({ name: 'Odd', severity: 'sev2' as const }, at, 'operator');
  const { why, facts } = show(aHeld({ countsAs }, { state: 'hidden', why: 'private' }));
  expect([why, facts[0]]).toEqual(['private', { name: 'countsAs', value: 'Odd counts as sev2', at, seen: 'operator' }]);
});

it.each([...heldReasons, 'a reason of a later release'])('has one command for what is held as: %s', (why) => {
  const { remedy } = heldWords({ source: 'rootly', ref: 'a1', why, detail: 'Says so.', severity: 'Odd' });
  expect(remedy.match(/afterword held/g)).toHaveLength(1);
  expect(remedy).toMatch(/afterword held (release|ignore|map|show) rootly\/a1/);
});

it('sends whoever looks to the token where the API lets nobody in', () => {
  const refused = (detail: string) => heldWords({ source: 'rootly', ref: 'a1', why: 'refused', detail }).remedy;
  expect(refused('The API answered 401.')).toMatch(/^Give it a token/);
  expect(refused('The API answered 422.')).toMatch(/^Put it right in Rootly/);
});

it('quotes an id that a shell would read otherwise', () => {
  const { remedy } = heldWords({ source: 'rootly', ref: "a'; echo", why: 'no text' });
  expect(remedy).toContain(`afterword held ignore 'rootly/a'\\''; echo' --reason TEXT`);
});

it('has words for many of each reason that name one command or one remedy, and no single incident', () => {
  const many = heldReasons.map((why) => heldWords({ source: 'rootly', ref: 'a1', why, severity: 'Odd' }, 3));
  for (const { why, remedy } of many) {
    expect(`${why} ${remedy}`).not.toMatch(/a1|\bits document|\bof it\b/);
    expect(remedy).toMatch(/afterword (held \w+ ID|apply FILE)|secret of the connectors/);
    expect(remedy).not.toMatch(/\.$/);
  }
  expect(heldWords({ source: 'firehydrant', ref: 'a1', why: 'visibility unknown' }, 2).remedy).toContain('keySees: public');
  expect(heldWords({ source: 'rootly', ref: 'a1', why: 'visibility unknown' }, 2).remedy).toContain('held release ID --public');
});
