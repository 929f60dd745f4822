import { expect, it } from 'vitest';
import { fromJson, refusal } from '../../../support/reading.ts';

const postmortem = { title: 'Pool ran dry', summary: 'No orders.', severity: 'SEV1' };
const right = { title: 'Pool ran dry', summary: 'No orders.', severity: 'sev1' };

it.each([
  ['an incident', { incident: postmortem }],
  ['a postmortem', { postmortem }],
  [
    'an event with data',
    { event: { id: 'e1', type: 'incident_post_mortem.published', issued_at: '2026-10-01T00:00:00Z' }, data: postmortem },
  ],
  ['an event around data', { event: { id: 'e1', event_type: 'incident.resolved', data: postmortem } }],
  ['a resource of JSON:API', { data: { id: '9', type: 'incidents', attributes: postmortem } }],
  ['the name of the event', { event_type: 'public_incident.updated_v2', 'public_incident.updated_v2': postmortem }],
  ['a list of one', [{ result: [postmortem] }]],
])('is opened: %s', (_, sent) => {
  expect(fromJson(sent).postmortem).toMatchObject(right);
});

it('joins what is said outside and inside', () => {
  const { postmortem, warnings } = fromJson({
    title: 'Pool ran dry',
    summary: 'No orders for an hour.',
    incident: { id: '17', severity: 'SEV1', started_at: '2026-09-20T10:00:00Z', services: [{ name: 'pool' }] },
  });
  expect(postmortem).toMatchObject({
    id: '17',
    title: 'Pool ran dry',
    severity: 'sev1',
    startedAt: '2026-09-20T10:00:00Z',
    services: ['pool'],
  });
  expect(warnings).toEqual([]);
});

it('believes the postmortem before the incident, and what is outside before what is inside', () => {
  const incident = { title: 'INC-1', status: 'resolved', postmortem: { title: 'Why the pool ran dry', status: 'draft', summary: 'S' } };
  expect(fromJson({ incident }).postmortem).toMatchObject({ title: 'Why the pool ran dry', status: 'draft' });
  expect(fromJson({ name: 'Outer', incident: { title: 'Inner', severity: 'sev2' } }).postmortem.title).toBe('Outer');
});

it('takes the id inside only where no other is given, and does not argue about it', () => {
  expect(fromJson({ incident: { ...postmortem, id: 'P1' } }).postmortem.id).toBe('p1');
  expect(fromJson({ incident: { ...postmortem, id: 'Not an id' } }).postmortem.id).toMatch(/^pool-ran-dry-/);
  expect(fromJson({ incident: { ...postmortem, id: 'P1' } }, { id: 'file-name' }).postmortem.id).toBe('file-name');
});

it.each([
  ['inside', { incident: { ...postmortem, restricted: true } }],
  ['inside what is open outside', { restricted: false, incident: { ...postmortem, visibility: 'private' } }],
  ['in an unknown object', { ...postmortem, settings: { access: { private: true } } }],
  ['as a number', { ...postmortem, settings: { private: 1 } }],
  ['in the delivery', { webhook: { visibility: 'private' }, data: postmortem }],
  ['as a kind of incident', { incident: { ...postmortem, incidentType: 'private' } }],
  ['in the front matter of a text', { ...postmortem, body: '---\nrestricted: true\n---\nText' }],
  ['in a text', { ...postmortem, body: '# Pool\n\nVisibility: private\n' }],
])('is restricted where it says so %s', (_, sent) => {
  expect(fromJson(sent).postmortem.restricted).toBe(true);
});

it.each(['restrictd', 'Restriced'])('refuses %s at every level', (key) => {
  expect(refusal(() => fromJson({ incident: { ...postmortem, [key]: true } })).fields).toEqual([`incident.${key}`]);
});

it('refuses several at once, and says how to send them', () => {
  const { kind, flaws } = refusal(() => fromJson({ postmortems: [postmortem, postmortem] }));
  expect(kind).toBe('unreadable');
  expect(flaws[0]).toMatchObject({
    problem: 'holds a list ("postmortems") of 2 objects',
    remedy: expect.stringContaining('one postmortem at a time'),
  });
  expect(refusal(() => fromJson([postmortem, postmortem])).kind).toBe('unreadable');
});

it.each([
  [
    'a package',
    { name: 'shop', version: '1.0.0', description: 'A shop', main: 'index.js', scripts: { test: 'vitest' }, dependencies: {} },
    'main',
  ],
  ['a ping', { zen: 'Keep it simple.', hook: { id: 1 }, since: 3 }, 'zen'],
  ['a notice without the document', { event_type: 'private_incident.updated_v2', 'private_incident.updated_v2': { id: '01H' } }, 'title'],
  ['nothing', {}, 'title'],
])('refuses what is no postmortem, with a field and a remedy: %s', (_, sent, field) => {
  const { flaws } = refusal(() => fromJson(sent));
  expect(flaws).toEqual([expect.objectContaining({ field, remedy: expect.stringMatching(/./) })]);
});

it('keeps unknown keys as text, with one warning, and leaves out what only a program uses', () => {
  const { postmortem: read, warnings } = fromJson({
    ...postmortem,
    colour_of_day: 'red',
    money_lost: { amount: 1200, currency: 'EUR' },
    html_url: 'https://example.com/1',
    node_id: 'x',
    empty: '',
  });
  expect(read.sections).toEqual([
    { heading: 'Further fields', body: '- **colour of day:** red\n- **money lost:** amount: 1200; currency: EUR' },
  ]);
  expect(warnings).toEqual(['Not understood and kept as text under "Further fields": colour of day, money lost.']);
});

it('reads a text of Markdown as a body, below the fields', () => {
  const body =
    '# Other title\n\n## Summary\nThe pool was too small.\n\n## Root cause\nNobody watched.\n\n## Action items\n- [ ] Watch it (Jo, 2026-12-04)\n';
  for (const key of ['body', 'content', 'markdown', 'postmortem_body']) {
    const { postmortem: read, sections } = fromJson({ title: 'Pool ran dry', severity: 'SEV1', [key]: body });
    expect(read).toMatchObject({
      title: 'Pool ran dry',
      summary: 'The pool was too small.',
      rootCauses: ['Nobody watched.'],
      actionItems: [{ title: 'Watch it', owner: 'Jo', due: '2026-12-04' }],
    });
    expect(sections).toEqual(['summary', 'cause', 'actions']);
  }
});
