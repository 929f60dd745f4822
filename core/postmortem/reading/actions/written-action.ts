import type { PlainDate } from '../../../shared/instant.ts';
import { type ActionField, type ActionState, isPriority, stateOfAnswer } from './action-words.ts';
import { type Days, readDueDay } from './days.ts';
import { isFiller, isPlaceholder } from './filler-words.ts';
import { readState, readStateAside, splitState } from './read-state.ts';

/**
 * An action item as a body states it, with the names that front matter and JSON use too. Without a
 * title it is only what is said about another one.
 */
export interface WrittenAction {
  title: string;
  id?: string;
  owner?: string;
  team?: string;
  due?: PlainDate;
  priority?: string;
  kind?: string;
  status?: ActionState;
  link?: string;
  cost?: string;
  consequence?: string;
  /** Markdown that says more about it than its fields can hold. It stays text. */
  notes: string[];
}

export const newAction = (title = ''): WrittenAction => ({ title, notes: [] });

/** Whether something is known about it besides its title. */
export const hasFacts = ({ id, owner, team, due, priority, status, cost, consequence }: WrittenAction): boolean =>
  [id, owner, team, due, priority, status, cost, consequence].some((value) => value !== undefined);

/**
 * Adds what is known of `more`. What `action` says itself stays, and what differs becomes a note.
 */
export function addFacts(action: WrittenAction, { title: _, notes, ...more }: WrittenAction): void {
  const own = withoutUndefined(action);
  const other = Object.entries(more).filter(([field, value]) => value !== undefined && (own[field] ?? value) !== value);
  Object.assign(action, { ...more, ...own });
  action.notes.push(...notes, ...other.map(([field, value]) => `${field}: ${String(value)}`));
}
const withoutUndefined = (action: WrittenAction): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(action).filter(([, value]) => value !== undefined));

const longest = { owner: 120, team: 120, priority: 40, kind: 120, id: 120, cost: 300, consequence: 300 } as const;
export const ticketKey = /^(?:[A-Z][A-Z0-9_]{1,14}-\d{1,9}|[\w.-]{0,60}(?:\/[\w.-]{1,60})?#\d{1,9}|!\d{1,9})$/;

/**
 * Puts a value under a label or in a column into its field. False if the field cannot hold it: then
 * the words stay where they are. A value that says that there is none is taken as none.
 */
export function setField(action: WrittenAction, field: ActionField, written: string, days: Days): boolean {
  const value = written.replace(/\s+/g, ' ').trim();
  switch (field) {
    case 'title':
      return false;
    case 'status':
      return setStatus(action, value, days);
    case 'due':
      return setDue(action, value, days);
    case 'doneOn':
      return setDoneOn(action, value, days);
    case 'note':
      if (!isFiller(value)) action.notes.push(value);
      return true;
    case 'id':
    case 'link':
      return setTicket(action, value, days);
    case 'cost':
    case 'consequence':
      return setProse(action, field, value);
    default:
      return setName(action, field, value);
  }
}

function setName(action: WrittenAction, field: 'owner' | 'team' | 'priority' | 'kind', value: string): boolean {
  if (isFiller(value) || isPlaceholder(value)) return true;
  const name = field === 'owner' ? value.replace(/(^|[\s,])@(?=\S)/g, '$1') : value.replace(/^[^\p{L}\p{N}]+(?=[\p{L}\p{N}])/u, '');
  const bare = name.replace(/^\[(.*)\]$/, '$1').trim();
  if (bare.length > longest[field] || (action[field] !== undefined && action[field] !== bare)) return false;
  action[field] = bare;
  return true;
}

/** What is too long stays a remark. A level of risk is no consequence. */
function setProse(action: WrittenAction, field: 'cost' | 'consequence', value: string): boolean {
  if (isFiller(value) || isPlaceholder(value)) return true;
  if (field === 'consequence' && isPriority(value)) return false;
  if (action[field] !== undefined && action[field] !== value) return false;
  if (value.length > longest[field]) action.notes.push(`${proseNames[field]}: ${value}`);
  else action[field] = value;
  return true;
}
const proseNames = { cost: 'Cost', consequence: 'If not done' } as const;

/**
 * A bare number with what it counts: "3" below "Effort (days)" is "3 days", and below "Effort" it
 * is "3 (Effort)". Below "Cost" it is "3", because that is what it is told as.
 */
export function withUnit(value: string, name: string): string {
  if (!/^[~≈<>±]?\s?\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?$/.test(value)) return value;
  const unit = /\(\s*(?:in\s+)?([^()]{1,24}?)\s*\)/.exec(name)?.[1];
  if (unit === undefined && /^\W*cost\W*$/i.test(name)) return value;
  return `${value} ${unit ?? `(${name})`}`;
}

function setStatus(action: WrittenAction, value: string, days: Days): boolean {
  if (isPlaceholder(value)) return true;
  const answer = stateOfAnswer(value);
  const state = answer === undefined ? readState(value) : { status: answer, isNear: false, rest: '' };
  if (state === undefined) return isFiller(value);
  action.status = state.status;
  if (state.isNear) action.notes.push(value);
  else if (state.rest !== '' && !setDueOfState(action, state.rest, days)) action.notes.push(value);
  return true;
}
/** "Open (due 2026-12-04)". */
function setDueOfState(action: WrittenAction, rest: string, days: Days): boolean {
  const due = /^\(?(?:due|by|until|fällig|bis)\s+([^()]{3,40})\)?$/i.exec(rest)?.[1];
  return due !== undefined && setDue(action, due, days);
}

function setDue(action: WrittenAction, value: string, days: Days): boolean {
  if (isFiller(value) || isPlaceholder(value)) return true;
  const day = readDueDay(value, days);
  if (day === undefined && readStateAside(value)?.rest === '') return setStatus(action, value, days);
  if (day === undefined || (action.due !== undefined && action.due !== day)) return false;
  action.due = day;
  return true;
}

function setDoneOn(action: WrittenAction, value: string, days: Days): boolean {
  if (isFiller(value) || isPlaceholder(value)) return true;
  const state = readState(value);
  if (readDueDay(value, days) === undefined && state === undefined) return false;
  action.status = state?.status ?? 'done';
  if (state === undefined || state.rest !== '') action.notes.push(`Completed on ${value}`);
  return true;
}

/**
 * A ticket: its address, its key, or both with a state beside them, as in "Bug 5554823 **TODO**".
 */
function setTicket(action: WrittenAction, written: string, days: Days): boolean {
  const { status, rest } = splitState(written);
  if (status !== undefined) action.status = status;
  const value = rest;
  if (isFiller(value) || isPlaceholder(value)) return true;
  if (/^https?:\/\/\S+$/i.test(value)) {
    if (action.link !== undefined && action.link !== value) return false;
    action.link = value;
    return true;
  }
  if (readState(value)?.rest === '') return setStatus(action, value, days);
  if (value.length > longest.id) return false;
  if (action.id === undefined || isRowNumber(action.id)) action.id = value;
  else if (action.id !== value && !isRowNumber(value)) return false;
  return true;
}
/**
 * Rows of a table are numbered as lists are. The number names the action only if nothing else does.
 */
const isRowNumber = (id: string): boolean => /^\d{1,3}\.?$/.test(id);
