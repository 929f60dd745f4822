import * as z from 'zod';
import { countsOf, Edition, realmOf } from '../../core/edition/edition.ts';
import { shownSubject } from '../../core/edition/shown-subject.ts';
import { wavesAhead } from '../../core/edition/waves.ts';
import type { Item } from './table.ts';
import { inEditions, inOpen, inServiceEditions } from './table-shape.ts';

export const listedOf = (edition: Edition) => ({
  edition: edition.id,
  stream: edition.stream,
  scheduledFor: edition.scheduledFor,
  composedAt: edition.composedAt,
  subject: shownSubject(edition),
  postmortems: edition.carries.length,
  paused: edition.paused,
  recalled: edition.recalled,
  ...(edition.superseded && { supersededBy: edition.superseded.by }),
  counts: countsOf(edition),
  slots: Object.keys(edition.tallies),
  ...ahead(edition),
  ...(edition.completedAt && { completedAt: edition.completedAt }),
});
const ahead = (edition: Edition) => {
  const waves = edition.completedAt ? undefined : wavesAhead(edition);
  return waves && { ahead: waves };
};

/**
 * Unfinished editions are listed as open work, finished ones by the month they were scheduled for.
 * Service mails to single people have a list of their own.
 */
export const placeOf = ({ id, stream, realm, scheduledFor, completedAt }: Edition) => {
  if (!completedAt) return inOpen('edition', scheduledFor, id);
  const listedBeside = stream === 'service' ? inServiceEditions : inEditions;
  return listedBeside(realmOf({ stream, realm }), scheduledFor, id);
};

/** DynamoDB has no empty sets. */
const asSet = (members: readonly string[]) => (members.length > 0 ? new Set(members) : undefined);

export const writeEdition = (edition: Edition): Item => ({
  ...edition,
  withheld: asSet(edition.withheld),
  begun: asSet(edition.begun ?? []),
  missed: asSet(edition.missed ?? []),
  corrected: asSet(edition.corrected ?? []),
  ...placeOf(edition),
  listed: listedOf(edition),
});

export const readEdition = (item: Item): Edition => {
  const { withheld, begun, missed, corrected, ...rest } = item;
  return Stored.parse({
    ...rest,
    withheld: membersOf(withheld),
    ...(begun !== undefined && { begun: membersOf(begun) }),
    ...(missed !== undefined && { missed: membersOf(missed) }),
    ...(corrected !== undefined && { corrected: membersOf(corrected) }),
  });
};

/** Ignores attributes that a later release adds to an edition. */
const Stored = z.object(Edition.shape);

const membersOf = (value: unknown): unknown[] => (value instanceof Set ? [...value] : []);
