import { parseAddress } from '../shared/address.ts';
import { ableAmong, mayBeOne } from '../shared/persons.ts';
import { streamsOf } from '../stream/stream.ts';
import { type BrokenRule, isInside, outsideAt } from './broken-rule.ts';
import type { LegibleParts } from './legible-parts.ts';
import { usualApprovals } from './notice-rules.ts';

/**
 * Whoever lets notices go to customers is of the organisation, stands there once, and there are as
 * many people as have to approve. Who may be the same person counts as the same, as at a press.
 * Only a file that is checked or applied has to keep to it: one in force is read as it is, and
 * where too few approvers are left its requests are held.
 */
export const approverRules = ({ organisation, streams }: LegibleParts): BrokenRule[] =>
  streamsOf('customers').flatMap((stream) => {
    const { approvers = [], approvals = usualApprovals, escalate = [] } = streams[stream] ?? {};
    const path = ['streams', stream];
    const addresses = [
      ...approversAt([...path, 'approvers'], approvers),
      ...escalate.map((address, i) => ({ address, path: [...path, 'escalate', i] })),
    ];
    return [
      ...addresses.filter(({ address }) => !isInside(organisation, address)).map((one) => outsideAt(organisation, one.path)),
      ...twiceRules(approversAt([...path, 'approvers'], approvers)),
      ...numberRules([...path, 'approvers'], approvers, approvals),
    ];
  });

type Approvers = NonNullable<NonNullable<LegibleParts['streams'][keyof LegibleParts['streams']]>['approvers']>;
interface At {
  readonly address: string;
  readonly path: BrokenRule['path'];
}

const approversAt = (path: BrokenRule['path'], approvers: Approvers): At[] =>
  approvers.flatMap(({ address, also }, n) => [
    { address, path: [...path, n, 'address'] },
    ...also.map((one, i) => ({ address: one, path: [...path, n, 'also', i] })),
  ]);

function twiceRules(all: readonly At[]): BrokenRule[] {
  const seen = new Set<string>();
  return all.flatMap(({ address, path }) => {
    const known = parseAddress(address)?.normalised;
    if (known === undefined) return [];
    const isTwice = seen.has(known);
    seen.add(known);
    return isTwice
      ? [{ path, problem: 'stands among the approvers twice', remedy: 'Leave it out here: each address belongs to one person.' }]
      : [];
  });
}

function numberRules(path: BrokenRule['path'], approvers: Approvers, approvals: number): BrokenRule[] {
  const people = approvers.map(knownOf);
  const able = ableAmong(people, { addresses: [], names: [] }).length;
  if (approvers.length === 0 || able >= approvals) return [];
  const same = people.findIndex((one, n) => people.slice(0, n).some((other) => mayBeOne(other, one)));
  const other = people.findIndex((one) => same > 0 && mayBeOne(one, people[same] ?? one));
  const told = same < 0 ? '' : `; ${nameOf(approvers, same)} may be the same person as ${nameOf(approvers, other)}`;
  const names = same < 0 ? '' : 'If they are two people, write the name of each. ';
  return [
    {
      path,
      problem: `${able === 1 ? 'is one person' : `are ${able} people`}, and ${approvals} have to approve${told}`,
      remedy: `${names}Name ${approvals + 1} people, because whoever wrote a text does not approve it, or write approvals: ${able}.`,
    },
  ];
}

const nameOf = (approvers: Approvers, n: number): string => approvers[n]?.address ?? '';

/** As far as the file says who they are. */
export const knownOf = ({
  address,
  also = [],
  name,
}: {
  readonly address: string;
  readonly also?: readonly string[] | undefined;
  readonly name?: string | undefined;
}) => ({
  addresses: [address, ...also],
  names: name ? [name] : [],
});
