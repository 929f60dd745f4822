import type { Table, TableCell, TableRow } from 'mdast';
import { type ActionField, isNoPromise, isPriority, isProse, labelOf } from './action-words.ts';
import { readDueDay } from './days.ts';
import { isFiller, isPlaceholder } from './filler-words.ts';
import { flatText } from './flat-text.ts';
import { type ActionContext, isName, readActionLine, tidy } from './read-action-line.ts';
import { leadingSigns, readState } from './read-state.ts';
import { newAction, setField, type WrittenAction, withUnit } from './written-action.ts';

interface Column {
  readonly name: string;
  readonly field: ActionField | undefined;
}
interface Cell {
  readonly text: string;
  readonly node: TableCell;
}

/**
 * The actions of a table, one of each row. What no field takes is added to the title, with the name
 * of its column. Undefined if the table has no column for a title.
 */
export function actionsOfTable(table: Table, context: ActionContext): WrittenAction[] | undefined {
  const [heading = [], ...body] = table.children.map(cellsOf);
  const names = heading.map(({ text }) => text);
  const known = names.map(columnField);
  if (isOnItsSide(heading, body)) return [ofPairs([heading, ...body], context)];
  const isHeading = known.some((field) => field !== undefined) || names.every((name) => name === '') || !body.some((row) => row.length > 1);
  const rows = (isHeading ? body : [heading, ...body]).filter((row) => row.some(({ text }) => text !== ''));
  const columns = withTitle(
    names.map((name, i) => ({
      name: isHeading ? name : '',
      field: known[i] ?? (isHeading && name !== '' ? undefined : guessed(rows, i, context)),
    })),
    rows,
  );
  if (columns === undefined) return undefined;
  let kind: string | undefined;
  return rows.flatMap((row) => {
    const only = row.filter(({ text }) => text !== '');
    if (isGroup(only, columns, rows)) {
      kind = only[0]?.text;
      return [];
    }
    const action = ofRow(row, columns, context);
    return action === undefined ? [] : [{ ...(kind !== undefined && { kind }), ...action }];
  });
}

const cellsOf = (row: TableRow): Cell[] => row.children.map((node) => ({ node, text: tidyCell(flatText(node.children).text) }));
const tidyCell = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * The field of a column. A name of several words is known by all of them, by one in brackets or
 * behind a bar, by the last or the first.
 */
export function columnField(name: string): ActionField | undefined {
  const plain = name.replace(/[*_`]/g, '').trim();
  const bare = plain
    .replace(/\([^()]*\)/g, ' ')
    .replace(/[#:?*]+\s*$/, '')
    .trim();
  const words = bare.split(/\s+/);
  const tries = [plain, bare, ...bare.split(/\s*[/&,]\s*|\s+(?:and|or|und|et|y)\s+/), words.at(-1) ?? ''];
  const fieldOf = (one: string | undefined) => (one ? labelOf(one)?.field : undefined);
  const first = fieldOf(words[0]);
  if (plain === '') return undefined;
  // A "cost center" is no cost, and a "risk level" no consequence.
  return tries.map(fieldOf).find((field) => field !== undefined) ?? (first !== undefined && isProse(first) ? undefined : first);
}

/** The field of a column without a name, by what stands in it. */
function guessed(rows: readonly (readonly Cell[])[], i: number, context: ActionContext): ActionField | undefined {
  const texts = rows.map((row) => row[i]?.text ?? '').filter((text) => text !== '' && !isFiller(text));
  if (texts.length === 0) return undefined;
  if (texts.every((text) => readState(text)?.rest === '')) return 'status';
  if (texts.every((text) => readDueDay(text, context) !== undefined)) return 'due';
  if (texts.every(isPriority)) return 'priority';
  if (texts.every((text) => /^(?:\d{1,3}|[A-Z]{1,10}-\d{1,9})$/.test(text))) return 'id';
  return texts.every((text) => isName(text.replace(/^@/, '')) && text.split(' ').length <= 3) ? 'owner' : undefined;
}

/**
 * Of several columns for the title the one with the best name stays one. Without any it is the
 * column with most text.
 */
function withTitle(columns: readonly Column[], rows: readonly (readonly Cell[])[]): Column[] | undefined {
  const rank = ({ name }: Column) => labelOf(name.replace(/\([^()]*\)/g, '').trim())?.rank ?? 99;
  const titles = columns.filter(({ field }) => field === 'title').toSorted((a, b) => rank(a) - rank(b));
  const length = (i: number) => rows.reduce((sum, row) => sum + (row[i]?.text.length ?? 0), 0);
  const longestOf = (isCandidate: (column: Column) => boolean) =>
    columns
      .map((column, i) => ({ column, i }))
      .filter(({ column }) => isCandidate(column))
      .toSorted((a, b) => length(b.i) - length(a.i))[0]?.column;
  const title = titles[0] ?? longestOf(({ field }) => field === undefined) ?? longestOf(({ field }) => field === 'consequence');
  if (title === undefined) return undefined;
  return columns.map((column) => ({ ...column, field: column === title ? 'title' : column.field === 'title' ? undefined : column.field }));
}

/** A row with one cell, in bold or in the first column, above rows with several. */
function isGroup(filled: readonly Cell[], columns: readonly Column[], rows: readonly (readonly Cell[])[]): boolean {
  const [only] = filled;
  if (only === undefined || filled.length > 1 || columns.length < 3) return false;
  const isStrong = only.node.children.length === 1 && only.node.children[0]?.type === 'strong';
  return isStrong && rows.filter((row) => row.filter(({ text }) => text !== '').length > 1).length >= 1;
}

function ofRow(row: readonly Cell[], columns: readonly Column[], context: ActionContext): WrittenAction | undefined {
  const cells = columns.map((column, i) => ({ ...column, text: row[i]?.text ?? '', node: row[i]?.node }));
  const told = cells.find(({ field }) => field === 'title');
  const action = told?.node === undefined || told.text === '' ? newAction() : readActionLine(flatText(told.node.children), context);
  if (action.title === '' && told !== undefined && told.text !== '') action.title = told.text;
  if (isPlaceholder(action.title)) return undefined;
  const left: string[] = [];
  for (const { name, field, text, node } of cells) {
    if (field === 'title' || text === '') continue;
    const flat = node === undefined ? undefined : flatText(node.children);
    if (flat?.link !== undefined && (action.link === undefined || field === 'link')) action.link = flat.link;
    const value = flat?.link === undefined ? text : tidy(text.replace(`(${flat.link})`, ''));
    if (value === action.link) continue;
    const said = isNotDone(name, value) ? 'no' : field === 'cost' ? withUnit(value, name) : value;
    const isTaken = field !== undefined && setField(action, field, said, context);
    if (!isTaken && !(isFiller(value) || isPlaceholder(value))) left.push(name === '' ? `(${value})` : `(${name}: ${value})`);
  }
  if (action.title === '' || isNoPromise(action.title)) return withoutTitle(action, cells, left);
  return { ...action, title: [action.title, ...left].join(' ') };
}

/** A cross below "Done?" says that it is open, and not that it was declined. */
const isNotDone = (column: string, value: string): boolean =>
  /^[❌✖✗✘]\ufe0f?$/u.test(value) && /^(?:done|completed?|finished|erledigt|fait|hecho|feito|fatto|klaar)\W*$/i.test(column);

/** A row that promises nothing stays a line of text, if anything stands in it. */
function withoutTitle(
  action: WrittenAction,
  cells: readonly { name: string; text: string }[],
  left: readonly string[],
): WrittenAction | undefined {
  const said = cells.filter(
    ({ text, name }) => text !== '' && !isFiller(text) && !(/^(?:id|#|no\.?|nr\.?)$/i.test(name) && /^\d+$/.test(text)),
  );
  if (said.length === 0 || (action.title === '' && left.length === 0 && said.every(({ text }) => leadingSigns(text).rest === '')))
    return undefined;
  return { ...newAction(), notes: [`- ${said.map(({ name, text }) => (name === '' ? text : `${name}: ${text}`)).join('; ')}`] };
}

/** Whether the names of the fields stand in the first column and not in the first row. */
const isOnItsSide = (heading: readonly Cell[], body: readonly (readonly Cell[])[]): boolean => {
  const first = [heading, ...body].map((row) => row[0]?.text ?? '');
  const fields = first.map((name) => labelOf(name)?.field).filter((field) => field !== undefined);
  return (
    heading.length === 2 &&
    fields.length >= 2 &&
    fields.length >= first.length - 1 &&
    new Set(fields).size === fields.length &&
    columnField(heading[1]?.text ?? '') === undefined
  );
};

function ofPairs(rows: readonly (readonly Cell[])[], context: ActionContext): WrittenAction {
  const columns = rows.map(([name]) => ({ name: name?.text ?? '', field: labelOf(name?.text ?? '')?.field }));
  return (
    ofRow(
      rows.flatMap(([, value]) => value ?? []),
      columns,
      context,
    ) ?? newAction()
  );
}
