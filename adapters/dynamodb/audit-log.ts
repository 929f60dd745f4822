import { AuditedAct, type AuditLine, type AuditLog, type AuditReader, type WantedActs } from '../../core/audit/audit.ts';
import type { RevisionLog } from '../../core/intake/ports.ts';
import { toInstant } from '../../core/shared/instant.ts';
import { type Realm, realms, streamsOf } from '../../core/stream/stream.ts';
import { monthsBetween } from './months-between.ts';
import type { Item, Table } from './table.ts';
import { auditKey, auditPartition, revisionAuditKey } from './table-shape.ts';

/**
 * `newId` tells two acts of the same instant apart. `realm`: the realm of all people that the acts
 * are about. If it is absent, the facts of each line decide.
 */
export const dynamoAuditLog = (table: Table, newId: () => string, realm?: Realm): AuditLog => ({
  async record({ at, who, act, facts }, id = newId()) {
    await table.put({ ...auditKey(at, id, realm ?? realmIn(facts)), who, act, facts });
  },
});

const realmIn = ({ realm, stream }: AuditLine['facts']): Realm =>
  realm === 'customers' || streamsOf('customers').some((one) => one === stream) ? 'customers' : 'staff';

/** Logs revisions that record their key. Revisions of earlier releases do not, and get no line. */
export const dynamoRevisionLog = (table: Table): RevisionLog => ({
  async note({ postmortem: { id, status, restricted }, revision, updatedAt, by }) {
    if (by === undefined) return;
    const line: Omit<AuditLine, 'at'> = {
      who: by,
      act: 'postmortem stored',
      facts: { postmortem: id, revision, status, ...(restricted && { restricted: 'yes' }) },
    };
    await table.put({ ...revisionAuditKey(id, revision, updatedAt), ...line });
  },
});

/** Reads the months backwards from the latest, and no more of them than the page may need. */
export const dynamoAuditReader = (table: Table): AuditReader => ({
  async list(wanted) {
    const { since, until, limit, cursor } = wanted;
    const turnedAt = cursor === undefined ? until : new Date(Math.min(until.getTime(), Date.parse(cursor.slice(0, cursor.indexOf('#')))));
    const found: Item[] = [];
    for (const month of monthsBetween(since, turnedAt).toReversed()) {
      for (const realm of realms) found.push(...(await latestOf(table, auditPartition(month, realm), wanted)));
      if (found.length > limit) break;
    }
    const sorted = found.toSorted((a, b) => (placeOf(a) > placeOf(b) ? -1 : 1));
    const page = sorted.slice(0, limit);
    const last = page.at(-1);
    return { acts: page.map(readAct), ...(last && sorted.length > limit && { cursor: placeOf(last) }) };
  },
});

/** Reads one more than the page takes, to learn whether another page follows. */
async function latestOf(table: Table, partition: string, { since, until, limit, cursor, postmortem, who }: WantedActs): Promise<Item[]> {
  const bounds = { from: boundOf(since), to: cursor ?? boundOf(until) };
  const found: Item[] = [];
  if (bounds.from > bounds.to) return found;
  for await (const item of table.queryAll(partition, { ...bounds, descending: true })) {
    const isWanted = placeOf(item) !== cursor && (who === undefined || item.who === who) && isAbout(item, postmortem);
    if (isWanted) found.push(item);
    if (found.length > limit) break;
  }
  return found;
}

/**
 * Sorts before every line of its instant. Some lines carry fractions of a second, and a fraction
 * sorts before `Z`.
 */
const boundOf = (at: Date) => toInstant(at).slice(0, -1);
const placeOf = (item: Item) => String(item.sk);

const isAbout = ({ facts }: Item, postmortem: string | undefined) =>
  postmortem === undefined || (typeof facts === 'object' && facts !== null && 'postmortem' in facts && facts.postmortem === postmortem);

const readAct = (item: Item): AuditedAct => AuditedAct.parse({ ...item, at: placeOf(item).split('#')[0] });
