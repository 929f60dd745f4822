import { describe, expect, it } from 'vitest';
import { connectors } from '../../../core/connector/connectors.ts';
import { idAtVendor } from '../../../core/postmortem/id-at-vendor.ts';
import { fireHydrantEvents, fireHydrantId } from '../../support/connector/firehydrant-events.ts';
import { incidentId, incidentIoEvents } from '../../support/connector/incident-io-events.ts';
import { pagerDutyEvents, pagerDutyId } from '../../support/connector/pagerduty-events.ts';
import { rootlyEvents, rootlyIncidentId } from '../../support/connector/rootly-events.ts';
import { statuspageEvents, statuspageId } from '../../support/connector/statuspage-events.ts';

const signedAt = '2026-11-20T00:00:00Z';
const seen = 'event';

describe('an event of incident.io', () => {
  const read = (name: keyof typeof incidentIoEvents) => connectors['incident-io'].readEvent(incidentIoEvents[name], signedAt);
  const about = (facts: Record<string, unknown>, ref = incidentId) => ({ kind: 'about', ref, facts });
  const critical = (at: string, value = 'Critical', rank = 3) => ({ severity: { value, rank, at, seen } });

  it.each([
    ['created', about(critical('2026-11-16T08:03:33Z'))],
    ['severityChanged', about(critical('2026-11-18T09:00:00Z', 'Minor', 1))],
    ['statusChanged', about(critical('2026-11-18T09:00:00Z'))],
    ['inReview', about({ status: { value: 'review', at: '2026-11-18T08:00:00Z', seen } })],
    ['completed', about({ status: { value: 'published', at: '2026-11-18T10:00:00Z', seen } })],
    ['complete', about({ status: { value: 'published', at: '2026-11-18T10:00:00Z', seen } })],
    ['reopened', about({ status: { value: 'draft', at: '2026-11-19T10:00:00Z', seen } })],
    ['privateIncident', about({ private: { value: true, at: signedAt, seen } })],
    ['privateDocument', about({ private: { value: true, at: signedAt, seen } }, '01HZZK0F6C9Q0V9S2F4W1QJ8ZD')],
    ['exercise', { kind: 'other' }],
    ['followUp', { kind: 'other' }],
    ['withoutType', { kind: 'unreadable', why: 'It has no event_type.' }],
    ['withoutPayload', { kind: 'unreadable', why: 'It has no member that is named after its event_type.' }],
    ['withoutSeverity', about({})],
  ] as const)('%s', (name, expected) => {
    expect(read(name)).toEqual(expected);
  });
});

describe('an event of Rootly', () => {
  const read = (name: keyof typeof rootlyEvents) => connectors.rootly.readEvent(rootlyEvents[name], signedAt);
  const about = (facts: Record<string, unknown>) => ({ kind: 'about', ref: rootlyIncidentId, facts });
  const severe = { severity: { value: 'SEV1', at: '2026-11-18T09:00:00Z', seen } };
  const status = (value: string, at = '2026-11-18T10:00:00Z') => ({ status: { value, at, seen } });

  it.each([
    ['created', about({})],
    ['severe', about(severe)],
    ['severityByName', about(severe)],
    ['severityAsResource', about(severe)],
    [
      'madePrivate',
      about({ severity: { ...severe.severity, at: '2026-11-19T09:00:00Z' }, private: { value: true, at: '2026-11-19T09:00:00Z', seen } }),
    ],
    ['incidentDeleted', about({ ...severe, ...status('deleted', '2026-11-18T09:00:00Z') })],
    ['exercise', { kind: 'other' }],
    ['scheduled', { kind: 'other' }],
    ['drafted', about(status('draft'))],
    ['published', about(status('published'))],
    ['deleted', about(status('deleted', '2026-11-18T10:00:00.546Z'))],
    ['alert', { kind: 'other' }],
    ['trailingComma', { kind: 'unreadable', why: 'It is not JSON.' }],
    ['withoutIncident', { kind: 'unreadable', why: 'It does not say which incident it is about.' }],
    ['withoutData', { kind: 'unreadable', why: 'It has no data.' }],
  ] as const)('%s', (name, expected) => {
    expect(read(name)).toEqual(expected);
  });
});

const nobody = { kind: 'unreadable', why: 'It does not say which incident it is about.' };

describe('an event of FireHydrant', () => {
  const about = (facts: Record<string, unknown> = {}) => ({ kind: 'about', ref: fireHydrantId, facts });
  it.each([
    ['opened', about()],
    ['resolved', about()],
    ['retrospectiveCompleted', about()],
    ['closed', about()],
    ['severityAsText', about()],
    ['madePrivate', about({ private: { value: true, at: signedAt, seen } })],
    ['archived', about({ status: { value: 'deleted', at: '2026-11-19T09:00:00Z', seen } })],
    ['saysPublic', about()],
    ['changeEvent', { kind: 'other' }],
    ['signal', { kind: 'other' }],
    ['withoutId', nobody],
    ['longId', nobody],
    ['withoutData', { kind: 'unreadable', why: 'It has no data.' }],
    ['emptyData', { kind: 'unreadable', why: 'Its data is empty.' }],
  ] as const)('%s', (name, expected) => {
    expect(connectors.firehydrant.readEvent(fireHydrantEvents[name], signedAt)).toEqual(expected);
  });
});

describe('an event of PagerDuty', () => {
  const about = { kind: 'about', ref: pagerDutyId, facts: {} };
  it.each([
    ['triggered', about],
    ['withoutPriority', about],
    ['priorityUpdated', about],
    ['resolved', about],
    ['reopened', about],
    ['customField', about],
    ['note', about],
    ['workflow', about],
    ['ofLaterRelease', about],
    ['service', { kind: 'other' }],
    ['ping', { kind: 'other' }],
    ['noteOfNothing', nobody],
    ['withoutType', { kind: 'unreadable', why: 'It has no event.event_type.' }],
    ['withoutData', nobody],
  ] as const)('%s', (name, expected) => {
    expect(connectors.pagerduty.readEvent(pagerDutyEvents[name], signedAt)).toEqual(expected);
  });
});

describe('an event of Statuspage, which nobody signs', () => {
  const about = { kind: 'about', ref: statuspageId, facts: {} };
  it.each([
    ['opened', about],
    ['resolved', about],
    ['postmortem', about],
    ['postmortemOfAStranger', about],
    ['saysPrivate', about],
    ['saysDeleted', about],
    ['scheduled', about],
    ['component', { kind: 'other' }],
    ['withoutId', nobody],
    ['withoutIncident', { kind: 'unreadable', why: 'It has no incident.' }],
  ] as const)('%s', (name, expected) => {
    expect(connectors.statuspage.readEvent(statuspageEvents[name], signedAt)).toEqual(expected);
  });
});

it.each(['null', '[]', '1', '"x"', '{}', '{"event_type":1}', '{"event":[],"data":null}'])('reads %s as nothing', (text) => {
  for (const { readEvent } of Object.values(connectors)) expect(readEvent(text, signedAt).kind).toBe('unreadable');
});

it('gives two incidents two ids, whatever signs theirs have', () => {
  expect(idAtVendor('incident-io', incidentId)).toBe('incident-io-01fdag4sap5typt98wgr7n7w91');
  expect(idAtVendor('rootly', rootlyIncidentId)).toBe(`rootly-${rootlyIncidentId}`);
  const [a, b, long] = ['a/b', 'a-b', 'x'.repeat(100)].map((ref) => idAtVendor('rootly', ref));
  expect(a).not.toBe(b);
  expect(long).toMatch(/^rootly-[0-9a-f]{32}$/);
});
