import type { ListItem, Nodes, RootContent } from 'mdast';
import { textOf } from '../../plain-text.ts';
import { type MarkdownBlock, rowsOf } from '../body-blocks.ts';
import { readDay } from '../moments/dates.ts';
import { findActionStatus } from '../read-entries.ts';

/** An action item as a body states it, with the names that front matter and JSON use too. */
export interface WrittenAction {
  title: string;
  id?: string;
  owner?: string;
  due?: string;
  priority?: string;
  kind?: string;
  status?: string;
  link?: string;
}

const labels: Readonly<Record<string, keyof WrittenAction>> = {
  owner: 'owner',
  assignee: 'owner',
  who: 'owner',
  dri: 'owner',
  responsible: 'owner',
  due: 'due',
  'due date': 'due',
  deadline: 'due',
  by: 'due',
  eta: 'due',
  priority: 'priority',
  prio: 'priority',
  type: 'kind',
  kind: 'kind',
  status: 'status',
  state: 'status',
  ticket: 'link',
  bug: 'link',
  issue: 'link',
  tracker: 'link',
  jira: 'link',
};
const labelled =
  /(?:^|[(;,|.]|\s[-–—])\s*(owner|assignee|who|dri|responsible|due date|due|deadline|eta|priority|prio|type|kind|status|state|ticket|bug|issue|tracker|jira)\s*:\s*([^;,|()]+?)\s*(?=[;,|)]|\s[-–—]\s|$)/gi;

/**
 * Reads one action: "Add an alert (Payments, 4 December)", "[x] Drain first @jo", "OPS-7: … owner:
 * Jo; due: 2026-12-04".
 */
export function actionOfItem(item: ListItem, since: Date): WrittenAction {
  const action: WrittenAction = { title: '' };
  if (typeof item.checked === 'boolean') action.status = item.checked ? 'done' : 'open';
  const link = firstLink(item);
  if (link !== undefined) action.link = link;
  return readLineOf(action, textOf(item), since);
}

function readLineOf(action: WrittenAction, written: string, since: Date): WrittenAction {
  const text = written.replace(/\s+/g, ' ').trim();
  const box = /^([☐☑☒✅✔✓])\ufe0f?\s*/u.exec(text);
  if (box !== null) action.status = box[1] === '☐' ? 'open' : 'done';
  const told = text.slice(box?.[0].length ?? 0);
  action.title = told.length > longestRead ? told : tidy(withoutTelling(told, action, since));
  return action;
}

/**
 * The actions of a paragraph in which every line begins with a drawn box. Undefined for any other.
 */
export function actionsOfLines(paragraph: RootContent, since: Date): WrittenAction[] | undefined {
  const lines = textOf(paragraph).split('\n');
  return lines.every((line) => /^\s*[☐☑☒✅]/u.test(line)) ? lines.map((line) => readLineOf({ title: '' }, line, since)) : undefined;
}

/** A longer text is prose, and not an action with an owner and a day. */
const longestRead = 2000;

/** Moves what a line says about its action into `action`, and returns the rest of the line. */
function withoutTelling(line: string, action: WrittenAction, since: Date): string {
  let text = line.replace(labelled, (whole, name: string, value: string) =>
    take(action, labels[name.toLowerCase()], value, since) ? '' : whole,
  );
  text = text.replace(/\s*\(([^()]{1,120})\)\s*\.?$/, (whole, inside: string) => (takeBrackets(action, inside, since) ? '' : whole));
  const ticket = /^\[?([A-Z][A-Z0-9]{1,9}-\d+)(?:\]:?|:)\s*/.exec(text);
  if (ticket?.[1] !== undefined) {
    action.id = ticket[1];
    text = text.slice(ticket[0].length);
  }
  const mention = /(?:^|\s)[-–—]?\s*@(\w[\w.-]{0,60}\w)(?=[\s:,.)]|$)[:,]?/.exec(text);
  if (mention?.[1] !== undefined && action.owner === undefined) {
    action.owner = mention[1];
    text = `${text.slice(0, mention.index)} ${text.slice(mention.index + mention[0].length)}`;
  }
  return withoutLink(withoutDay(text.trim(), action, since), action);
}

const trailingDay = /(?:\s[-–—]{1,3}\s?(?:(?:due|by)\s)?|[\s,;](?:due|by)\s)([a-z0-9][\w ,-]{2,25})\.?$/i;

/** "… - 2026-12-04" and "… by 4 December" end with the day on which the action is due. */
function withoutDay(text: string, action: WrittenAction, since: Date): string {
  const found = action.due === undefined ? trailingDay.exec(text) : null;
  const day = found?.[1] === undefined ? undefined : readDay(found[1], since);
  if (found === null || day === undefined || found.index === 0) return text;
  action.due = day;
  return text.slice(0, found.index);
}

/** Removes the address, which has its own field, and the key of the ticket that it leads to. */
function withoutLink(text: string, { link }: WrittenAction): string {
  if (link === undefined) return text;
  const bare = text.replace(link, '').trim();
  const key = /\s[([]?([A-Z][A-Z0-9]{1,9}-\d+)[)\]]?$/.exec(bare);
  const rest = key?.[1] !== undefined && link.includes(key[1]) ? bare.slice(0, key.index) : bare;
  return rest.length > 3 ? rest : text;
}

/**
 * Reads brackets at the end of a line into `action`, if any part of them is clearly a day, a person
 * or a team, a priority or a state. False: they stay in the title.
 */
function takeBrackets(action: WrittenAction, inside: string, since: Date): boolean {
  const found: WrittenAction = { title: '' };
  const names: string[] = [];
  for (const part of inside
    .split(/[,;]|\s[-–—]\s/)
    .map((word) => word.trim())
    .filter(Boolean)) {
    const day = readDay(part.replace(/^(?:due|by)\s+/i, ''), since);
    const status = findActionStatus(part);
    if (day !== undefined) found.due = day;
    else if (/^@[\w.-]+$/.test(part)) found.owner = part.slice(1);
    else if (/^P[0-5]$/i.test(part)) found.priority = part.toUpperCase();
    else if (status !== undefined) found.status = status;
    else names.push(part);
  }
  const told = Object.keys(found).length > 1 || /\b(team|squad)$/i.test(names[0] ?? '');
  if (!told || names.length > 1 || (names[0] ?? '').split(' ').length > 4) return false;
  if (names[0] !== undefined && found.owner === undefined) found.owner = names[0];
  else if (names[0] !== undefined) return false;
  Object.assign(action, { ...found, title: action.title });
  return true;
}

function take(action: WrittenAction, field: keyof WrittenAction | undefined, written: string, since: Date): boolean {
  const value = written.trim();
  if (field === undefined || value === '' || value.length > 120) return false;
  if (field === 'due') {
    const day = readDay(value, since);
    if (day !== undefined) action.due = day;
    return day !== undefined;
  }
  if (field === 'status') {
    const status = findActionStatus(value);
    if (status !== undefined) action.status = status;
    return status !== undefined;
  }
  if (field === 'link' && !/^https?:\/\//i.test(value)) action.id = value;
  else action[field] = field === 'owner' ? value.replace(/^@/, '') : value;
  return true;
}

function firstLink(node: Nodes): string | undefined {
  if (node.type === 'link') return /^https?:\/\//i.test(node.url) ? node.url : undefined;
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const link = firstLink(child);
    if (link !== undefined) return link;
  }
  return undefined;
}

const tidy = (text: string): string =>
  text
    .replace(/\(\s*\)/g, '')
    .replace(/^([^()]*?)\s?\)$/, '$1')
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:])/g, '$1')
    .replace(/^[\s:–—-]+|[\s,;:–—-]+$/g, '');

const columns: readonly (readonly [RegExp, keyof WrittenAction])[] = [
  [/^(action item|action|task|item|what|description|follow.?up|recommendation|title|summary)s?$/, 'title'],
  [/^type\b|^kind$|^category$/, 'kind'],
  [/^(who|owner|assignee|responsible|dri|assigned to|owner.*)$/, 'owner'],
  [/^prio/, 'priority'],
  [/^(bug|ticket|issue|jira|tracker|link)\b/, 'link'],
  [/^(due|deadline|eta|target)\b|^by when$/, 'due'],
  [/^(status|state|done)$/, 'status'],
];

/**
 * Reads a table's rows as actions. A cell that no field takes is added to the title, with the name
 * of its column.
 */
export function actionsOfTable(table: Extract<MarkdownBlock['node'], { type: 'table' }>, since: Date): WrittenAction[] {
  const [heading = [], ...rows] = rowsOf(table);
  const names = heading.map((cell) => columns.find(([form]) => form.test(cell.toLowerCase().trim()))?.[1]);
  const titleColumn = names.includes('title') ? names.indexOf('title') : names.indexOf(undefined);
  return rows.flatMap((cells, r) => {
    const title = cells[titleColumn] ?? '';
    if (title === '') return [];
    const action: WrittenAction = { title };
    const link = firstLink(table.children[r + 1] ?? table);
    if (link !== undefined) action.link = link;
    for (const [i, cell] of cells.entries()) {
      if (i === titleColumn || cell === '') continue;
      const isTaken = names[i] !== 'title' && take(action, names[i], cell, since);
      if (!isTaken) action.title += ` (${heading[i] ?? ''}: ${cell})`;
    }
    return action;
  });
}
