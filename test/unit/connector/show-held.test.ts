import { expect, it } from 'vitest';
import { heldWords } from '../../../core/connector/held-words.ts';
import { factOf, heldReasons, type InboundIncident, newInbound } from '../../../core/connector/inbound-incident.ts';
import { shownHeld, shownInbound } from '../../../core/operator/show-held.ts';

const at = '2026-11-24T10:00:00Z';
const aHeld = (facts: InboundIncident['facts'], change: Partial<InboundIncident> = {}): InboundIncident => ({
  ...newInbound('rootly', 'a1'),
  state: 'held',
  why: 'unmapped severity',
  since: at,
  facts,
  ...change,
});
const show = (one: InboundIncident, owner: 'nobody' | 'others' = 'nobody') =>
  shownInbound(one, { distribution: undefined, current: { owner, isTold: false }, now: '2026-11-25T10:00:00Z' });
const title = factOf('Logins were slow', at, 'api');
const isPublic = factOf(false, at, 'api');
const finished = factOf('published' as const, at, 'api');

it('says what is missing, and what each command would do about it', () => {
  const { missing, acts } = show(aHeld({ title, severity: factOf('Odd', at, 'event'), private: isPublic, status: finished }));
  expect(missing).toEqual(['what the severity “Odd” counts as']);
  expect(acts.map(({ command, does }) => `${command}: ${does}`)).toEqual([
    'afterword held release rootly/a1 --severity SEVERITY: its postmortem is published, and whoever gets such mails is told',
    'afterword held map rootly/a1 --postmortem ID: the other postmortem tells of it, and its own draft is taken back',
    'afterword held ignore rootly/a1 --reason TEXT: nobody is told of it, and it is no longer asked about',
  ]);
});

it('does not promise more than a command does', () => {
  const [release] = show(aHeld({ title, private: isPublic, severity: factOf('Odd', at, 'event') })).acts;
  expect(release?.does).toBe('it is declared: a draft that awaits its postmortem');
  const withoutText = aHeld({ title, private: isPublic, status: finished, severity: factOf('Odd', at, 'event') }, { why: 'no text' });
  expect(show(withoutText).acts[0]?.does).toBe('it stays held: its document is finished and has no text');
  const elsewhere = aHeld({ title, private: isPublic, status: finished }, { why: 'published elsewhere' });
  expect(show(elsewhere, 'others').acts.map(({ does }) => does)).toEqual([
    expect.stringContaining('it stays held: a key or a person stored its postmortem'),
    'nobody is told of it, and it is no longer asked about',
    'nobody is told of it, and it is no longer asked about',
  ]);
});

it('says that what people know stays when it is ignored, and is restricted when it is not', () => {
  const told = aHeld({ title, private: isPublic, severity: factOf('Odd', at, 'api') }, { why: 'not found' });
  const { acts } = shownInbound(told, { distribution: undefined, current: { owner: 'ours', isTold: true }, now: at });
  expect(acts.at(-1)?.does).toContain('stays as people know it');
  expect(shownHeld(told).words?.remedy).toMatch(/^It is restricted .* If people may go on reading it, run afterword held ignore/);
});

it('keeps back a title and an address while nobody knows that the incident is public', () => {
  const facts = { title, permalink: factOf('https://rootly.example.com/logins-were-slow', at, 'api') };
  const hidden = show(aHeld(facts, { why: 'visibility unknown' }));
  expect(JSON.stringify([hidden, shownHeld(aHeld(facts))])).not.toMatch(/logins/i);
  expect(hidden.missing).toContain('that it is public, by the API or an operator');
  expect(hidden.acts[0]?.command).toBe('afterword held release rootly/a1 --severity SEVERITY --public');
  expect(show(aHeld({ ...facts, private: isPublic })).facts).toContainEqual({ name: 'title', value: 'Logins were slow', at, seen: 'api' });
});

it('shows one that is held no more without acts, and says a severity that an operator gave', () => {
  const countsAs = factOf({ name: 'Odd', severity: 'sev2' as const }, at, 'operator');
  const { acts, why, facts } = show(aHeld({ countsAs }, { state: 'hidden', why: 'private' }));
  expect([acts, why, facts[0]]).toEqual([[], 'private', { name: 'countsAs', value: 'Odd counts as sev2', at, seen: 'operator' }]);
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
