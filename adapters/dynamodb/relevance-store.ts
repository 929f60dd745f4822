import type { RelevanceStore } from '../../core/relevance/ports.ts';
import { mostReasonsOfTeam, type RelevantTeam, StoredRelevance } from '../../core/relevance/relevance.ts';
import { dayMs } from '../../core/shared/duration.ts';
import { pack, unpack } from './packed.ts';
import type { Item, Table } from './table.ts';
import { expiryAttribute, relevanceKey } from './table-shape.ts';

const keptMs = 400 * dayMs;
/** DynamoDB refuses items over 400 KB. Everything but the teams takes a few of them. */
const mostBytes = 380_000;

/** One item for each postmortem. One that cannot be read counts as not there. */
export const dynamoRelevance = (table: Table): RelevanceStore => ({
  async read(postmortem) {
    return (await readable([await table.read(relevanceKey(postmortem))]))[0];
  },
  async readMany(postmortems) {
    const items = await table.readMany(postmortems.map(relevanceKey));
    return new Map((await readable(items)).map((one) => [one.postmortem, one]));
  },
  async put({ teams, ...relevance }) {
    const expiry = { [expiryAttribute]: Math.ceil((Date.parse(relevance.at) + keptMs) / 1000) };
    const item = { ...relevance, teams: await packedTeams(teams), ...relevanceKey(relevance.postmortem), ...expiry };
    if (await table.put(item, { expression: 'attribute_not_exists(pk)' })) return 'first';
    // Of two runs for one revision the one that began later has read the later catalogue.
    const isLatest = {
      expression: '#revision < :revision OR (#revision = :revision AND #at <= :at)',
      names: { '#revision': 'revision', '#at': 'at' },
      values: { ':revision': relevance.revision, ':at': relevance.at },
    };
    return (await table.put(item, isLatest)) ? 'again' : 'superseded';
  },
});

/**
 * What a thousand teams are told, in one item: sentences are alike, so they take a tenth. What does
 * not fit goes without the weaker reasons, then without the teams to which it matters least.
 */
async function packedTeams(teams: readonly RelevantTeam[]): Promise<Uint8Array> {
  for (let most = mostReasonsOfTeam; most > 0; most -= 1) {
    const bytes = await pack(teams.map((one) => ({ ...one, reasons: one.reasons.slice(0, most) })));
    if (bytes.length <= mostBytes) return bytes;
  }
  return packedTeams(teams.slice(0, Math.floor(teams.length / 2)));
}

async function readable(items: readonly (Item | undefined)[]) {
  const read = await Promise.all(
    items.map(async (item) => StoredRelevance.safeParse(item && { ...item, teams: await unpack(item.teams).catch(() => []) })),
  );
  return read.flatMap(({ success, data }) => (success ? [data] : []));
}
