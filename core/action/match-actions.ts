import { createHash } from 'node:crypto';
import type { ActionItem } from '../postmortem/postmortem.ts';
import { isTurned, likeness, saysMore, saysTheSame, type TitleWords, titleWords } from './title-words.ts';

/** A known action, as matching needs it. */
export interface KnownAction {
  readonly aid: string;
  readonly reported: ActionItem;
  readonly keys: readonly string[];
  /** Whether the revision before had it. */
  readonly isThere: boolean;
  /** This very revision wrote it, and its writer died: it says what its line says. */
  readonly isWritten?: boolean;
}

/** An action item of a revision. Lines that are equal in everything are one. */
export interface SaidAction {
  readonly item: ActionItem;
  readonly times: number;
}

export interface Matched {
  /** What each known action is in the revision. */
  readonly same: ReadonlyMap<string, SaidAction>;
  /** What the others are like. It may be asked whether they are the same, and decides nothing. */
  readonly perhaps: ReadonlyMap<string, SaidAction>;
  /** In no order that means anything. */
  readonly fresh: readonly SaidAction[];
}

/**
 * Finds the known actions again in a revision. It compares sets, so that the order of lines means
 * nothing, and never takes what is only alike for the same: people's decisions go with it
 * (docs/adr/064).
 *
 * 1. Titles that say the same, with one owner; or the very title with another owner.
 * 2. The id that a tool gave.
 * 3. A link, or an id that is no number in a list, that never belonged to two actions, with one
 *    owner, where one title only says more than the other.
 *
 * What could be two actions is none.
 */
export function matchActions(known: readonly KnownAction[], items: readonly ActionItem[]): Matched {
  const rows = known.map(
    (row): Row => ({ ...row, ...facts(row.reported), keys: new Set([row.aid, ...row.keys, ...keysOf(row.reported)]) }),
  );
  const said = distinct(items).map((one): Said => ({ ...one, ...facts(one.item), keys: new Set(keysOf(one.item)) }));
  const same = new Map<Row, Said>();
  const left = (isThere?: boolean) => rows.filter((row) => !same.has(row) && (isThere === undefined || row.isThere === isThere));
  const fresh = () => {
    const found = new Set(same.values());
    return said.filter((one) => !found.has(one));
  };
  const pairUp = (pairs: readonly [Row, Said][]) => {
    const open = new Set(fresh());
    for (const [row, one] of pairs) if (!same.has(row) && open.has(one)) same.set(row, one);
  };

  const written = rows.filter(({ isWritten }) => isWritten);
  pairUp(written.flatMap((row) => said.filter((one) => content(one.item) === content(row.reported)).map((one): [Row, Said] => [row, one])));
  // What is written counts in what is in doubt, so that the rest is matched as all would have been.
  const there = rows.filter(({ isThere }) => isThere);
  const own = ownKeys(rows, said);
  pairUp(certainPairs(there, said, isSaid).filter(([row, one]) => !isAnothers(row, one, left(false), own)));
  // One that came back, if nothing else says the same: nothing that is there or was just lost.
  const isBack = (row: Row, one: Said) => saysTheSame(row.words, one.words);
  pairUp(
    groupsOf([...there, ...left(false)], said, isBack)
      .flatMap(onlyPair)
      .filter(([row, one]) => !row.isThere && row.owner === one.owner),
  );
  const isSameId = (row: Row, one: Said) =>
    [...one.keys].some((key) => own.has(key) && isOfTool(key) && row.keys.has(key)) && !isTurned(row.words, one.words);
  pairUp(certainPairs(left(), fresh(), isSameId));
  const isKept = (row: Row, one: Said) => [...one.keys].some((key) => own.has(key) && row.keys.has(key)) && saysMore(row.words, one.words);
  pairUp(certainPairs(left(), fresh(), (row, one) => mayBelong(row, one) && isKept(row, one)));

  const perhaps = left(true).flatMap((row) => {
    const one = likest(row, fresh());
    return one ? [[row.aid, one] as const] : [];
  });
  return { same: new Map([...same].map(([row, one]) => [row.aid, one])), perhaps: new Map(perhaps), fresh: fresh() };
}

interface Facts {
  readonly words: TitleWords;
  readonly owner: string;
  readonly keys: ReadonlySet<string>;
}
type Row = Omit<KnownAction, 'keys'> & Facts;
type Said = SaidAction & Facts;

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);
const normalised = (title: string) =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const facts = ({ title, owner = '' }: ActionItem) => ({ words: titleWords(title), owner: normalised(owner) });

/** What an action was called: its id, its link, its title. */
export const keysOf = ({ id, link, title }: ActionItem): string[] => [
  ...(id === undefined ? [] : [`id#${id}`]),
  ...(link === undefined ? [] : [`link#${digest(link)}`]),
  `title#${digest(normalised(title))}`,
];

const content = (item: ActionItem) => JSON.stringify(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)));
/** Without what changes while an action stays as it is: its state, its number in a list. */
const contentOf = ({ status: _, id, ...item }: ActionItem) =>
  content({ ...item, status: 'open', ...(id && !isNumbered.test(`id#${id}`) && { id }) });

function distinct(items: readonly ActionItem[]): SaidAction[] {
  const found = new Map<string, { item: ActionItem; times: number }>();
  for (const item of items) {
    const one = found.get(content(item));
    if (one) one.times += 1;
    else found.set(content(item), { item, times: 1 });
  }
  return [...found.values()];
}

const mayBelong = (row: Facts, one: Facts) => row.owner === one.owner || row.owner === '' || one.owner === '';

/** An action that is handed over keeps its title to the word. */
const isSaid = (row: Row, one: Said): boolean =>
  mayBelong(row, one)
    ? saysTheSame(row.words, one.words)
    : row.words.readings[0] === one.words.readings[0] && saysTheSame(row.words, one.words);

/**
 * The pairs that are beyond doubt: each matches nothing but the other, or nothing else with its
 * owner. Of several with one title and one owner, none unless all of them are as they were.
 */
const certainPairs = (...sides: Parameters<typeof groupsOf>): [Row, Said][] => groupsOf(...sides).flatMap(pairsIn);

/** What matches each other, directly or through others. */
function groupsOf(rows: readonly Row[], said: readonly Said[], matches: (row: Row, one: Said) => boolean): Group[] {
  const matching = new Map(rows.map((row) => [row, said.filter((one) => matches(row, one))]));
  const seen = new Set<Row>();
  return rows.flatMap((row) => {
    if (seen.has(row)) return [];
    const group = groupOf(row, matching);
    for (const one of group.rows) seen.add(one);
    return [group];
  });
}

/** Whether a line is what was dropped before, to the word or by its own key, and not this one. */
const isAnothers = (row: Row, one: Said, dropped: readonly Row[], own: ReadonlySet<string>): boolean =>
  contentOf(row.reported) !== contentOf(one.item) &&
  dropped.some(
    (other) => contentOf(other.reported) === contentOf(one.item) || [...one.keys].some((key) => own.has(key) && other.keys.has(key)),
  );

interface Group {
  readonly rows: readonly Row[];
  readonly said: readonly Said[];
}

/** A row, what it matches, what else matches that, and so on. */
function groupOf(first: Row, matching: ReadonlyMap<Row, readonly Said[]>): Group {
  const rows = new Set([first]);
  const said = new Set<Said>();
  for (let size = -1; size !== rows.size + said.size; ) {
    size = rows.size + said.size;
    for (const row of rows) for (const one of matching.get(row) ?? []) said.add(one);
    for (const [row, some] of matching) if (some.some((one) => said.has(one))) rows.add(row);
  }
  return { rows: [...rows], said: [...said] };
}

function onlyPair({ rows, said }: Group): [Row, Said][] {
  const [row, one] = [rows[0], said[0]];
  return row && one && rows.length === 1 && said.length === 1 ? [[row, one]] : [];
}

function pairsIn(group: Group): [Row, Said][] {
  const only = onlyPair(group);
  if (only.length > 0) return only;
  const owners = new Set(group.rows.map(({ owner }) => owner));
  return [...owners].flatMap((owner) => {
    const of = { rows: group.rows.filter((row) => row.owner === owner), said: group.said.filter((one) => one.owner === owner) };
    const pair = onlyPair(of);
    return pair.length > 0 ? pair : unchangedPairs(of);
  });
}

/** Twins, as long as all that were known are as they were. A new one beside them is new. */
function unchangedPairs({ rows, said }: Group): [Row, Said][] {
  const pairs = rows.flatMap((row): [Row, Said][] => {
    const [as, another] = said.filter(({ item }) => contentOf(item) === contentOf(row.reported));
    return as && !another ? [[row, as]] : [];
  });
  return new Set(pairs.map(([, as]) => as)).size === rows.length ? pairs : [];
}

/** `AI-1`, `3.`: who adds a line above renumbers them. */
const isNumbered = /^id#\D*\d{1,3}$/;
/** `01JCXJ6Q8Z`: a tool gave it, and gives it to nothing else. */
const isOfTool = (key: string) => /^id#(?=.*\d).{8,}$/.test(key) && !isNumbered.test(key);

/** Links and ids that never belonged to two actions. */
function ownKeys(rows: readonly Row[], said: readonly Said[]): ReadonlySet<string> {
  const several = new Set<string>();
  for (const side of [rows, said]) {
    const seen = new Set<string>();
    for (const { keys } of side)
      for (const key of keys) {
        if (seen.has(key)) several.add(key);
        seen.add(key);
      }
  }
  const all = said.flatMap(({ keys }) => [...keys]);
  return new Set(all.filter((key) => !key.startsWith('title#') && !isNumbered.test(key) && !several.has(key)));
}

const isLike = 0.3;

/**
 * What a known action most probably became: it has one of its keys, is like it, or is all that is
 * new of its owner.
 */
function likest(row: Row, fresh: readonly Said[]): Said | undefined {
  const candidates = fresh.filter((one) => mayBelong(row, one) || sharesLink(row, one));
  const [best] = candidates
    .map((one) => ({ one, like: likeness(row.words, one.words) + (sharesLink(row, one) ? 1 : 0) }))
    .toSorted((a, b) => b.like - a.like);
  return best && (best.like >= isLike || candidates.length === 1) ? best.one : undefined;
}

const sharesLink = (row: Row, one: Said) => [...one.keys].some((key) => !isNumbered.test(key) && row.keys.has(key));

/**
 * What a fresh action is called from now on: its id, else its link, else its title; with more of
 * what it says where another has that already.
 */
export function aidFor({ item }: SaidAction, isTaken: (aid: string) => boolean): string {
  const [base = ''] = keysOf(item);
  const longer = [base, `${base}#${digest(`${item.owner ?? ''}\n${item.title}`)}`, `${base}#${digest(content(item))}`];
  const free = longer.find((aid) => !isTaken(aid));
  if (free !== undefined) return free;
  for (let n = 2; ; n += 1) if (!isTaken(`${longer[2]}#${n}`)) return `${longer[2]}#${n}`;
}
