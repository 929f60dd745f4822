import type { Table, TableCell } from 'mdast';
import { folded } from '../moments/calendar-words.ts';
import { linesOf } from './inline-lines.ts';
import type { EntryTime, Piece, PieceContext } from './piece.ts';
import { zonesIn } from './stated-zone.ts';

interface Cell {
  readonly text: string;
  readonly source: string;
  readonly links: readonly string[];
}
type Role = 'day' | 'time' | 'event';
interface Column {
  readonly role: Role;
  readonly name: string;
  /** The zone and the year in its name. */
  readonly zone: string;
  readonly year: string;
}

const dayNames = /^(?:date|dates|day|datum|tag|fecha|dia|data|jour|giorno|日付|日期|날짜)$/;
const timeNames =
  /^(?:(?:(?:start|end|begin|event|local|incident)\s?)?(?:times?(?:stamp)?|clock)(?! (?:spent|taken|to)\b)(?![a-z])|(?:when|at|hour|start|end|started|ended|uhrzeit|zeit|zeitpunkt|zeitstempel|wann|horas?|heure|horario|quando|cuando|quand|ora|orario|tijd|tijdstip|t ?\+|t|elapsed|日時|時刻|時間|时间|시간|시각|일시)$)/;
const both = /^(?:date|day|datum|fecha|data|日)\s?(?:\/|&|,|and|und|y|e|et|-)?\s?(?:time|uhrzeit|zeit|hora|heure|時)/;

/**
 * Reads a table's rows as entries: the time from its columns, and the other cells in order, joined
 * by dashes.
 */
export function piecesOfTable(table: Table, context: PieceContext): Piece[] {
  const rows = table.children.map((row) => row.children.map((cell) => cellOf(cell, context.markdown)));
  const [heading = [], ...below] = rows;
  const isData = heading.some(({ text }) => context.timeOf(text)?.clock !== undefined);
  const body = (isData ? rows : below).filter((cells) => cells.some(({ source }) => source !== ''));
  const columns = columnsOf(isData ? [] : heading, body, context);
  let day = '';
  return body.flatMap((cells): Piece[] => {
    const [only, ...others] = cells.filter(({ source }) => source !== '');
    const alone = only === undefined || others.length > 0 ? undefined : context.timeOf(only.text);
    if (alone?.day !== undefined && alone.clock === undefined && alone.to >= (only?.text.length ?? 0) && cells.length > 1) {
      day = alone.day;
      return [{ kind: 'time', time: { ...alone, day: alone.written }, event: '', alone: true }];
    }
    const row = rowTime(cells, columns, day, context);
    if (columns.some(({ role }) => role === 'day')) day = row.day;
    const told = cells.filter((_, i) => roleAt(columns, i) === 'event');
    const links = cells.flatMap((cell, i) => (roleAt(columns, i) === 'event' ? [] : cell.links));
    const event = [...told.map(({ source }) => source), ...links].filter(Boolean).join(' — ');
    if (row.time === undefined) return event === '' ? [] : [{ kind: 'note', event }];
    if (row.time.written.length > longestTime) return [{ kind: 'note', event: [row.time.written, event].filter(Boolean).join(' — ') }];
    return [{ kind: 'time', time: row.time, event, alone: false }];
  });
}
/** A longer text is prose and goes into the event. */
const longestTime = 120;

const roleAt = (columns: readonly Column[], i: number): Role => columns[i]?.role ?? 'event';

function cellOf(cell: TableCell, markdown: string): Cell {
  const lines = linesOf(cell, markdown);
  const start = cell.children[0]?.position?.start.offset ?? 0;
  const end = cell.children.at(-1)?.position?.end.offset ?? 0;
  const source = markdown
    .slice(start, end)
    .replaceAll(String.raw`\|`, '|')
    .replace(/<br\s{0,3}\/?>/gi, '\\\n')
    .trim();
  const text = lines.map((line) => line.text).join(' ');
  return { text: text.replace(/[\s\ufff9]+/g, ' ').trim(), source, links: lines.flatMap((line) => line.keptIn(0, line.text.length)) };
}

function columnsOf(heading: readonly Cell[], body: readonly (readonly Cell[])[], { timeOf }: PieceContext): Column[] {
  const width = Math.max(heading.length, ...body.slice(0, 1).map((cells) => cells.length));
  const parts = Array.from({ length: width }, (_, i) => body.map((cells) => timeOf(cells[i]?.text ?? '')));
  const most = (i: number, is: (time: ReturnType<typeof timeOf>) => boolean) => {
    const filled = parts[i]?.filter((_, row) => (body[row]?.[i]?.text ?? '') !== '') ?? [];
    return filled.length > 0 && filled.filter(is).length * 2 > filled.length;
  };
  const columns = Array.from({ length: width }, (_, i): Column => {
    const name = heading[i]?.text ?? '';
    const zones = zonesIn(name);
    const zone = zones.length === 1 ? (zones[0] ?? '') : '';
    const low = nameAlone(name, zone);
    const year = /(?<!\d)(?:19|20)\d\d(?!\d)/.exec(name)?.[0] ?? '';
    const isZone = zone !== '' && /^(?:in )?(?:time)?$/.test(low);
    const role = both.test(low) || timeNames.test(low) || isZone ? 'time' : dayNames.test(low) ? 'day' : 'event';
    return { role, name, zone, year };
  });
  if (columns.every(({ role }) => role === 'event')) {
    const found = columns.findIndex((_, i) => most(i, (time) => time !== undefined));
    const next = found + 1;
    const isDay = found >= 0 && most(found, (time) => time?.day !== undefined && time.clock === undefined);
    const nextIsClock = isDay && next < width && most(next, (time) => time?.clock !== undefined);
    return columns.map((column, i) =>
      i === found ? { ...column, role: nextIsClock ? 'day' : 'time' } : i === next && nextIsClock ? { ...column, role: 'time' } : column,
    );
  }
  return columns;
}

/** The name of a column without its zone, and without what stands in brackets. */
const nameAlone = (name: string, zone: string): string =>
  folded(zone === '' ? name : name.replace(zone, ''))
    .replace(/\([^()]{0,100}\)|[[\]:#]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/ in$/, '');

/** The time of a row: its day, or the one above, and its clocks in all their zones. */
function rowTime(
  cells: readonly Cell[],
  columns: readonly Column[],
  above: string,
  { timeOf }: PieceContext,
): { day: string; time: EntryTime | undefined } {
  const at = (role: Role) =>
    columns.flatMap((column, i) => (column.role === role && (cells[i]?.text ?? '') !== '' ? [{ column, text: cells[i]?.text ?? '' }] : []));
  const written = at('day').map(({ column, text }) => (column.year === '' || text.includes(column.year) ? text : `${text} ${column.year}`));
  const day = written.length === 0 ? above : written.join(' ');
  const clocks = at('time').map(({ column, text }) => {
    const time = timeOf(text);
    const zone = [column.zone, ...at('day').map((other) => other.column.zone)].find(Boolean) ?? '';
    const isZoned = time?.zoned === true || zone === '' || (time?.clock === undefined && !/\d$/.test(text));
    return { time, written: isZoned ? text : `${text} ${zone}`, zoned: time?.zoned === true || zone !== '' };
  });
  const [first] = clocks;
  if (first === undefined) return { day, time: day === '' || written.length === 0 ? undefined : { written: day, day, zoned: false } };
  const isEnd = columns.filter(({ role }) => role === 'time').some(({ name }) => /^(?:end|ende|fin)/i.test(name));
  const joined = clocks.map((clock) => clock.written).join(isEnd ? ' – ' : ' / ');
  const own = first.time?.day;
  const isRepeated = written.length === 0 && own === undefined && day !== '' && first.time?.clock !== undefined;
  const needsDay = (written.length > 0 && !joined.includes(day)) || (isRepeated && columns.some(({ role }) => role === 'day'));
  const inner = own ?? (needsDay ? day : undefined);
  const time = {
    written: needsDay ? `${day} ${joined}` : joined,
    zoned: clocks.some(({ zoned }) => zoned),
    ...(inner !== undefined && { day: inner }),
    ...(first.time?.clock !== undefined && { clock: first.time.clock }),
  };
  return { day: own ?? day, time };
}
