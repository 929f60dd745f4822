import fc from 'fast-check';
import type { OpenAction } from '../../../core/content/promised-content.ts';
import { printed } from '../../../core/content/prose.ts';
import { Postmortem, severities, statuses } from '../../../core/postmortem/postmortem.ts';
import { isOneLine } from '../../../core/shared/text.ts';
import { anyText } from './any-text.ts';
import { poisons } from './poisons.ts';

/**
 * Words, poison and noise in any order: what the store may contain, whether or not intake would
 * have accepted it.
 */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...poisons) },
      { weight: 2, arbitrary: fc.constantFrom('It broke.', 'checkout', 'שלום', 'Größe', '🧯', 'and then') },
      { weight: 1, arbitrary: anyText(12) },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(' '));

/** Never empty once it is printed, because intake accepts no empty title. */
const upTo = (most: number) => hostileText.map((text) => (printed(text.slice(0, most)) === '' ? 'x' : text.slice(0, most).trim()));
const line = upTo(100);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });
const instant = fc
  .date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2026-11-24T00:00:00Z'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`);
const day = instant.map((at) => at.slice(0, 10));

const action = fc.record({
  title: upTo(500),
  owner: maybe(line),
  team: maybe(line),
  due: maybe(day),
  status: fc.constantFrom('open', 'in-progress', 'done', 'declined'),
});

/** Valid by the schema, with hostile text in every text field. */
export const hostilePostmortem = (id: fc.Arbitrary<string>): fc.Arbitrary<Postmortem> =>
  fc
    .record({
      id,
      title: upTo(200),
      severity: fc.constantFrom(...severities),
      status: fc.constantFrom(...statuses),
      services: some(line),
      owningTeam: maybe(line),
      authors: some(line),
      tags: some(line),
      startedAt: maybe(instant),
      detectedAt: maybe(instant),
      mitigatedAt: maybe(instant),
      resolvedAt: maybe(instant),
      publishedAt: maybe(instant),
      summary: maybe(upTo(3000)),
      customerImpact: maybe(fc.record({ text: maybe(line), customersAffected: maybe(fc.nat()), regions: some(line) })),
      rootCauses: some(line),
      contributingFactors: some(line),
      trigger: maybe(line),
      timeline: some(fc.record({ at: maybe(line), event: line })),
      lessons: maybe(fc.record({ wentWell: some(line), wentWrong: some(line), gotLucky: some(line) })),
      actionItems: some(action),
      support: maybe(fc.record({ say: some(line), doNotSay: some(line), workaround: maybe(line) })),
      sections: some(fc.record({ heading: line, body: line })),
    })
    .map((fields) => Postmortem.parse(JSON.parse(JSON.stringify(fields))));

/** Several postmortems for one edition, with distinct ids. */
export const hostilePostmortems: fc.Arbitrary<Postmortem[]> = fc
  .array(hostilePostmortem(fc.constant('pm')), { minLength: 1, maxLength: 4 })
  .map((several) => several.map((one, i) => ({ ...one, id: `pm-${i}` })));

export const hostileOpenActions: fc.Arbitrary<OpenAction[]> = some(
  fc.record({ title: upTo(500), team: line, promisedAt: instant, postmortem: fc.record({ id: fc.constant('pm-old'), title: upTo(200) }) }),
);

/** What the import of people accepts as a team or a role: any text on one line. */
export const hostileGroup: fc.Arbitrary<string> = hostileText
  .map((text) => text.toWellFormed())
  .filter((text) => text.length <= 120 && isOneLine(text));
