import { createHash } from 'node:crypto';
import type { ActionRow } from '../../core/action/action.ts';
import { followActions } from '../../core/action/follow-actions.ts';
import type { ActionItem } from '../../core/postmortem/postmortem.ts';
import { type TitleFamily, titleFamilies } from './action-titles.ts';
import { aPostmortem } from './postmortem.ts';

/**
 * Histories of postmortems in which it is known which action item is which, and how well a rule
 * follows them. Every action is decided on as soon as it is seen, so that each wrong move carries a
 * decision.
 */

/** An action of the world: `truth` is what it is, whatever a document calls it. */
interface Action {
  readonly truth: number;
  readonly family: number;
  readonly item: ActionItem;
}
export type Rewording = (typeof rewordings)[number];
const rewordings = ['tidied', 'turned', 'more', 'other'] as const;
/** Most authors tidy. Out of a hundred. */
const share: Readonly<Record<Rewording, number>> = { tidied: 60, turned: 25, more: 8, other: 7 };

/** How a document names its actions. */
type Naming = 'nothing' | 'numbers' | 'tickets' | 'epic' | 'tool';
const namings: readonly Naming[] = ['nothing', 'nothing', 'numbers', 'tickets', 'epic', 'tool', 'tool'];

interface Revision {
  readonly actions: readonly Action[];
  /** By truth: which were reworded, and how. */
  readonly reworded: ReadonlyMap<number, Rewording>;
  /** After how many rows the writer dies before it begins again. */
  readonly crashAfter: number | undefined;
}

const owners = ['Payments', 'Search', 'Platform', 'Identity', undefined];

function random(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  const pick = <T>(some: readonly T[]): T => {
    const one = some[below(some.length)];
    if (one === undefined && some.length === 0) throw new Error('nothing to pick from');
    return one as T;
  };
  const shuffled = <T>(some: readonly T[]) =>
    some
      .map((one) => [next(), one] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, one]) => one);
  return { next, below, pick, shuffled };
}
type Random = ReturnType<typeof random>;

/** One history: the document of each revision. */
export function history(seed: number): Revision[] {
  const by = random(seed);
  const world = new World(by, by.pick(namings));
  const revisions: Revision[] = [world.revision()];
  for (let n = 2 + by.below(4); n > 0; n -= 1) {
    for (let ops = 1 + by.below(3); ops > 0; ops -= 1) world.change();
    revisions.push(world.revision());
  }
  return revisions;
}

class World {
  private truths = 0;
  private actions: Action[] = [];
  private gone: Action[] = [];
  private reworded = new Map<number, Rewording>();
  /**
   * What came or was copied since the last revision stays for one: a copy whose original goes at once
   * is the original, in other hands or for another day.
   */
  private copied = new Set<number>();
  /** Titles with their owners that were ever used: what has both again is the same action again. */
  private readonly used = new Set<string>();
  /** The same of what is meant, in whatever words. */
  private readonly meant = new Set<string>();
  private readonly by: Random;
  private readonly naming: Naming;

  constructor(by: Random, naming: Naming) {
    this.by = by;
    this.naming = naming;
    for (let n = 2 + by.below(5); n > 0; n -= 1) this.add();
    if (by.next() < 0.4) this.addNear();
  }

  revision(): Revision {
    const reworded = this.reworded;
    this.reworded = new Map();
    this.copied = new Set();
    if (this.naming === 'numbers') this.actions = this.actions.map((one, n) => withItem(one, { id: `AI-${n + 1}` }));
    return { actions: this.actions, reworded, crashAfter: this.by.next() < 0.2 ? this.by.below(4) : undefined };
  }

  change(): void {
    const ops = [
      () => this.shuffle(),
      () => this.reword(),
      () => this.reword(),
      () => this.add(),
      () => this.addNear(),
      () => this.replaceByNear(),
      () => this.remove(),
      () => this.split(),
      () => this.repeat(),
      () => this.copyForAnother(),
      () => this.twin(),
      () => this.link(),
      () => this.progress(),
      () => this.assign(),
      () => this.comeBack(),
    ];
    this.by.pick(ops)();
  }

  private shuffle() {
    this.actions = this.by.shuffled(this.actions);
  }

  private put(family: number, title: string, item: Partial<ActionItem> = {}, place = this.by.below(this.actions.length + 1)): boolean {
    const use = `${title}\n${item.owner ?? ''}`;
    const meaning = this.meaningOf(family, title, item.owner);
    if (this.used.has(use) || this.meant.has(meaning)) return false;
    this.used.add(use);
    this.meant.add(meaning);
    this.truths += 1;
    this.copied.add(this.truths);
    const made: Action = { truth: this.truths, family, item: { title, status: 'open', ...this.named(), ...item } };
    this.actions = this.actions.toSpliced(place, 0, made);
    return true;
  }

  private meaningOf = (family: number, title: string, owner = '') =>
    `${family} ${familyOf(family).near.includes(title) ? title : ''}\n${owner}`;

  private named(): Partial<ActionItem> {
    const { by, naming } = this;
    const ticket = `https://issues.example.com/browse/OPS-${1000 + this.truths}`;
    if (naming === 'tool') return { id: createHash('sha256').update(`${this.truths} ${by.next()}`).digest('hex').slice(0, 16) };
    if (naming === 'tickets' && by.next() < 0.8) return { link: ticket };
    if (naming === 'epic' && by.next() < 0.8) return { link: 'https://issues.example.com/browse/EPIC-1' };
    return {};
  }

  private add() {
    const free = titleFamilies.flatMap((_, n) => (this.everOf(n) ? [] : [n]));
    if (free.length === 0) return;
    const family = this.by.pick(free);
    const owner = this.by.pick(owners);
    const due = this.by.next() < 0.5 ? `2026-12-${10 + this.by.below(20)}` : undefined;
    this.put(family, familyOf(family).title, { ...(owner && { owner }), ...(due && { due }) });
  }

  private everOf = (family: number) => [...this.actions, ...this.gone].some((one) => one.family === family);

  /** Something alike beside it: another action. */
  private addNear(of = this.any(), place?: number): boolean {
    if (!of) return false;
    const { owner, due } = of.item;
    const item = { ...(owner && { owner }), ...(due && { due }) };
    const title = this.by.pick(familyOf(of.family).near);
    const isUsed = [...this.used].some((use) => use.startsWith(`${title}\n`));
    return !isUsed && this.put(of.family, title, item, place);
  }

  private any = (): Action | undefined => (this.actions.length === 0 ? undefined : this.by.pick(this.actions));

  private remove(one = this.any()) {
    if (!one || this.copied.has(one.truth)) return;
    this.actions = this.actions.filter((other) => other.truth !== one.truth);
    this.gone.push(one);
  }

  /** In its place, with its owner and its day. */
  private replaceByNear() {
    const one = this.any();
    if (one && !this.copied.has(one.truth) && this.addNear(one, this.actions.indexOf(one))) this.remove(one);
  }

  private reword() {
    const one = this.any();
    if (!one || this.isNear(one) || this.reworded.has(one.truth) || this.copied.has(one.truth)) return;
    const how = this.by.pick(rewordings.flatMap((kind) => Array.from({ length: share[kind] }, () => kind)));
    const titles = familyOf(one.family)[how].filter((title) => !this.used.has(`${title}\n${one.item.owner ?? ''}`));
    if (titles.length === 0) return;
    const title = this.by.pick(titles);
    this.used.add(`${title}\n${one.item.owner ?? ''}`);
    this.replace(one, { title });
    this.reworded.set(one.truth, how);
  }

  private isNear = ({ family, item }: Action) => familyOf(family).near.includes(item.title);

  private replace(one: Action, change: Partial<ActionItem>) {
    this.actions = this.actions.map((other) => (other.truth === one.truth ? withItem(other, change) : other));
  }

  /** For two other teams: neither of them is the old one. */
  private split() {
    const one = this.any();
    if (!one || this.naming === 'tool') return;
    const others = this.by.shuffled(owners.filter((owner) => owner !== undefined && owner !== one.item.owner)).slice(0, 2);
    if (this.sharers(one).length > 1 || this.copied.has(one.truth)) return;
    const made = others.map((owner) => this.put(one.family, one.item.title, { owner: owner ?? '' }));
    if (made.every(Boolean)) this.remove(one);
    else if (made.some(Boolean)) this.copied.add(one.truth);
  }

  private sharers = ({ item }: Action) => this.actions.filter((other) => other.item.title === item.title);

  /** The same line once more. */
  private repeat() {
    const one = this.any();
    if (one && this.naming !== 'numbers') this.actions = [...this.actions, one];
  }

  private copyForAnother() {
    const one = this.any();
    const owner = this.by.pick(owners.filter((other) => other !== undefined));
    if (one && owner !== one.item.owner && this.put(one.family, one.item.title, { owner: owner ?? '' })) this.copied.add(one.truth);
  }

  /** The same title and owner for another day: nothing but the day tells them apart. */
  private twin() {
    const one = this.any();
    if (!one || this.by.next() < 0.7) return;
    this.truths += 1;
    this.copied.add(one.truth);
    this.copied.add(this.truths);
    this.actions = [
      ...this.actions,
      {
        ...one,
        truth: this.truths,
        item: { ...one.item, ...this.named(), due: `2027-0${1 + (this.truths % 9)}-${10 + (this.truths % 18)}` },
      },
    ];
  }

  private link() {
    const one = this.any();
    if (one && one.item.link === undefined) this.replace(one, { link: `https://issues.example.com/browse/LATE-${one.truth}` });
  }

  private progress() {
    const one = this.any();
    if (one) this.replace(one, { status: this.by.pick(['open', 'in-progress', 'done', 'declined'] as const) });
  }

  private assign() {
    const one = this.any();
    const owner = this.by.pick(owners.filter((other) => other !== undefined));
    if (!one || owner === undefined || this.sharers(one).length > 1 || this.meant.has(this.meaningOf(one.family, one.item.title, owner)))
      return;
    this.meant.add(this.meaningOf(one.family, one.item.title, owner));
    this.used.add(`${one.item.title}\n${owner}`);
    this.replace(one, { owner });
  }

  private comeBack() {
    const one = this.gone.at(-1);
    if (!one || this.sharers(one).length > 0) return;
    this.gone.pop();
    this.actions = [...this.actions, one];
  }
}

const familyOf = (n: number): TitleFamily => {
  const family = titleFamilies[n];
  if (!family) throw new Error(`no family ${n}`);
  return family;
};
const withItem = (one: Action, change: Partial<ActionItem>): Action => ({ ...one, item: { ...one.item, ...change } });

/** What a rule did with the actions of a revision: by what it calls each, whose decisions it carries. */
export interface Followed {
  /** Truth of the action that the line was before, by truth of the line. Absent: taken for a new one. */
  readonly was: ReadonlyMap<number, number>;
  /** Truths of lost actions, by what they may have become. */
  readonly perhaps: ReadonlyMap<number, number>;
}
export type Rule = () => (revision: Revision, n: number) => Followed;

/** The rule of this release, through the rows that it writes, crashes included. */
export const matched: Rule = () => {
  let rows: ActionRow[] = [];
  return ({ actions, crashAfter }, n) => {
    const at = new Date(Date.UTC(2026, 10, 2, n)).toISOString();
    const postmortem = aPostmortem({ actionItems: actions.map(({ item }) => item) });
    const revision = { postmortem, revision: n + 1, at, wasTold: n > 0, isPromised: true };
    if (crashAfter !== undefined) {
      const half = followActions(revision, rows).slice(0, crashAfter);
      rows = [
        ...rows.map((row) => half.find(({ aid }) => aid === row.aid) ?? row),
        ...half.filter(({ aid }) => !rows.some((row) => row.aid === aid)),
      ];
    }
    const after = followActions(revision, rows);
    const truthOf = (row: ActionRow) => actions.find(({ item }) => contentOf(item) === contentOf(row.reported))?.truth;
    const carried = (row: ActionRow) => (row.events[0] === undefined ? undefined : Number(Object(row.events[0]).by));
    const there = after.filter(({ withdrawnAt }) => withdrawnAt === undefined);
    const lines = new Set(actions.map(({ item }) => contentOf(item)));
    if (there.length !== lines.size) throw new Error(`${there.length} rows for ${lines.size} lines`);
    const was = new Map(there.flatMap((row) => pairs(truthOf(row), carried(row))));
    const perhaps = new Map(
      after
        .filter(({ withdrawnAt }) => withdrawnAt === at)
        .flatMap((row) => {
          const like = there.find(({ aid }) => aid === row.perhaps);
          return like ? pairs(carried(row), truthOf(like)) : [];
        }),
    );
    rows = after.map((row) => (row.events.length > 0 ? row : { ...row, events: [decision(truthOf(row), at)] }));
    return { was, perhaps };
  };
};

const pairs = (a: number | undefined, b: number | undefined): [number, number][] => (a === undefined || b === undefined ? [] : [[a, b]]);
const contentOf = (item: ActionItem) => JSON.stringify(Object.entries(item).toSorted(([a], [b]) => a.localeCompare(b)));
const decision = (truth: number | undefined, at: string) => ({
  kind: 'decided',
  what: 'fund',
  at,
  by: String(truth),
  reason: '',
  as: 'VP Engineering',
  basis: '',
  effectiveAt: at,
});

/** The rule of the releases before: an id, else a link, else a title, and a number where it is there twice. */
export const byFirstKey: Rule = () => {
  const known = new Map<string, number>();
  return ({ actions }) => {
    const taken = new Map<string, number>();
    const was = new Map<number, number>();
    for (const { truth, item } of actions) {
      const title = item.title
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      const base = item.id ? `id#${item.id}` : item.link ? `link#${item.link}` : `title#${title}`;
      const n = (taken.get(base) ?? 0) + 1;
      taken.set(base, n);
      const aid = n === 1 ? base : `${base}#${n}`;
      const before = known.get(aid);
      if (before === undefined) known.set(aid, truth);
      // A line that is there twice may be the second one too.
      else if (!was.has(truth)) was.set(truth, before);
    }
    return { was, perhaps: new Map() };
  };
};

export interface Tally {
  moves: number;
  wrong: number;
  /** First wrong move, to look at. */
  example?: string;
  kept: [number, number];
  followed: Record<Rewording, [number, number]>;
  /** Of the rewordings that were not followed. */
  suggested: [number, number];
}

/** How well a rule follows the actions of histories from a seed on. */
export function tallyOf(rule: Rule, histories: number, seed = 1): Tally {
  const none = (): [number, number] => [0, 0];
  const tally: Tally = {
    moves: 0,
    wrong: 0,
    kept: none(),
    followed: { tidied: none(), turned: none(), more: none(), other: none() },
    suggested: none(),
  };
  for (let n = 0; n < histories; n += 1) {
    const follow = rule();
    let before = new Set<number>();
    for (const [place, revision] of history(seed + n).entries()) {
      const { was, perhaps } = follow(revision, place);
      for (const [truth, carries] of was) {
        tally.moves += 1;
        if (truth === carries) continue;
        tally.wrong += 1;
        tally.example ??= `history ${seed + n}, revision ${place + 1}: ${JSON.stringify(revision.actions.find((one) => one.truth === truth)?.item)} carries the decision of ${carries}`;
      }
      for (const truth of new Set(revision.actions.map((one) => one.truth))) {
        if (!before.has(truth)) continue;
        const isFollowed = was.get(truth) === truth;
        const how = revision.reworded.get(truth);
        count(how === undefined ? tally.kept : tally.followed[how], isFollowed);
        if (how !== undefined && !isFollowed) count(tally.suggested, perhaps.get(truth) === truth);
      }
      before = new Set(revision.actions.map((one) => one.truth));
    }
  }
  return tally;
}

const count = (of: [number, number], yes: boolean) => {
  of[0] += Number(yes);
  of[1] += 1;
};

export const percent = ([some, all]: readonly [number, number]): number => (all === 0 ? 100 : (100 * some) / all);
export const allFollowed = ({ followed }: Tally): [number, number] =>
  Object.values(followed).reduce<[number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
