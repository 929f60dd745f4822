import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoEditionHolder } from '../../adapters/dynamodb/edition-flags.ts';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPersonLedger } from '../../adapters/dynamodb/person-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { anEdition } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');
const subject = 'Sev-1: A failover';
const tally = { version: 1, counts: { accepted: 1 } };
const alert: Partial<Edition> = { id: 'sev1-alerts_pm-1_r1', stream: 'sev1-alerts', subject, subjectInstead: 'Sev-1 alerts' };

onEachEngine('the subject of an edition with a restricted postmortem, on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });
  const store = () => dynamoEditionStore(table, now);
  /** What each place shows, in the order of a list, a report and an export, listed or read. */
  const shown = async (id = 'sev1-alerts_pm-1_r1') => {
    const lister = dynamoEditionLister(table, now);
    const ledger = dynamoPersonLedger(table, now);
    const [listed] = (await lister.list(10)).editions;
    const [exported] = await ledger.editions('2026-01-01T00:00:00Z', 10);
    return [listed?.subject, (await lister.report(id))?.subject, exported?.subject, (await ledger.edition(id))?.subject];
  };
  const everywhere = (text: string) => [text, text, text, text];

  describe.each([
    ['under way', async () => {}],
    ['complete', () => store().setTally('sev1-alerts_pm-1_r1', 'default', tally)],
  ])('that is %s', (_, become) => {
    it('is hidden everywhere for as long as it is withheld', async () => {
      await store().create(anEdition(alert));
      await become();
      expect(await shown()).toEqual(everywhere(subject));
      await dynamoEditionHolder(table).withhold('sev1-alerts_pm-1_r1', 'pm-1', 2);
      expect(await shown()).toEqual(everywhere('Sev-1 alerts'));
      expect((await dynamoEditionLister(table, now).report('sev1-alerts_pm-1_r1'))?.carries).toMatchObject([
        { id: 'pm-1', title: '(withheld)' },
      ]);
      await dynamoEditionHolder(table).release('sev1-alerts_pm-1_r1', 'pm-1', 1);
      expect(await shown()).toEqual(everywhere('Sev-1 alerts'));
      await dynamoEditionHolder(table).release('sev1-alerts_pm-1_r1', 'pm-1', 3);
      expect(await shown()).toEqual(everywhere(subject));
    });
  });

  it('is hidden by the id of the edition where an earlier release stored nothing in its place', async () => {
    await store().create(anEdition({ ...alert, subjectInstead: undefined }));
    await dynamoEditionHolder(table).withhold('sev1-alerts_pm-1_r1', 'pm-1', 2);
    expect(await shown()).toEqual(everywhere('sev1-alerts_pm-1_r1'));
  });

  it('stays hidden where a tally that read it before comes later', async () => {
    await store().create(anEdition(alert));
    const late: Table = {
      ...table,
      async update(key, change, condition) {
        const after = await table.update(key, change, condition);
        if (change.set && 'tallies.default' in change.set) await dynamoEditionHolder(table).withhold('sev1-alerts_pm-1_r1', 'pm-1', 2);
        return after;
      },
    };
    await dynamoEditionStore(late, now).setTally('sev1-alerts_pm-1_r1', 'default', tally);
    expect(await shown()).toEqual(everywhere('Sev-1 alerts'));
  });

  it('is shown where it names nothing', async () => {
    const { id } = anEdition();
    await store().create(anEdition({ names: ['pm-1', 'pm-2'] }));
    await dynamoEditionHolder(table).withhold(id, 'pm-2', 2);
    expect(await shown(id)).toEqual(everywhere('Two incidents'));
  });
});
