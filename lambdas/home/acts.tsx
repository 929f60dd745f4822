/** @jsxImportSource hono/jsx */
import { actWords } from '../../core/audit/act-words.ts';
import type { AuditedAct } from '../../core/audit/audit.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Visit } from './guard.ts';
import { When } from './parts.tsx';

type Addresses = Readonly<Record<string, string>> | undefined;

interface Acts {
  readonly acts: readonly AuditedAct[];
  readonly addresses: Addresses;
  readonly visit: Visit;
}

/** Acts, the latest first, with who did each. */
export const ActList = ({ acts, addresses, visit }: Acts) =>
  acts.length === 0 ? (
    <p>Nothing was found for that.</p>
  ) : (
    <ul class="acted">
      {withoutStored(acts).map((act) => (
        <li>
          {withAddresses(actWords(act), addresses)}
          <small class="m block">
            {whoDid(act, addresses)} · <When at={act.at} visit={visit} />
          </small>
        </li>
      ))}
    </ul>
  );

const holds: readonly string[] = ['postmortem restricted', 'postmortem retracted', 'postmortem released'];

/** Without the revision that an operator's act stored: one press is one line. */
function withoutStored(acts: readonly AuditedAct[]): AuditedAct[] {
  const keyOf = ({ facts }: AuditedAct) => `${facts.postmortem} ${facts.revision}`;
  const held = new Set(acts.filter(({ act }) => holds.includes(act)).map(keyOf));
  return acts.filter((one) => one.act !== 'postmortem stored' || !held.has(keyOf(one)));
}

/** A person by their address, if they still are among the people. A key by its label. */
export function whoDid({ act, who, facts }: AuditedAct, addresses: Addresses): string {
  if (act === 'signed in') return addresses?.[String(facts.subscriber)] ?? 'a person who is gone';
  if (who === 'reader') return 'a reader, on a page';
  if (SubscriberId.safeParse(who).success) return addresses?.[who] ?? 'a person who is gone';
  return typeof facts.by === 'string' ? facts.by : `key ${who}`;
}

const withAddresses = (words: string, addresses: Addresses): string =>
  words.replace(/\b[0-9a-f]{32}\b/g, (sid) => addresses?.[sid] ?? 'a person who is gone');
