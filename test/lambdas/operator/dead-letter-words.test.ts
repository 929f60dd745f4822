import { describe, expect, it } from 'vitest';
import { letterWords, scheduleWords } from '../../../lambdas/operator/dead-letter-words.ts';

const edition = 'engineering-digest_2026-W47';
const sid = 'ab'.repeat(16);
const letter = (body: unknown) => letterWords({ body: JSON.stringify(body) });

describe('a dead letter is', () => {
  it.each([
    [{ edition, slot: 'default', prefix: '' }, `the readers of ${edition}`],
    [{ edition, slot: 'default', prefix: '011' }, `readers of ${edition}: part 011, one of 8`],
    [{ edition, slot: 'mon-0900', prefix: '1' }, `readers of slot mon-0900 of ${edition}: part 1, one of 2`],
  ])('a range of readers: %j', (body, what) => {
    expect(letter(body)).toEqual({ what, edition });
  });

  it.each([
    [{ stream: 'engineering-digest', scheduledFor: '2026-11-23T08:00:00Z' }, 'the edition of engineering-digest due 2026-11-23T08:00:00Z'],
    [
      { stream: 'engineering-digest', frequency: 'monthly', scheduledFor: '2026-12-01T08:00:00Z' },
      'the edition of engineering-digest, monthly due 2026-12-01T08:00:00Z',
    ],
    [
      { stream: 'service', kind: 'new-link', about: '', realm: 'staff', subscriber: sid, at: '2026-11-23T08:00:00Z' },
      'a mail that one person waits for: new-link',
    ],
    [
      { stream: 'service', test: { stream: 'leadership-brief' }, subscriber: sid, at: '2026-11-23T08:00:00Z' },
      'a test of leadership-brief for one person',
    ],
  ])('what was to be composed: %j', (body, what) => {
    expect(letter(body)).toEqual({ what });
  });

  it('an alert, with the postmortem that it is about', () => {
    expect(letter({ stream: 'sev1-alerts', postmortem: 'checkout-down' })).toEqual({
      what: 'a mail of sev1-alerts about checkout-down',
      postmortem: 'checkout-down',
    });
  });

  it('an event of SES, without the address in it', () => {
    const mail = {
      timestamp: '2026-11-23T08:00:00.000Z',
      messageId: 'm-1',
      destination: ['ada@example.com'],
      tags: { edition: [edition], slot: ['default'], subscriber: [sid], attempt: ['1'] },
    };
    const bounce = {
      bounceType: 'Permanent',
      bounceSubType: 'General',
      timestamp: '2026-11-23T08:00:01.000Z',
      bouncedRecipients: [{ emailAddress: 'ada@example.com' }],
    };

    expect(letter({ eventType: 'Bounce', mail, bounce })).toEqual({
      what: `what SES reported about a mail of ${edition}: bounced`,
      edition,
    });
  });

  it.each(['not JSON ada@example.com', '{"eventType":"ada@example.com"}', '[]', '{"edition":"ada@example.com","slot":"x","prefix":""}'])(
    'nothing that is shown where nobody understands it: %s',
    (body) => {
      expect(letterWords({ body })).toEqual({ what: 'a message that cannot be read' });
    },
  );
});

describe('a letter of the scheduler', () => {
  const body = JSON.stringify({ stream: 'engineering-digest', scheduledFor: '2026-11-23T08:00:00Z' });

  it('says what was not composed, why, and what sends it', () => {
    expect(scheduleWords({ body, errorCode: 'AWS.SimpleQueueService.NonExistentQueue' }).what).toBe(
      'engineering-digest, due 2026-11-23T08:00:00Z, was not composed (AWS.SimpleQueueService.NonExistentQueue). Send it: afterword send engineering-digest --at 2026-11-23T08:00:00Z',
    );
  });

  it('of sweep needs nothing', () => {
    expect(scheduleWords({ body: '{"scheduledFor":"2026-11-23T08:00:00Z"}' }).what).toContain('The next one has done its work');
  });

  it('with a code that nobody knows, or a body that is none, shows neither', () => {
    expect(scheduleWords({ body, errorCode: 'to ada@example.com' }).what).not.toContain('ada');
    expect(scheduleWords({ body: '{"stream":"Ada <ada@example.com>"}' })).toEqual({ what: 'a message that cannot be read' });
  });
});
