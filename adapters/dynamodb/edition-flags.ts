import type { EditionId } from '../../core/edition/edition.ts';
import type { EditionHolder, HoldAnswer } from '../../core/edition/ports.ts';
import { shownSubject } from '../../core/edition/shown-subject.ts';
import { readEdition } from './edition-item.ts';
import type { Condition, Item, Table } from './table.ts';
import { editionKey } from './table-shape.ts';

const underWay = 'attribute_exists(pk) AND attribute_not_exists(completedAt) AND recalled = :no AND attribute_not_exists(superseded)';
const notRecalled: Condition = { expression: underWay, values: { ':no': false } };
const pausedIs = (paused: boolean): Condition => ({
  expression: `${underWay} AND paused = :paused`,
  values: { ':no': false, ':paused': paused },
});
/** A pause or the end of one in between is seen, and a first call counts. */
const isFirstToSupersede = (paused: boolean): Condition => ({
  expression: 'attribute_exists(pk) AND attribute_not_exists(superseded) AND paused = :paused',
  values: { ':paused': paused },
});

/**
 * The attribute with the revision of a postmortem that last decided whether the edition may carry
 * it.
 */
const decidedBy = (postmortem: string) => `decided#${postmortem}`;
const mayDecide = (postmortem: string, revision: number, more = ''): Condition => ({
  expression: `attribute_exists(pk) AND contains(#names, :postmortem) AND (attribute_not_exists(#decided) OR #decided <= :revision)${more}`,
  names: { '#names': 'names', '#decided': decidedBy(postmortem) },
  values: { ':postmortem': postmortem, ':revision': revision },
});

const named = (postmortem: string): Condition => ({
  expression: 'attribute_exists(pk) AND contains(#names, :postmortem)',
  names: { '#names': 'names' },
  values: { ':postmortem': postmortem },
});

/**
 * Changes flags and sets in META, which every worker reads with each chunk. Only the edition's
 * composer and its workers change anything else in META.
 */
export const dynamoEditionHolder = (table: Table): EditionHolder => {
  const hold = async (id: EditionId, set: Item, condition: Condition): Promise<HoldAnswer> => {
    const listed = Object.fromEntries(Object.entries(set).map(([name, value]) => [`listed.${name}`, value]));
    const after = await table.update(editionKey(id), { set: { ...set, ...listed } }, condition);
    if (after) return 'changed';
    const item = await table.read(editionKey(id));
    if (!item) return 'unknown';
    const { recalled, superseded, completedAt } = readEdition(item);
    if (recalled) return 'recalled';
    if (superseded) return { by: superseded.by };
    return completedAt ? 'complete' : 'unchanged';
  };
  /** Shows the subject that now stands in the lists, unless somebody has changed that since. */
  const listSubject = async (after: Item | undefined): Promise<void> => {
    if (!after) return;
    const edition = readEdition(after);
    const isWithheld = edition.withheld.length > 0;
    const unchanged: Condition = { expression: `attribute_exists(pk) AND attribute_${isWithheld ? '' : 'not_'}exists(withheld)` };
    await table.update(editionKey(edition.id), { set: { 'listed.subject': shownSubject(edition) } }, unchanged);
  };
  return {
    pause: (id) => hold(id, { paused: true }, pausedIs(false)),
    resume: (id) => hold(id, { paused: false }, pausedIs(true)),
    recall: (id) => hold(id, { recalled: true, paused: false }, notRecalled),
    async supersede(id, by) {
      for (;;) {
        const item = await table.read(editionKey(id));
        if (!item) return 'unknown';
        const { superseded, paused: wasPaused } = readEdition(item);
        if (superseded) return { wasPaused: superseded.wasPaused };
        const set = { superseded: { by, wasPaused }, paused: false, 'listed.supersededBy': by, 'listed.paused': false };
        if (await table.update(editionKey(id), { set }, isFirstToSupersede(wasPaused))) return { wasPaused };
      }
    },
    async withhold(id, postmortem, revision) {
      const set = { [decidedBy(postmortem)]: revision };
      const it = new Set([postmortem]);
      const whileUnderWay = mayDecide(postmortem, revision, ' AND attribute_not_exists(completedAt)');
      const after =
        (await table.update(editionKey(id), { set, add: { withheld: it, missed: it } }, whileUnderWay)) ??
        (await table.update(editionKey(id), { set, add: { withheld: it } }, mayDecide(postmortem, revision)));
      await listSubject(after);
    },
    async release(id, postmortem, revision) {
      const it = new Set([postmortem]);
      const change = { set: { [decidedBy(postmortem)]: revision }, delete: { withheld: it, missed: it } };
      await listSubject(await table.update(editionKey(id), change, mayDecide(postmortem, revision)));
    },
    async correct(id, postmortem, revision) {
      const corrected = new Set([`${postmortem}:${revision}`]);
      await table.update(editionKey(id), { add: { corrected } }, named(postmortem));
    },
  };
};
