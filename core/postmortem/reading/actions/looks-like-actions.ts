import type { List, Table } from 'mdast';
import { blocksOf, rowsOf } from '../body-blocks.ts';
import { dayFirstIn } from './days.ts';
import { fold } from './filler-words.ts';
import { actionsOfList } from './read-action-list.ts';
import { columnField } from './read-action-table.ts';

/**
 * Whether a text below an unknown heading can only be action items: a table with columns for what,
 * who and when or how far, or a list in which each item has a box and most have an owner and a day.
 */
export function looksLikeActions(body: string, since: Date): boolean {
  if (body.length > longest || !/\||\[[ xX]\]/.test(body)) return false;
  const blocks = blocksOf(body).map(({ node }) => node);
  const tables = blocks.filter((node) => node.type === 'table');
  const lists = blocks.filter((node) => node.type === 'list');
  return (
    (tables.length > 0 && tables.every(isActionTable)) ||
    (tables.length === 0 && lists.length > 0 && lists.every((list) => isActionList(list, body, since)))
  );
}
const longest = 20_000;

function isActionTable(table: Table): boolean {
  const [heading = []] = rowsOf(table);
  const fields = heading.filter((name) => !ofOtherTables.has(fold(name))).map(columnField);
  const has = (field: string) => fields.some((one) => one === field);
  return has('title') && (has('owner') || has('team')) && (has('due') || has('status'));
}

/** Columns that timelines and other tables have too. */
const ofOtherTables = new Set(
  [
    'what',
    'item',
    'title',
    'description',
    'summary',
    'activity',
    'measure',
    'was',
    'beschreibung',
    'quoi',
    'qué',
    'descripción',
    'o que',
    'descrição',
    'cosa',
    'wat',
    '内容',
    '項目',
  ].concat([
    '事项',
    '내용',
    'date',
    'when',
    'wann',
    'quand',
    'cuándo',
    'fecha',
    'data',
    'quando',
    'datum',
    'wanneer',
    'termin',
    '日期',
    '対応',
    '対応内容',
  ]),
);

function isActionList(list: List, body: string, since: Date): boolean {
  if (!list.children.every(({ checked }) => typeof checked === 'boolean')) return false;
  const actions = actionsOfList(list, body, { since, isDayFirst: dayFirstIn(body) });
  return actions.filter(({ owner, due }) => owner !== undefined && due !== undefined).length * 2 > actions.length;
}
