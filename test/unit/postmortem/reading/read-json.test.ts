import { describe, expect, it } from 'vitest';
import { fromJson, refusal } from '../../../support/reading.ts';

const json = (more: Record<string, unknown>) => fromJson({ title: 'Disk full', severity: 'sev2', ...more });
const flawsOf = (more: Record<string, unknown>, url: { id?: string } = {}) =>
  refusal(() => fromJson({ title: 'Disk full', severity: 'sev2', ...more }, url));

describe('JSON', () => {
  it('under its wire names comes back as it is', () => {
    const whole = {
      id: 'disk-1',
      title: 'Disk full',
      severity: 'sev2',
      status: 'published',
      restricted: false,
      services: ['db'],
      authors: ['Jo'],
      tags: [],
      startedAt: '2026-10-05T09:14:00Z',
      summary: 'S',
      customerImpact: { text: 'T', customersAffected: 3, regions: ['eu'], externallyVisible: true },
      rootCauses: ['R'],
      contributingFactors: [],
      timeline: [{ at: '09:14', event: 'E' }],
      lessons: { wentWell: ['W'], wentWrong: [], gotLucky: [] },
      actionItems: [{ id: 'A-1', title: 'Do', owner: 'Jo', due: '2026-12-04', status: 'in-progress', link: 'https://example.com/A-1' }],
      support: { say: ['Sorry'], doNotSay: ['Fine'], workaround: 'Wait' },
      external: { title: 'X', body: 'Y' },
      links: [{ title: 'L', url: 'https://example.com/' }],
      sections: [{ heading: 'H', body: 'B' }],
    };
    const { postmortem, sections, warnings } = fromJson(whole);
    expect({ postmortem, sections, warnings }).toEqual({
      postmortem: whole,
      sections: ['summary', 'impact', 'cause', 'timeline', 'lessons', 'actions', 'support', 'external'],
      warnings: [],
    });
  });

  it('may use snake_case and the names of other tools', () => {
    const { postmortem } = json({
      occurred_at: '2026-10-05T09:00:00Z',
      impact: { scope: 'All carts', services: ['cart'], customers_affected: 12, notes: 'EU only' },
      detection: { method: 'alert', detected_at: '2026-10-05T09:05:00Z' },
      root_cause: { summary: 'A full disk', trigger: 'A backup', contributing_factors: ['No quota'], five_whys: ['Why?', 'Because.'] },
      action_items: [{ title: 'Quota', ticket: 'OPS-1', type: 'prevent', status: 'done' }, 'Alert'],
      lessons_learned: { went_well: 'Pager', went_wrong: [], got_lucky: ['Sunday'] },
      tickets: ['https://example.com/OPS-1'],
      reviewers: ['Kim'],
    });
    expect(postmortem).toMatchObject({
      startedAt: '2026-10-05T09:00:00Z',
      detectedAt: '2026-10-05T09:05:00Z',
      detection: 'alert',
      services: ['cart'],
      customerImpact: { text: 'EU only\n\nAll carts', customersAffected: 12 },
      rootCauses: ['A full disk'],
      trigger: 'A backup',
      contributingFactors: ['No quota'],
      lessons: { wentWell: ['Pager'], gotLucky: ['Sunday'] },
      sections: [
        { heading: 'Five whys', body: '1. Why?\n2. Because.' },
        { heading: 'Further fields', body: '- **reviewers:** Kim' },
      ],
    });
    expect(postmortem.actionItems).toEqual([
      { id: 'OPS-1', title: 'Quota', kind: 'prevent', status: 'done' },
      { title: 'Alert', status: 'open' },
    ]);
  });

  it('keeps a summary that is the title, so that what was read can be sent back', () => {
    expect(fromJson({ title: 'The pool ran dry', summary: 'The pool ran dry' }).postmortem.summary).toBe('The pool ran dry');
  });

  it('counts one string as a list of one, and an empty date as unknown', () => {
    const { postmortem } = json({ services: 'checkout, web', root_causes: 'One', startedAt: '', resolvedAt: null });
    expect(postmortem).toMatchObject({ services: ['checkout, web'], rootCauses: ['One'] });
    expect(postmortem.startedAt).toBeUndefined();
  });

  it('keeps what stands under a key that means nothing to us, at any depth, and says so', () => {
    const { postmortem, warnings } = json({ mood: 'red', actionItems: [{ title: 'a', weather: 'b' }] });
    expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: '- **mood:** red\n- **actionItems.0.weather:** b' }]);
    expect(warnings).toEqual(['Not understood and kept as text under "Further fields": mood, actionItems.0.weather.']);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['too deep', '['.repeat(100_000)],
    ['a prototype', '{"title":"a","__proto__":{"restricted":false}}'],
    ['NUL', '{"title":"a\\u0000"}'],
    ['half a surrogate pair', '{"title":"a\\ud800"}'],
  ])('is unreadable: %s', (_, text) => {
    expect(refusal(() => fromJson(text)).kind).toBe('unreadable');
  });

  it.each([
    ['a line break', { title: 'a\r\nBcc: b@example.com' }, 'title'],
    ['a slot sign', { owningTeam: 'a\u0002b' }, 'owningTeam'],
    ['a line separator', { tags: ['fine', 'a\u2028b'] }, 'tags.1'],
    ['a date that does not exist', { started_at: '2026-02-30' }, 'started_at'],
    ['a year before 1600', { startedAt: '1066-10-14' }, 'startedAt'],
    ['an end before the beginning', { startedAt: '2026-10-05', resolved_at: '2026-10-04' }, 'resolved_at'],
    ['a mitigation before the beginning', { startedAt: '2026-10-05', mitigatedAt: '2026-10-04' }, 'mitigatedAt'],
    ['a publication in the future', { publishedAt: '2026-10-08' }, 'publishedAt'],
    ['an unknown severity', { severity: 'banana' }, 'severity'],
    ['an unknown status', { status: 'perhaps' }, 'status'],
    ['a count that is none', { customerImpact: { customersAffected: 'many' } }, 'customerImpact.customersAffected'],
    ['an id of no letters', { id: '***' }, 'id'],
    ['a due date that is none', { action_items: [{ title: 'a', due: 'soon' }] }, 'action_items.0.due'],
    ['an action without a title', { actionItems: [{ owner: 'Jo' }] }, 'actionItems.0'],
    ['an unknown state of an action', { actionItems: [{ title: 'a', status: 'odd' }] }, 'actionItems.0.status'],
    ['a title that is too long', { title: 'a'.repeat(201) }, 'title'],
    ['a name that is too long', { customerImpact: { regions: ['a'.repeat(121)] } }, 'customerImpact.regions.0'],
    ['an object for a text', { summary: { a: 1 } }, 'summary'],
  ])('is refused with the field and a remedy: %s', (_, more, field) => {
    const { kind, flaws } = flawsOf(more);
    expect(kind).toBe('content');
    expect(flaws).toEqual([expect.objectContaining({ field, problem: expect.stringMatching(/./), remedy: expect.stringMatching(/./) })]);
  });

  it('tells everything that is wrong at once', () => {
    expect(flawsOf({ severity: 'x', status: 'y', due: 1, started: 'z' }).fields).toEqual(['severity', 'status', 'started']);
  });

  it('names the known severities in the refusal, and the one that was meant', () => {
    expect(flawsOf({ severity: 'critcal' }).flaws).toEqual([
      {
        field: 'severity',
        problem: '"critcal" is no severity here',
        remedy: 'Did you mean critical (sev1)? Known: sev1, sev2, sev3, sev4. Or leave it out.',
      },
    ]);
  });

  it('names the field that was meant, among those of the object that it stands in', () => {
    const { warnings } = json({ sevrity: 'sev1', actionItems: [{ title: 'a', ownr: 'Jo' }], mood: 'red' });
    expect(warnings).toEqual([expect.stringContaining('sevrity (did you mean severity?), mood, actionItems.0.ownr (did you mean owner?)')]);
  });

  it('takes the id from the address, and refuses another one inside', () => {
    expect(fromJson({ title: 'a', uuid: 'PM-1' }, { id: 'pm-1' }).postmortem.id).toBe('pm-1');
    expect(flawsOf({ id: 'pm-2' }, { id: 'pm-1' }).fields).toEqual(['id']);
    expect(fromJson({ title: 'a', id: 2467123 }, { id: 'pm-1' }).postmortem.id).toBe('pm-1');
    expect(fromJson({ title: 'a', id: 2467123 }).postmortem.id).toBe('2467123');
  });

  it('makes an id that can be kept of one that cannot, and says so', () => {
    const { postmortem, warnings } = fromJson({ title: 'a', severity: 'sev1', id: 'Größe 1' }, { id: 'groesse-1' });
    expect(postmortem.id).toBe('groesse-1');
    expect(warnings).toEqual([expect.stringContaining('The id "Größe 1"')]);
  });

  it('uses the incident’s id where there is no other', () => {
    expect(json({ incident_id: 'INC-41' }).postmortem.id).toBe('inc-41');
  });

  it('leaves out links that are no addresses of pages or people, and says so', () => {
    const { postmortem, warnings } = json({
      links: ['javascript:alert(1)', 'data:text/html,x', 'https://example.com', 'mailto:a@example.com'],
    });
    expect(postmortem.links.map(({ url }) => url)).toEqual(['https://example.com', 'mailto:a@example.com']);
    expect(warnings).toHaveLength(2);
  });

  it('counts a missing severity as unclassified, with a warning', () => {
    const { postmortem, warnings } = fromJson({ title: 'a' });
    expect(postmortem.severity).toBe('unclassified');
    expect(warnings).toEqual([expect.stringContaining('unclassified')]);
  });

  it.each([
    ['SEV1', 'sev1'],
    ['Sev-1', 'sev1'],
    ['s1', 'sev1'],
    ['P 1', 'sev1'],
    ['Critical', 'sev1'],
    ['sev_2', 'sev2'],
    ['Major', 'sev2'],
    ['minor', 'sev3'],
    ['low', 'sev4'],
  ])('knows the severity %s', (name, severity) => {
    expect(json({ severity: name }).postmortem.severity).toBe(severity);
  });

  it.each([
    ['in_review', 'preliminary'],
    ['complete', 'published'],
    ['Final', 'published'],
    ['reviewed', 'published'],
    ['WIP', 'draft'],
    ['withdrawn', 'retracted'],
  ])('knows the status %s', (name, status) => {
    expect(json({ status: name }).postmortem.status).toBe(status);
  });

  it.each([
    [{ visibility: 'public' }, false],
    [{ visibility: 'Internal' }, false],
    [{ visibility: 'confidential' }, true],
    [{ restricted: true }, true],
    [{ private: 'yes' }, true],
    [{ visibility: 'board only' }, true],
    [{ visibility: '' }, true],
    [{ restricted: 'perhaps' }, true],
    [{ restricted: false, visibility: 'private' }, true],
  ])('is restricted unless it plainly is not: %j', (more, restricted) => {
    expect(json(more).postmortem.restricted).toBe(restricted);
  });

  it('says that a visibility was not understood', () => {
    expect(json({ visibility: 'board only' }).warnings).toEqual([expect.stringContaining('restricted')]);
  });

  it('removes characters that nobody sees, and keeps emoji whole', () => {
    const { postmortem } = json({ title: 'a\u202eb\u200bc 👩‍💻', summary: 'x\u0003y\r\nz' });
    expect(postmortem).toMatchObject({ title: 'abc 👩‍💻', summary: 'xy\nz' });
  });

  it('is refused where its texts would be slow to parse', () => {
    expect(flawsOf({ summary: '- '.repeat(40) }).kind).toBe('content');
  });
});
