import type { IncidentUpdates } from '../../core/incident-update/incident-updates.ts';
import type { IncidentUpdatesStore } from '../../core/incident-update/ports.ts';

/** Rows of incident updates by `<stream> <incident>`. */
export function updatesInMemory(rows = new Map<string, IncidentUpdates>()): IncidentUpdatesStore & { rows: typeof rows } {
  return {
    rows,
    read: async (stream, incident) => rows.get(`${stream} ${incident}`),
    async put(row) {
      const key = `${row.stream} ${row.incident}`;
      if ((rows.get(key)?.version ?? 0) !== row.version - 1) return false;
      rows.set(key, structuredClone(row));
      return true;
    },
  };
}
