import { months } from '../moments/calendar-words.ts';
import { takeLabels } from './action-labels.ts';
import { type ActionState, inBracketsToo, isKind, isPriority, isTeamName } from './action-words.ts';
import { type Days, readDueDay } from './days.ts';
import { fold, isFiller } from './filler-words.ts';
import { againstIt, type FlatText } from './flat-text.ts';
import { isGivenName } from './given-names.ts';
import { leadingSigns, readState, readStateAside, splitState } from './read-state.ts';
import { beginsWithVerb } from './verbs.ts';
import { newAction, setField, ticketKey, type WrittenAction } from './written-action.ts';

export interface ActionContext extends Days {
  /**
   * The lines around it end with a name in brackets or behind a dash, so a single name is an owner
   * there.
   */
  readonly namesAtEnd?: boolean;
  /** The line began with a mention of its owner, as tasks of Confluence do. */
  readonly isMentioned?: boolean;
  /** The state that the box before the line shows. */
  readonly box?: ActionState;
}

/** A longer text is prose, and not an action with an owner and a day. */
const longestRead = 2000;
export const longestTitle = 500;

/**
 * Reads one action from a line: "Add an alert (Payments, 4 December)", "[x] Drain first @jo",
 * "OPS-7: … Owner: Jo. Due: 2026-12-04". What no field takes stays the title. A line struck through
 * is done; behind an empty box it is declined. A state in words decides.
 */
export function readActionLine(flat: FlatText, context: ActionContext): WrittenAction {
  const action = newAction();
  if (flat.link !== undefined) action.link = flat.link;
  const signs = leadingSigns(flat.text.trim());
  const boxed = context.box !== undefined && signs.isColour ? context.box : (signs.status ?? context.box);
  if (boxed !== undefined) action.status = boxed;
  if (flat.isStruck) action.status = boxed === 'open' ? 'declined' : 'done';
  action.notes.push(...flat.struck.map((words) => `~~${words}~~`));
  if (flat.reason !== undefined) takeReason(flat.reason, action);
  const title = signs.rest.length > longestRead ? signs.rest : withoutFacts(signs.rest, action, flat, context);
  action.title = title.replace(/\s+/g, ' ').trim();
  return action;
}

/** What stands behind words that are struck through: "won't do, covered by the epic". */
function takeReason(reason: string, action: WrittenAction): void {
  const state = readState(reason);
  if (state === undefined) {
    if (againstIt.test(reason)) action.status = 'declined';
    action.notes.push(reason);
  } else {
    action.status = state.status;
    if (state.isNear || state.rest !== '') action.notes.push(reason);
  }
}

function withoutFacts(line: string, action: WrittenAction, flat: FlatText, context: ActionContext): string {
  const told = takeLabels(line, action, context);
  let text = tidy(withoutAddress(told, action.link));
  if (text !== '' && takeParts(text, action, { ...context, isWhole: true })) return '';
  const isMentioned = /^@\p{Lu}/u.test(text);
  for (const take of [takeLeading, takeTrailing]) {
    for (let i = 0; i < mostFacts; i++) {
      const rest = take(text, action, isMentioned ? { ...context, isMentioned } : context);
      if (rest === undefined) break;
      text = tidy(rest);
    }
  }
  return withoutKey(text, action, flat.key);
}
const mostFacts = 8;

/** Removes the address, which has its own field. */
function withoutAddress(text: string, link: string | undefined): string {
  if (link === undefined) return text;
  const bare = tidy(text.replace(`(${link})`, '').replace(link, ''));
  return bare.length > 3 ? bare : text;
}

/**
 * The key of the ticket that the action links to names the action. At an end of the line it is no
 * part of the title.
 */
function withoutKey(text: string, action: WrittenAction, key: string | undefined): string {
  if (key === undefined || key === text) return text;
  action.id ??= key;
  if (action.id !== key || !text.endsWith(key)) return text;
  const rest = text.slice(0, -key.length).trimEnd();
  return /(?:^|\s)(?:see|in|with|of|for|to|by|and|cf\.?|siehe|in|voir|ver)$/i.test(rest) || rest.length < 4 ? text : tidy(rest);
}

const ticketFirst =
  /^\[?([A-Z][A-Z0-9_]{1,14}-\d{1,9}|(?:[\w.-]{1,40}\/[\w.-]{1,60})?#\d{1,9})(?:\]:?|:|(?=\s*[([])|\s+[-–—|]+\s|\s+(?=[\p{L}[(]))\s*/u;
const bracketFirst = /^([([（【［])([^()[\]（）【】［］]{1,80})[)\]）】］]\s*(?:[:–—-]\s*)?/;
const stateFirst = /^([\p{L} '’-]{2,24}?)\s*(?::|\s[-–—])\s+/u;
/** "60 %: migrate". Without a colon a share is the beginning of a title: "50% build tool". */
const shareFirst = /^(\d{1,3}\s?%(?: (?:done|complete|completed))?)\s*(?::|\s[-–—])\s+(?=\S)/iu;
const nameFirst = /^(?:@([\w./-]{1,60})|([\p{L}\p{N}][\p{L}\p{N} &-]{1,40}))\s*(?::|\s[-–—])\s+/u;

/** What stands before the title. Returns the rest, or undefined if nothing is taken. */
function takeLeading(text: string, action: WrittenAction, context: ActionContext): string | undefined {
  const signs = leadingSigns(text);
  if (signs.status !== undefined && signs.rest !== text) {
    action.status ??= signs.status;
    return signs.rest;
  }
  const ticket = ticketFirst.exec(text);
  if (ticket?.[1] !== undefined && action.id === undefined) {
    action.id = ticket[1];
    return text.slice(ticket[0].length);
  }
  const bracket = bracketFirst.exec(text);
  if (bracket?.[2] !== undefined && bracket[0].length < text.length && takeParts(bracket[2], action, { ...context, isFirst: true }))
    return text.slice(bracket[0].length);
  const assigned = action.owner === undefined ? /^(?:TODO|FIXME)\(@?([\p{L}\p{N} ._-]{2,60})\)\s*:?\s+(?=\S)/u.exec(text) : null;
  if (assigned?.[1] !== undefined) {
    action.owner = assigned[1];
    return text.slice(assigned[0].length);
  }
  const named = action.owner === undefined ? /^\[(\p{Lu}\p{Ll}{2,20})\]\s*:?\s+(?=\S)/u.exec(text) : null;
  if (named?.[1] !== undefined && isGivenName(named[1])) {
    action.owner = named[1];
    return text.slice(named[0].length);
  }
  const dropped = /^(obsolete|hinfällig)\s*[:–—-]\s+(?=\S)/iu.exec(text);
  if (dropped?.[1] !== undefined) {
    action.status = 'declined';
    action.notes.push(dropped[1]);
    return text.slice(dropped[0].length);
  }
  const share = shareFirst.exec(text);
  if (share?.[1] !== undefined && takeParts(share[1], action, { ...context, isFirst: true })) return text.slice(share[0].length);
  const word = stateFirst.exec(text);
  if (word?.[1] !== undefined && word[0].length < text.length) {
    const state = readStateAside(word[1]);
    if (state !== undefined && state.rest === '') {
      action.status = state.status;
      if (state.isNear) action.notes.push(word[1]);
      return text.slice(word[0].length);
    }
    if (action.priority === undefined && isPriority(word[1])) {
      action.priority = word[1];
      return text.slice(word[0].length);
    }
  }
  const priority = /^(P[0-5])\s*(?:[:–—-]\s*)?(?=\S)/.exec(text);
  if (priority?.[1] !== undefined && action.priority === undefined) {
    action.priority = priority[1];
    return text.slice(priority[0].length);
  }
  const promised = promisedFirst.exec(text);
  if (promised?.[1] !== undefined && takePromised(promised[1], action, context)) return text.slice(promised[0].length);
  const mentioned = action.owner === undefined ? mentionedFirst(text) : undefined;
  if (mentioned !== undefined) {
    action.owner = mentioned;
    return text.slice(mentioned.length + 1).replace(/^\s*[:：,–—-]?\s+/, '');
  }
  const name = nameFirst.exec(text);
  const owner = name?.[1] ?? (name?.[2] !== undefined && isTeamName(name[2]) ? name[2] : undefined);
  if (name !== null && owner !== undefined && action.owner === undefined) {
    action.owner = owner;
    return text.slice(name[0].length);
  }
  return undefined;
}

/** "Ana Lima, by 4 December: …" */
const promisedFirst = /^([^:：()[\]–—]{5,60})(?:[:：]|\s[-–—])\s+(?=\S)/;
function takePromised(inside: string, action: WrittenAction, context: ActionContext): boolean {
  const found = newAction();
  if (!takeParts(inside, found, { ...context, isFirst: true }) || found.due === undefined || found.owner === undefined) return false;
  if (action.owner !== undefined || action.due !== undefined) return false;
  Object.assign(action, { owner: found.owner, due: found.due });
  return true;
}

/**
 * The person of "@Ana Lima Renew all certificates": the capital words behind the sign, up to a
 * colon, to the verb, or to the last one, which begins the sentence.
 */
function mentionedFirst(text: string): string | undefined {
  const [, names = ''] = /^@(\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){1,4})(?=[\s:：,])/u.exec(text) ?? [];
  const words = names.split(' ');
  if (words.length < 2 || text.length <= names.length + 2) return undefined;
  if (/^\s*[:：,–—]/.test(text.slice(names.length + 1))) return words.length <= 3 ? names : undefined;
  const verb = words.findIndex((word, i) => i > 0 && beginsWithVerb(word));
  const count = verb > 0 ? verb : words.length > 2 ? words.length - 1 : 0;
  return count > 0 && count <= 3 ? words.slice(0, count).join(' ') : undefined;
}

const bracketLast = /\s*[([（【［]([^()[\]（）【】［］]{1,120})[)\]）】］]\s*[.;,。]?$/;
/** "Migrate the disk: 60 %", "Migrate the disk (Rosa) 60 %", but not "Cut the load by 60 %". */
const shareLast = /(?:(?<=[)\]）】])\s*|\s*[:：,;]\s+)(\d{1,3}\s?%(?: (?:done|complete|completed))?)\.?$/iu;
const dashLast = /\s(?:--|->|=>|[-–—|→·•])\s*([^–—|→·•()]{2,80})$/;
const beforeDay =
  /[\s,;]+(?:due|by|before|until|eta|bis(?: zum)?|bis spätestens|fällig(?: am)?|avant le|pour le|antes del?|para el|até|entro(?: il)?|uiterlijk|vence(?: el)?|échéance|scadenza|scade(?: il)?|prazo|deadline|📅)\s*:?\s+|[,;]\s*/giu;
const longestDay = 36;
/** Behind a person, a day needs no word before it. */
const personDay = /(@[\p{L}\p{N}_][\p{L}\p{N}_./-]{0,60})\s+(?=\S{4,})/gu;
const plainDay =
  /(?<!\b(?:of|from|since|on|the|in|at|after|before|vom|von|am|du|de|del|do|di|dal))\s+(?=(?:\d{4}-\d\d-\d\d|\d{1,2}\.? \p{L}{3,10}\.? \d{4}|\p{L}{3,10}\.? \d{1,2}, \d{4})$)/giu;

/** The day at the end of a line, behind a comma or a word such as "by". */
function dayAtEnd(text: string, context: ActionContext): { due: string; index: number } | undefined {
  const from = Math.max(0, text.length - longestDay - 24);
  const tail = text.slice(from).replace(/\.$/, '');
  for (const { index, 0: before } of tail.matchAll(beforeDay)) {
    const written = tail.slice(index + before.length);
    const due = written.length > longestDay ? undefined : readDueDay(written, context);
    if (due !== undefined && !/[()]/.test(written) && from + index > 0) return { due, index: from + index };
  }
  return bareDayAtEnd(tail, from, context);
}

function bareDayAtEnd(tail: string, from: number, context: ActionContext): { due: string; index: number } | undefined {
  for (const { index, 0: before, 1: name } of tail.matchAll(context.isMentioned === true ? plainDay : personDay)) {
    const due = readDueDay(tail.slice(index + before.length), context);
    if (due !== undefined) return { due, index: from + index + (name?.length ?? 0) };
  }
  return undefined;
}
const handleLast = /[\s,:–—-]+((?:@[\p{L}\p{N}_-][\p{L}\p{N}_./-]{0,60}[\p{L}\p{N}_](?:\s*(?:,|&|and|und|\+)?\s*)?){1,4})\.?$/u;
const assignedLast =
  /[\s,;–—-]+(?:assigned to|owned by|owner is|zugewiesen an|assignée? à|asignad[oa] a)\s*:?\s+(@?\p{Lu}?[\p{L}\p{N}@. -]{1,50}?)\.?$/iu;

/** What stands behind the title. Returns the rest, or undefined if nothing is taken. */
function takeTrailing(text: string, action: WrittenAction, context: ActionContext): string | undefined {
  const task = takeTaskSigns(text, action, context);
  if (task !== undefined) return task;
  const bracket = bracketLast.exec(text);
  if (bracket?.[1] !== undefined && bracket.index > 0 && takeParts(bracket[1], action, { ...context, isInBrackets: true }))
    return text.slice(0, bracket.index);
  const arrow = /\s(?:->|→|=>)\s*(@?[^→>()]{2,60})$/.exec(text);
  if (arrow?.[1] !== undefined && arrow.index > 0 && action.owner === undefined && isName(arrow[1].replace(/^@/, ''))) {
    action.owner = arrow[1].replace(/^@/, '');
    return text.slice(0, arrow.index);
  }
  const dropped = bracketLast.exec(text) ?? dashLast.exec(text);
  if (dropped?.[1] !== undefined && dropped.index > 0 && isDropped(dropped[1])) {
    action.status = 'declined';
    action.notes.push(dropped[1]);
    return text.slice(0, dropped.index);
  }
  const told = /:\s+([\p{L} '’-]{2,24})\.?$/u.exec(text);
  const word = told?.[1] === undefined ? undefined : readStateAside(told[1]);
  if (told !== null && told.index > 0 && word?.rest === '' && !word.isNear) {
    action.status = word.status;
    return text.slice(0, told.index);
  }
  const share = shareLast.exec(text);
  if (share?.[1] !== undefined && share.index > 0 && takeParts(share[1], action, context)) return text.slice(0, share.index);
  const dash = dashLast.exec(text);
  const empty = bracket ?? dash;
  if (empty?.[1] !== undefined && empty.index > 0 && isFiller(empty[1])) return text.slice(0, empty.index);
  if (dash?.[1] !== undefined && dash.index > 0 && takeParts(dash[1].replace(/\.$/, ''), action, { ...context, isBehindDash: true }))
    return text.slice(0, dash.index);
  const listed = /,\s*([^,()]{2,40}?)\.?$/.exec(text)?.[1];
  if (listed !== undefined && isPlainFact(listed) && takeParts(listed, action, context)) return text.slice(0, text.lastIndexOf(','));
  const day = action.due === undefined ? dayAtEnd(text, context) : undefined;
  if (day !== undefined) {
    action.due = day.due;
    return text.slice(0, day.index);
  }
  const owned = action.owner === undefined ? /[,;]\s*owner\s+@?([\p{Lu}\p{Lo}\w][^,;]{1,50})$/u.exec(text) : null;
  if (owned?.[1] !== undefined && isName(owned[1])) {
    action.owner = owned[1];
    return text.slice(0, owned.index);
  }
  const assigned = action.owner === undefined ? assignedLast.exec(text) : null;
  if (assigned?.[1] !== undefined && isName(assigned[1].replace('@', ''))) {
    action.owner = assigned[1].replace(/^@/, '').trim();
    return text.slice(0, assigned.index);
  }
  const handles = action.owner === undefined ? handleLast.exec(text) : null;
  if (handles?.[1] !== undefined && handles.index > 0) {
    action.owner = namesOf(handles[1]);
    return text.slice(0, handles.index);
  }
  const last = action.due === undefined && action.owner === undefined ? null : /[.;]\s{1,3}(\p{Lu}[\p{L} ]{2,20})\.?$/u.exec(text);
  const said = last?.[1] === undefined ? undefined : readStateAside(last[1]);
  if (last !== null && said?.rest === '') {
    action.status = said.status;
    return text.slice(0, last.index);
  }
  const state = splitState(text);
  if (state.status !== undefined && state.rest !== '') {
    action.status = state.status;
    return state.rest;
  }
  return undefined;
}

/** "rejected, too expensive", "we decided not to": a decision against it, with its reason. */
function isDropped(text: string): boolean {
  if (/^(?:we )?(?:have )?decided (?:not to|against)(?!\p{L})/iu.test(text)) return true;
  const word = /^([^,;:]{3,30})[,;:]\s/u.exec(text)?.[1];
  const state = word === undefined ? undefined : readStateAside(word);
  return state?.status === 'declined' && state.rest === '';
}

/**
 * What Obsidian and its plugins write behind a task: days behind signs, a priority, a person, tags.
 */
function takeTaskSigns(text: string, action: WrittenAction, context: ActionContext): string | undefined {
  const end = text.slice(-120);
  const take = (length: number) => text.slice(0, text.length - length);
  const dated = /\s*(✅|📅|📆|🗓|➕|⏳|🛫|❌)\ufe0f?\s*(\d{4}-\d\d-\d\d)$/u.exec(end);
  if (dated?.[2] !== undefined) {
    if (/[📅📆🗓]/u.test(dated[1] ?? '')) setField(action, 'due', dated[2], context);
    else if (dated[1] === '✅') setField(action, 'status', `Done ${dated[2]}`, context);
    else if (dated[1] === '❌') setField(action, 'status', `Cancelled ${dated[2]}`, context);
    else action.notes.push(dated[2]);
    return take(dated[0].length);
  }
  const ranked = /\s*([🔺⏫🔼🔽⏬])\ufe0f?$/u.exec(end);
  if (ranked?.[1] !== undefined && action.priority === undefined) {
    action.priority = taskPriorities[ranked[1]] ?? ranked[1];
    return take(ranked[0].length);
  }
  const person = /\s*(👤|🧑|@)?\ufe0f?\s*\[\[([^\][|]{2,60})(?:\|([^\][|]{2,60}))?\]\]$/u.exec(end);
  const name = person?.[3] ?? person?.[2];
  if (person !== null && name !== undefined && action.owner === undefined && isName(name)) {
    if (person[1] !== undefined || (action.due !== undefined && isFullName(name))) {
      action.owner = name;
      return take(person[0].length);
    }
  }
  const tag = /\s+(#[\p{L}][\p{L}\p{N}/_-]{0,40})$/u.exec(end);
  if (tag?.[1] === undefined || !/[📅⏳🛫🔺⏫🔼🔽⏬👤]/u.test(text)) return undefined;
  action.notes.push(tag[1]);
  return take(tag[0].length);
}
const taskPriorities: Readonly<Record<string, string>> = { '🔺': 'highest', '⏫': 'high', '🔼': 'medium', '🔽': 'low', '⏬': 'lowest' };

/** What behind a comma is not part of the sentence. */
const isPlainFact = (text: string): boolean =>
  isTeamName(text) || isPriority(text) || (text.split(' ').length <= 3 && readStateAside(text)?.rest === '');

const namesOf = (handles: string): string =>
  [...handles.matchAll(/@([\p{L}\p{N}_./-]*[\p{L}\p{N}_])/gu)].map(([, handle]) => handle).join(', ');

interface Place extends ActionContext {
  /** Before the title. */
  readonly isFirst?: boolean;
  readonly isBehindDash?: boolean;
  /** There is no title: the line is only about another action. */
  readonly isWhole?: boolean;
  readonly isInBrackets?: boolean;
}

/**
 * Reads words in brackets or behind a dash into `action`, if any part of them is clearly a day, a
 * person or a team, a priority or a state. False: they stay in the title.
 */
function takeParts(inside: string, action: WrittenAction, place: Place): boolean {
  const found = newAction();
  const names: string[] = [];
  const parts = inside
    .split(/,(?!\s\d{4}(?:$|[\s,;]))|[;|·•、，；]|\s(?:--|[-–—/])\s/)
    .flatMap((part) => withDayApart(part.trim(), place))
    .filter(Boolean);
  for (const part of parts) {
    if (takePart(part, found, place)) continue;
    if (unclearDay.test(part)) found.notes.push(part);
    else names.push(part);
  }
  const { title: _, notes, ...facts } = found;
  const isTold = Object.keys(facts).length > 0;
  if (Object.entries(facts).some(([field, value]) => isTaken(action, field, value))) return false;
  if (names.length > 0) {
    if (names.length > 3 || found.owner !== undefined || action.owner !== undefined) return false;
    if (
      !names.every((name) => isName(name) || (place.isInBrackets === true && found.due !== undefined && isGroupOfPeople(name))) ||
      (place.isWhole === true && !names.every(isTeamName))
    )
      return false;
    if (!isTold && !isOwnerAlone(names, place, action)) return false;
    facts.owner = names.join(', ');
  } else if (!isTold) return false;
  Object.assign(action, facts);
  action.notes.push(...notes);
  return true;
}
const isTaken = (action: WrittenAction, field: string, value: unknown): boolean =>
  field !== 'status' && Object.entries(action).some(([name, had]) => name === field && had !== undefined && had !== value);

/** `02/10/2026` in a text that does not show which number is the day. */
const unclearDay = /^\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})$/;

/** "Rosa Lind 2026-12-04" without a comma. */
function withDayApart(part: string, days: Days): string[] {
  const words = part.split(' ');
  if (words.length < 2 || words.length > 8 || readDueDay(part, days) !== undefined) return [part];
  for (let n = 1; n <= Math.min(3, words.length - 1); n++) {
    const day = words.slice(-n).join(' ');
    const name = words.slice(0, -n).join(' ');
    if (/\d/.test(day) && readDueDay(day, days) !== undefined && isName(name.replace(/^@/, '')) && readStateAside(name) === undefined)
      return [name, day];
  }
  return [part];
}

function takePart(part: string, found: WrittenAction, place: Place): boolean {
  const bare = part.replace(/^\[(.*)\]$/, '$1').trim();
  const owner = /^(?:owner|assignee|dri)\s+@?(\S.{1,59})$/i.exec(bare)?.[1];
  const day = readDueDay(bare.replace(/^(?:to be )?done (?:by|until)\s+/i, ''), place);
  if (day !== undefined) found.due = day;
  else if (owner !== undefined && isName(owner)) found.owner = owner;
  else if (/^@\p{L}/u.test(bare) && bare.includes(' ') && found.owner === undefined && isName(bare.slice(1))) found.owner = bare.slice(1);
  else if (/^@[\p{L}\p{N}_./-]+$/u.test(bare)) found.owner = found.owner === undefined ? bare.slice(1) : `${found.owner}, ${bare.slice(1)}`;
  else if (isPriority(bare)) found.priority = /^p\d$/i.test(bare) ? bare.toUpperCase() : bare;
  else if (ticketKey.test(bare)) found.id = bare;
  else if (isKind(bare) && place.isWhole !== true) found.kind = bare;
  else {
    const state = place.isInBrackets === true && inBracketsToo.has(fold(bare)) ? readState(bare) : readStateAside(bare);
    if (state === undefined || (place.isWhole === true && hasWords(state.rest))) return false;
    found.status = state.status;
    if (state.isNear || state.rest !== '') found.notes.push(bare);
  }
  return true;
}

/** "Closed 3 tickets" says what was done, "Closed 3 December" only when. */
const hasWords = (text: string): boolean =>
  (text.match(/\p{L}{3,}/gu) ?? []).some((word) => !months.has(word.toLowerCase()) && !/^(?:utc|gmt)$/i.test(word));

/**
 * Whether names are an owner although nothing else stands beside them: "(Rosa)", "— Rosa Lind". A
 * single word behind a dash is one only if a day stood behind it, or if other lines end so too.
 */
function isOwnerAlone(names: readonly string[], place: Place, action: WrittenAction): boolean {
  if (names.some(isTeamName)) return true;
  if (place.isWhole === true || place.isFirst === true) return false;
  const isListed = place.namesAtEnd === true && place.isBehindDash === true && action.due !== undefined;
  if (isListed && names.length === 1 && /^\p{L}{3,20}$/u.test(names[0] ?? '')) return true;
  if (names.every((name) => isFullName(name))) return true;
  if ((place.isInBrackets === true || place.isBehindDash === true) && names.every(isGivenName)) return true;
  if (!names.every((name) => /^\p{Lu}\p{Ll}|^\p{Lo}{2,4}$/u.test(name))) return false;
  if (place.namesAtEnd === true || (place.isBehindDash === true && action.due !== undefined)) return true;
  return place.isBehindDash !== true && names.length === 1 && /^\p{Lu}\p{Ll}{2,}$/u.test(names[0] ?? '');
}

/** "Rosa Lind", "R. Lind", "Fr. Lind". */
const isFullName = (name: string): boolean =>
  /^(?:\p{Lu}[\p{Ll}'’-]+(?: \p{Lu}\.?)?|\p{Lu}\.(?:[ -]?\p{Lu}\.)?|(?:Fr|Hr|Mr|Mrs|Ms|Dr|Mme|Sr|Sra|Ing)\.)(?: \p{Lu}[\p{L}'’-]+){1,2}$/u.test(
    name,
  );

/** "Teamleiders balie" before a day in brackets: a few words that name no step of the work. */
const isGroupOfPeople = (text: string): boolean =>
  /^\p{Lu}\p{L}{2,30}(?: \p{L}{2,30}){1,2}$/u.test(text) &&
  !/(?:^|\s)(?:phase|step|part|version|release|sprint|target|date|due|only|first|second|third|draft|final|done|not|no|see|until|after|before|if|when|in|on|at|for|with|planned|estimated)(?:\s|$)/i.test(
    text,
  );

/** Whether words can be the name of a person or a team. */
export const isName = (text: string): boolean => {
  const words = text.split(' ');
  if (
    words.length > 4 ||
    text.length > 60 ||
    /\p{Lo}{9}|[（）【】]/u.test(text) ||
    isFiller(text) ||
    /[.:!?]$|https?:|\d[./-]\d/.test(text)
  )
    return false;
  if (isTeamName(text) || words.length === 1) return /^[\p{L}\p{N}]/u.test(text) && !/^\d+$/.test(text);
  return words.every((word) => /^[\p{Lu}\p{Lo}]/u.test(word) || joining.has(fold(word)));
};
const joining = new Set(['de', 'da', 'van', 'von', 'der', 'den', 'la', 'le', 'del', 'di', 'and', 'und', 'y', 'e', 'et', '&', '+', 'team']);

/** Removes empty brackets, and separators at the ends. */
export const tidy = (text: string): string =>
  text
    .replace(/\(\s*[,;]?\s*\)|\[\s*[,;]?\s*\]|（[\s、，；]*）|【\s*】/g, '')
    .replace(/\s?\(see\s*\)/gi, '')
    .replace(/^([^()]*?)\s?\)$/, '$1')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ([.,;:])(?=\s|$)/g, '$1')
    .replace(/^[\s:;,|–—-]+|[\s,;:|–—-]+$/g, '');
