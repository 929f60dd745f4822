import { Outcome, type Outcomes } from '../../core/delivery/outcome.ts';
import type { Leaf, RangeRow, Split, Submitted } from '../../core/delivery/range.ts';
import { Tally } from '../../core/edition/edition.ts';
import type { Item } from './table.ts';

/*
 * A range row is rewritten with every chunk, and DynamoDB charges by the kilobyte. So outcomes are
 * stored as short texts, one per person:
 *   a|<attempt>|<message id>|<profile>|<cards>|<token key>|<issued at, base 36>     accepted
 *   d|<attempt>|<profile>|<cards>|<token key>|<issued at>                           in doubt
 *   g|…                                                             in doubt, to be sent again
 *   u|…                                                                            unconfirmed
 *          (then the same four fields of each earlier attempt, oldest first)
 *   s|<reason>                                                                         skipped
 *   r|<attempt>|<code>                                                                 refused
 */
type Made = Submitted['made'];
const letters = { accepted: 'a', 'in doubt': 'd', again: 'g', unconfirmed: 'u', skipped: 's', refused: 'r' } as const;

const packMade = (made: Made) => [made.profile, made.cards, made.tokenKey, made.issuedAt.toString(36)];
const unpackMade = ([profile, cards, tokenKey, issuedAt]: string[]) => ({
  profile: Number(profile),
  cards,
  tokenKey,
  issuedAt: Number.parseInt(issuedAt ?? '', 36),
});

const madeFields = 4;
const packDoubted = ({ attempt, made, earlier = [] }: Submitted) => [attempt, ...packMade(made), ...earlier.flatMap(packMade)];
const unpackDoubted = ([attempt, ...fields]: string[]) => {
  const all = Array.from({ length: fields.length / madeFields }, (_, n) => unpackMade(fields.slice(n * madeFields, (n + 1) * madeFields)));
  const [made, ...earlier] = all;
  return { attempt: Number(attempt), made, ...(earlier.length > 0 && { earlier }) };
};

const packOutcome = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'accepted':
      return [letters.accepted, outcome.attempt, outcome.messageId, ...packMade(outcome.made)].join('|');
    case 'in doubt':
      return [outcome.again ? letters.again : letters['in doubt'], ...packDoubted(outcome)].join('|');
    case 'unconfirmed':
      return [letters.unconfirmed, ...packDoubted(outcome)].join('|');
    case 'skipped':
      return `${letters.skipped}|${outcome.reason}`;
    case 'refused':
      return `${letters.refused}|${outcome.attempt}|${outcome.code}`;
    default:
      return outcome satisfies never;
  }
};

const unpackOutcome = (text: string): Outcome => {
  const [letter, ...rest] = text.split('|');
  const [first, second] = rest;
  switch (letter) {
    case letters.accepted:
      return Outcome.parse({ kind: 'accepted', attempt: Number(first), messageId: second, made: unpackMade(rest.slice(2)) });
    case letters['in doubt']:
      return Outcome.parse({ kind: 'in doubt', ...unpackDoubted(rest) });
    case letters.again:
      return Outcome.parse({ kind: 'in doubt', ...unpackDoubted(rest), again: true });
    case letters.unconfirmed:
      return Outcome.parse({ kind: 'unconfirmed', ...unpackDoubted(rest) });
    case letters.skipped:
      return Outcome.parse({ kind: 'skipped', reason: first });
    default:
      return Outcome.parse({ kind: 'refused', attempt: Number(first), code: rest.slice(1).join('|') });
  }
};

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

const packSubmitted = (submitted: Submitted) => packDoubted(submitted).join('|');
const unpackSubmitted = (text: string): Submitted => {
  const outcome = unpackOutcome(`${letters['in doubt']}|${text}`);
  if (outcome.kind !== 'in doubt') throw new Error('unreachable: a packed doubt reads as a doubt');
  const { kind: _, again: __, ...submitted } = outcome;
  return submitted;
};

/** The attributes of a range row without its keys. */
export const packRange = (row: RangeRow): Item =>
  row.shape === 'split'
    ? { shape: 'split', ...(row.tallies[0] && { tally0: row.tallies[0] }), ...(row.tallies[1] && { tally1: row.tallies[1] }) }
    : {
        shape: 'leaf',
        version: row.version,
        owner: row.owner,
        leaseEndsAt: row.leaseEndsAt,
        expectedBy: row.expectedBy,
        step: row.step,
        state: row.state,
        ...(row.settlesAt > 0 && { settlesAt: row.settlesAt }),
        ...(row.isAsked && { isAsked: true }),
        submitting: mapValues(row.submitting, packSubmitted),
        outcomes: mapValues(row.outcomes, packOutcome),
        ...(Object.keys(row.denied).length > 0 && { denied: { ...row.denied } }),
      };

export const unpackRange = (item: Item): RangeRow => (item.shape === 'split' ? unpackSplit(item) : unpackLeaf(item));

export const unpackSplit = (item: Item): Split => ({
  shape: 'split',
  tallies: {
    ...(item.tally0 !== undefined && { 0: Tally.parse(item.tally0) }),
    ...(item.tally1 !== undefined && { 1: Tally.parse(item.tally1) }),
  },
});

const textsOf = (value: unknown): Record<string, string> =>
  mapValues(typeof value === 'object' && value !== null ? { ...value } : {}, (text) => String(text));

const unpackLeaf = (item: Item): Leaf => {
  const outcomes: Outcomes = mapValues(textsOf(item.outcomes), unpackOutcome);
  return {
    shape: 'leaf',
    version: Number(item.version),
    owner: String(item.owner),
    leaseEndsAt: Number(item.leaseEndsAt),
    expectedBy: Number(item.expectedBy),
    step: Number(item.step),
    state: item.state === 'done' || item.state === 'settling' ? item.state : 'open',
    settlesAt: Number(item.settlesAt ?? 0),
    isAsked: item.isAsked === true,
    submitting: mapValues(textsOf(item.submitting), unpackSubmitted),
    outcomes,
    denied: mapValues(textsOf(item.denied), Number),
  };
};
