import type { AuditLog } from '../../core/operator/ports.ts';
import type { Table } from './table.ts';
import { auditKey } from './table-shape.ts';

/** `newId` tells two acts of the same instant apart. */
export const dynamoAuditLog = (table: Table, newId: () => string): AuditLog => ({
  async record({ at, who, act, facts }) {
    await table.put({ ...auditKey(at, newId()), who, act, facts });
  },
});
