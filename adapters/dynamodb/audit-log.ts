import type { AuditLine, AuditLog } from '../../core/operator/ports.ts';
import type { Realm } from '../../core/subscriber/subscriber.ts';
import type { Table } from './table.ts';
import { auditKey } from './table-shape.ts';

/** `newId` tells two acts of the same instant apart. `realm`: of everybody that the acts are about; absent: each line's facts say it. */
export const dynamoAuditLog = (table: Table, newId: () => string, realm?: Realm): AuditLog => ({
  async record({ at, who, act, facts }) {
    await table.put({ ...auditKey(at, newId(), realm ?? realmIn(facts)), who, act, facts });
  },
});

const realmIn = ({ realm, stream }: AuditLine['facts']): Realm =>
  realm === 'customers' || stream === 'customer-notices' ? 'customers' : 'staff';
