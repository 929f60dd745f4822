import type { EditionId } from '../../core/edition/edition.ts';
import type { Braked, EditionBrakes } from '../../core/operator/ports.ts';
import { readEdition } from './edition-store.ts';
import type { Condition, Item, Table } from './table.ts';
import { editionKey } from './table-shape.ts';

const underWay = 'attribute_exists(pk) AND attribute_not_exists(completedAt) AND recalled = :no';
const notRecalled: Condition = { expression: underWay, values: { ':no': false } };
const pausedIs = (paused: boolean): Condition => ({
  expression: `${underWay} AND paused = :paused`,
  values: { ':no': false, ':paused': paused },
});

/** The operator's hand on editions under way: flags in META, which every worker reads with each chunk. */
export const dynamoEditionBrakes = (table: Table): EditionBrakes => {
  const brake = async (id: EditionId, set: Item, condition: Condition): Promise<Braked> => {
    const listed = Object.fromEntries(Object.entries(set).map(([name, value]) => [`listed.${name}`, value]));
    const after = await table.update(editionKey(id), { set: { ...set, ...listed } }, condition);
    if (after) return 'changed';
    const item = await table.read(editionKey(id));
    if (!item) return 'unknown';
    const { recalled, completedAt } = readEdition(item);
    if (recalled) return 'recalled';
    return completedAt ? 'complete' : 'unchanged';
  };
  return {
    pause: (id) => brake(id, { paused: true }, pausedIs(false)),
    resume: (id) => brake(id, { paused: false }, pausedIs(true)),
    recall: (id) => brake(id, { recalled: true, paused: false }, notRecalled),
  };
};
