import { dynamoActionLedger, dynamoActions } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoDriftStore } from '../../adapters/dynamodb/drift-store.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoHeldMail } from '../../adapters/dynamodb/held-mail-store.ts';
import { dynamoIncidentUpdates } from '../../adapters/dynamodb/incident-updates-store.ts';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { dynamoReadings } from '../../adapters/dynamodb/reading-store.ts';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import { dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoReviewLists, dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import { dynamoSimilar } from '../../adapters/dynamodb/similar-store.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { dynamoTeamSizes } from '../../adapters/dynamodb/team-size-store.ts';
import { dynamoZoneRegistry } from '../../adapters/dynamodb/zone-registry.ts';
import type { ComposeDeps, StartDeps } from '../../core/compose/ports.ts';
import { renderBrief } from '../../emails/render-brief.ts';
import { renderAlert, renderDigest } from '../../emails/render-edition.ts';
import { renderImpact, renderImpactWeek } from '../../emails/render-impact.ts';
import { renderReminders } from '../../emails/render-reminders.ts';
import { renderService } from '../../emails/render-service.ts';
import { renderUpdate } from '../../emails/render-update.ts';

/**
 * What composing reads and renders with. `compose` stores and starts the edition; `operator` only
 * shows it.
 */
export const wireComposing = (table: Table, now: () => Date): ComposeDeps & Pick<StartDeps, 'editions'> => ({
  distribution: async () => (await dynamoDistributionStore(table).read())?.distribution,
  postmortems: dynamoPostmortemIndex(table),
  renditions: dynamoRenditions(table),
  actions: dynamoActions(table),
  reviews: { ...dynamoReviewStore(table), ...dynamoReviewLists(table) },
  relevance: dynamoRelevance(table).readMany,
  similar: dynamoSimilar(table).of,
  readership: { readings: dynamoReadings(table), sizes: dynamoTeamSizes(table) },
  actionRows: dynamoActionLedger(table).list,
  registry: dynamoSlotRegistry(table),
  zones: dynamoZoneRegistry(table).list,
  editions: dynamoEditionStore(table, now),
  updates: dynamoIncidentUpdates(table, now),
  ranges: dynamoRangeLedger(table, now),
  externals: dynamoExternals(table, now),
  sids: async () => (await dynamoDistributionStore(table).read())?.sids ?? {},
  drift: dynamoDriftStore(table),
  heldMail: dynamoHeldMail(table),
  renderDigest,
  renderBrief,
  renderImpact,
  renderImpactWeek,
  renderAlert,
  renderUpdate,
  renderService,
  renderReminders,
  now,
});
