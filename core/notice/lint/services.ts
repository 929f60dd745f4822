import { asCompared } from '../../shared/legible.ts';
import type { Finding } from './finding.ts';
import type { SearchedIn } from './names.ts';
import type { Passage } from './passages.ts';

/** Hyphenated services that the file or the postmortem names, and words that look like one. */
export function findServices({ kind, text }: Passage, { searched }: SearchedIn): Finding[] {
  if (kind === 'address') return [];
  const legible = asCompared(text);
  return [...legible.text.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+){1,8}/gu)].flatMap(
    ({ 0: word, index }): Finding[] => {
      const written = legible.written(index, index + word.length);
      const parts = word.split(/[-_]/);
      const isProduct = parts.every((part) => searched.known.has(part));
      if (isProduct || /^(?:sk|pk|rk)_/.test(word)) return [];
      if (searched.services.has(word)) return [{ rule: 'service', level: 'look', found: written }];
      if (written !== written.toLowerCase() || parts.length < 2) return [];
      const [last = ''] = parts.slice(-1);
      const isPod = /-[0-9a-f]{8,10}-[a-z0-9]{5}$/.test(word);
      const isService = isPod || ((ofServices.has(last) || ['svc', 'srv', 'ms'].includes(parts[0] ?? '')) && !ofEverybody.has(word));
      const isHost =
        /\d/.test(last) &&
        /^[a-z]?\d{1,4}[a-z]?$/.test(last) &&
        parts.slice(0, -1).some((part) => ofHosts.has(part)) &&
        !/^(?:eu|us|ap|sa|ca|me|af)-/.test(word);
      return isService
        ? [{ rule: 'service', level: 'look', found: written }]
        : isHost
          ? [{ rule: 'host', level: 'look', found: written }]
          : [];
    },
  );
}
const ofServices = new Set(
  `api service services svc scheduler worker workers gateway proxy db database cache queue broker store server manager controller daemon job
  cron lambda consumer producer ingest ingester indexer router auth backend frontend engine dispatcher processor aggregator syncer sync
  replica primary master cluster node pool agent operator orchestrator poller watcher relay handler`.split(/\s+/),
);
const ofEverybody = new Set(['web-api', 'rest-api', 'third-party-api', 'name-server', 'e-mail-server', 'mail-server', 'web-server']);
const ofHosts = new Set(
  `prod production stag stage staging dev test db sql pg mysql web app api cache worker node host srv server vm kube k8s queue mq kafka redis es
  lb proxy gw gateway build runner edge core master primary replica shard pod cluster bastion jump vpn ci ip mail mx dns ns web auth`.split(
    /\s+/,
  ),
);
