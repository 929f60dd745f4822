import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs, hourMs } from '../shared/duration.ts';
import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import { type ActDeps, act, type Done } from './act.ts';
import { type Current, type Decision, decide, hiddenBy, isProven, type Known } from './decide.ts';
import { type Facts, type InboundIncident, newInbound } from './inbound-incident.ts';
import { type IncidentPages, toldElsewhere, toldMeanwhile } from './incident-pages.ts';
import { currentOf, IncidentChangedTooOften, isUnsaidNow, severityIn } from './known.ts';
import type { SeverityMap } from './mapping.ts';
import { merge } from './merge.ts';
import type { Answer, InboundStore, Looked, Vendor } from './ports.ts';
import type { Source } from './source.ts';

export interface HearDeps extends ActDeps {
  readonly inbound: Pick<InboundStore, 'put' | 'read'>;
  readonly vendor: Pick<Vendor, 'look'> | undefined;
  readonly severities: SeverityMap;
  readonly pages: IncidentPages;
  /** Postmortems that changed here since the last poll of the source, and an hour before it. */
  readonly changedLately: () => Promise<readonly ListedPostmortem[]>;
}

export interface Heard {
  readonly incident: InboundIncident;
  readonly severity: Postmortem['severity'] | undefined;
  /** It is held now and was not before, or for another reason. */
  readonly isNewlyHeld: boolean;
  /**
   * The vendor asks for the next call after these seconds. Absent after two days without an answer:
   * the hourly poll goes on, or messages would pile up for as long as the vendor is away.
   */
  readonly askAgain?: number;
}

/** How often a write that lost a race is tried. */
const tries = 8;
/** A vendor that does not answer for so long is an operator's matter. */
const patienceMs = 2 * dayMs;
/** What the API does not know for so long, asked each quarter of an hour, is gone. */
const goneMs = hourMs;
/** The status that an adapter gives an answer that it did not read to its end. */
const tooLarge = 413;
const askWhileGoneSeconds = 900;
/** Each poll looks so long at what is gone: a token that lost its rights may get them back. */
const watchedMs = 14 * dayMs;
/** As what an answer counts that was asked for before another one that is here already. */
const overtaken = { kind: 'later', seconds: 1 } as const;

/**
 * Does what follows from something that was said about an incident: hides it at once if that hides
 * it, then asks the vendor's API, and declares, publishes, hides or holds it. Said twice, or in
 * another order, it comes to the same. The facts are stored before anything is done, so of two at
 * once the second one sees what the first one heard, and of two texts the one that was asked for
 * later stays. Throws after many lost races; the message then comes again. Without a vendor nobody
 * is asked, and nothing is shown.
 */
export async function hear(source: Source, ref: string, said: Facts, deps: HearDeps): Promise<Heard> {
  const at = toInstant(deps.now());
  const notAsked = { kind: 'not asked', at } as const;
  if (!deps.vendor) return settle(source, ref, said, notAsked, deps);
  if (hiddenBy(said)) await settle(source, ref, said, notAsked, deps);
  return settle(source, ref, said, { ...(await deps.vendor.look(ref)), at }, deps);
}

type Asked = Answer<Looked> | { readonly kind: 'not asked' };

/** `at`: when it was asked. */
async function settle(source: Source, ref: string, said: Facts, answer: Asked & { readonly at: Instant }, deps: HearDeps): Promise<Heard> {
  for (let i = 0; i < tries; i += 1) {
    const known = (await deps.inbound.read(source, ref)) ?? newInbound(source, ref);
    // Before the facts are put: who asked later puts theirs before the text, so one write is lost.
    const stored = await deps.desk.readCurrent(idAtVendor(source, ref));
    const isOvertaken = answer.kind === 'found' && known.lookedAt !== undefined && isAfter(known.lookedAt, answer.at);
    const asked: Asked = isOvertaken ? overtaken : answer;
    const merged = merge(merge(known, said), answer.kind === 'found' ? answer.value.facts : {});
    // What the API calls an exercise is none any more as soon as it calls it one no more.
    if (asked.kind === 'found' && !asked.value.facts.ignored && merged.facts.ignored?.seen === 'api') delete merged.facts.ignored;
    const heard = { ...merged, ...(asked.kind === 'found' && { lookedAt: answer.at }) };
    if (!(await deps.inbound.put(heard))) continue;
    const before = { ...heard, version: heard.version + 1 };
    const severity = severityIn(before.facts, deps);
    const current = currentOf(stored, source);
    const decided = await decideNow(before, { severity, current, asked: saidBy(asked, before, deps) }, deps);
    const isUnsaid = isUnsaidNow(before, current, severity);
    const looked = asked.kind === 'found' ? asked.value : undefined;
    const done = await act(decided, { incident: before, stored, current, isUnsaid, looked }, deps);
    if (done === 'again') continue;
    const after = stateAfter(before, withFailure(done, asked, before, deps), asked, { stored, current, ...deps });
    // While it says less, a call that began before may still show it.
    const isShowable = looked !== undefined && severity !== undefined && isProven(before.facts.private);
    const takenBack = isShowable ? undefined : before.takenBack;
    const incident = { ...before, ...after, takenBack };
    if (!(await deps.inbound.put(incident))) continue;
    const isNewlyHeld = incident.state === 'held' && (known.state !== 'held' || known.why !== incident.why);
    return { incident, severity, isNewlyHeld, ...againAfter(asked, incident, deps) };
  }
  throw new IncidentChangedTooOften(source);
}

/** Before the first telling it looks once more who has told of it elsewhere. */
async function decideNow(incident: InboundIncident, known: Omit<Known, 'facts' | 'source'>, deps: HearDeps): Promise<Decision> {
  const decideWith = (joined: Facts) => decide({ ...known, source: incident.source, facts: { ...incident.facts, ...joined } });
  const decided = decideWith(await joinedFacts(incident, known.current, (page) => toldElsewhere(page, incident, deps)));
  if (decided.do !== 'publish' || known.current.isTold) return decided;
  return decideWith(await joinedFacts(incident, known.current, (page) => toldMeanwhile(page, deps)));
}

/**
 * Joins what nobody was told of to the postmortem that links to its page. That is not kept: without
 * the link it is told of by itself.
 */
async function joinedFacts(
  { facts }: InboundIncident,
  current: Current,
  elsewhere: (permalink: string) => Promise<string | undefined>,
): Promise<Facts> {
  const { permalink, joins, ignored } = facts;
  if (current.owner === 'others' || current.isTold || joins || ignored || !permalink || facts.private?.value !== false) return {};
  const id = await elsewhere(permalink.value);
  return id === undefined ? {} : { joins: { value: id, at: permalink.at, seen: 'api' } };
}

function againAfter(asked: Asked, incident: InboundIncident, deps: Pick<HearDeps, 'now'>): Pick<Heard, 'askAgain'> {
  if (asked.kind === 'later' && !isLate(incident, deps)) return { askAgain: asked.seconds };
  return asked.kind === 'gone' && !isGone(incident, deps) ? { askAgain: askWhileGoneSeconds } : {};
}

function saidBy(asked: Asked, before: InboundIncident, deps: Pick<HearDeps, 'now'>): Parameters<typeof decide>[0]['asked'] {
  if (asked.kind === 'gone') return isGone(before, deps) ? 'gone' : 'not found';
  if (asked.kind !== 'found') return 'not asked';
  const { facts, body = '' } = asked.value;
  return facts.status?.value === 'published' && body.trim() !== '' ? 'text' : 'no text';
}

/** A vendor that lets us in no more, or has not answered for long, is an operator's matter. */
function withFailure(done: Done, asked: Asked, before: InboundIncident, deps: Pick<HearDeps, 'now'>): Done {
  if (done.do === 'hold' && done.why === 'not found')
    return { ...done, detail: 'The API does not know it. If that is so for an hour, it is restricted, unless you ignore it.' };
  if (done.do !== 'wait') return done;
  if (asked.kind === 'refused' && asked.status === tooLarge) return { do: 'hold', why: 'too large', detail: 'The API answered too much.' };
  if (asked.kind === 'refused') return { do: 'hold', why: 'refused', detail: `The API answered ${asked.status}.` };
  return asked.kind === 'later' && isLate(before, deps) ? { do: 'hold', why: 'vendor does not answer' } : done;
}

const isLate = ({ askedSince }: InboundIncident, { now }: Pick<HearDeps, 'now'>): boolean =>
  askedSince !== undefined && now().getTime() - Date.parse(askedSince) > patienceMs;

const isGone = ({ goneSince }: InboundIncident, { now }: Pick<HearDeps, 'now'>): boolean =>
  goneSince !== undefined && now().getTime() - Date.parse(goneSince) >= goneMs;

const states = { publish: 'published', declare: 'declared', hide: 'hidden', join: 'joined', ignore: 'ignored', hold: 'held' } as const;

function stateAfter(
  before: InboundIncident,
  done: Done,
  asked: Asked,
  { stored, current, now }: Pick<HearDeps, 'now'> & { readonly stored: StoredPostmortem | undefined; readonly current: Current },
): Pick<InboundIncident, 'askedSince' | 'detail' | 'goneSince' | 'since' | 'state' | 'why'> {
  const at = toInstant(now());
  const askedSince = asked.kind === 'later' ? (before.askedSince ?? at) : asked.kind === 'not asked' ? before.askedSince : undefined;
  // What waits for the vendor stays what it was.
  const resting = asked.kind === 'found' ? restingState(before, stored, current) : before.state;
  const state = done.do === 'wait' ? resting : states[done.do];
  const isHeld = state === 'held';
  // An API that does not answer says nothing of it.
  const goneSince = asked.kind === 'gone' ? (before.goneSince ?? at) : asked.kind === 'found' ? undefined : before.goneSince;
  // Without a reason in rows of an earlier release.
  const wasGone = state === 'hidden' && before.since !== undefined && (before.why ?? 'gone') === 'gone';
  const isGoneNow = done.do === 'hide' ? done.why === 'gone' : done.do === 'wait' && wasGone;
  // What an operator said of it counts when something is learned of it.
  const isUnanswered = done.do === 'wait' && asked.kind !== 'found' && !wasGone;
  const isWatched = isGoneNow && now().getTime() - Date.parse(goneSince ?? at) < watchedMs;
  return {
    state,
    why: done.do === 'hold' || done.do === 'hide' ? done.why : isHeld || state === 'hidden' ? before.why : undefined,
    detail: done.detail ?? (done.do === 'wait' && isHeld ? before.detail : undefined),
    since: isHeld || isWatched ? (before.state === state ? (before.since ?? at) : at) : isUnanswered ? before.since : undefined,
    askedSince,
    goneSince,
  };
}

/** What the vendor spoke of and nothing is done about. */
function restingState({ state }: InboundIncident, stored: StoredPostmortem | undefined, { owner }: Current): InboundIncident['state'] {
  if (stored && owner === 'ours') {
    if (isTellable(stored.postmortem)) return 'published';
    if (stored.postmortem.status === 'draft') return 'declared';
  }
  return state === 'hidden' ? 'hidden' : 'waiting';
}
