import { expect, it } from 'vitest';
import { reasonToSkip } from '../../../core/delivery/skip-reason.ts';
import { laneOf, rulesOf } from '../../../core/edition/edition.ts';
import {
  dayOfReminders,
  outlivedReminders,
  remindersId,
  ServiceMail,
  StoredServiceMail,
  serviceEditionId,
} from '../../../core/edition/service-mail.ts';
import { anEdition, aProfile, aSid } from '../../support/delivery.ts';

const id = remindersId(aSid(1), '20261204');
const facts = { recalled: false, superseded: false };

it('has one id a person and day, at whatever instant it is asked for', () => {
  const at = (hour: number) =>
    serviceEditionId({
      kind: 'reminders',
      about: '20261204',
      realm: 'staff',
      subscriber: aSid(1),
      at: new Date(Date.UTC(2026, 11, 4, hour)),
    });
  expect([at(7), at(16)]).toEqual([id, id]);
  expect(dayOfReminders(id)).toBe('20261204');
  expect(dayOfReminders('service_drift_x_y')).toBeUndefined();
});

it('leaves in the bulk lane, and no other mail to one person does', () => {
  expect(laneOf({ id, stream: 'service', realm: 'staff' })).toBe('bulk');
  expect(rulesOf({ id, stream: 'service' }).isBulk).toBe(true);
  expect(laneOf({ id: `service_drift_${aSid(1)}_2026-W49_a`, stream: 'service', realm: 'staff' })).toBe('urgent');
});

it('does not reach who pauses, while an answer does', () => {
  const profile = aProfile({ snoozedUntil: '2026-12-10T00:00:00Z' });
  const now = new Date('2026-12-04T07:00:00Z');
  const edition = anEdition({ stream: 'service', realm: 'staff', audience: { kind: 'list', subscribers: [profile.sid] } });
  expect(reasonToSkip({ ...edition, id }, 'default', profile, facts, now)).toBe('snoozed');
  expect(reasonToSkip({ ...edition, id }, 'default', aProfile(), facts, now)).toBeUndefined();
  expect(reasonToSkip({ ...edition, id: 'service_welcome_x' }, 'default', profile, facts, now)).toBeUndefined();
});

it('is read without what a later release asks, and written only as this one knows it', () => {
  const known = { kind: 'action', as: 'owner', postmortem: 'pm', aid: 'title#1' };
  const later = { kind: 'vote', as: 'voter', postmortem: 'pm' };
  expect(
    StoredServiceMail.parse({ kind: 'reminders', about: '20261204', reminders: { entries: [known, later], more: 2 } }).reminders,
  ).toEqual({
    entries: [known],
    more: 2,
  });
  expect(StoredServiceMail.parse({ kind: 'reminders', about: '20261204', reminders: 'else' }).reminders).toBeUndefined();
  expect(ServiceMail.safeParse({ kind: 'reminders', about: '20261204', reminders: { entries: [later], more: 0 } }).success).toBe(false);
});

it('no longer finds reminders of a postmortem once none of their mails can wait', () => {
  const of = (day: string) => remindersId(aSid(2), day);
  const others = [of('20261126'), of('20261127'), of('20261203'), 'engineering-digest_2026-W01', 'service_drift_x'];
  expect(outlivedReminders(id, others)).toEqual([of('20261126')]);
  expect(outlivedReminders('engineering-digest_2026-W49', others)).toEqual([]);
});
