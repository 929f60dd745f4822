import { type AttributePath, parsePath, withoutSchema } from './filter.ts';
import { isRecord, type Operation, opened, readText } from './operation.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** One change of who is in a group, in the order of the request. `all`: everybody is taken out. */
export type Membership = { readonly kind: 'add' | 'remove'; readonly id: string } | { readonly kind: 'all' };

/** A group as a directory wishes it, and what becomes of its members. */
export interface GroupDraft {
  displayName?: string | undefined;
  externalId?: string | undefined;
  members: readonly Membership[];
}

/** The group after these operations. Throws a refusal; then nothing is to be changed. */
export function changedGroup(before: GroupDraft, operations: readonly Operation[]): GroupDraft {
  const members = [...before.members];
  const draft = { ...before, members };
  for (const operation of operations) apply(draft, operation);
  return draft;
}

/**
 * What a PUT says. Whoever it does not name is in the group no longer. One that has no `members` at
 * all says nothing of them (RFC 7644, section 3.5.1).
 */
export const readGroup = (body: unknown): GroupDraft => changedGroup({ members: [] }, [{ op: 'replace', value: body }]);

/** What a POST says: nobody is in the group before. */
export const readNewGroup = (body: unknown): GroupDraft => changedGroup({ members: [] }, [{ op: 'add', value: body }]);

type Open = GroupDraft & { members: Membership[] };

function apply(draft: Open, { op, path, value }: Operation): void {
  if (path === undefined) {
    if (op === 'remove')
      throw new DirectoryRefusal(400, 'An operation "remove" needs a path.', 'Send the attribute that goes as its path.', 'invalidPath');
    if (!isRecord(value))
      throw invalidValue('An operation without a path needs an object of attributes as its value.', 'Send a path, or such an object.');
    for (const [name, one] of Object.entries(value)) if (!/^urn:/i.test(withoutSchema(name))) set(draft, op, parsePath(name), one);
    return;
  }
  if (!/^urn:/i.test(withoutSchema(path))) set(draft, op, parsePath(path), value);
}

function set(draft: Open, op: Operation['op'], path: AttributePath, value: unknown): void {
  const text = () => readText(path.attribute, op === 'remove' ? undefined : opened(value));
  if (path.attribute === 'displayname') draft.displayName = text();
  else if (path.attribute === 'externalid') draft.externalId = text();
  else if (path.attribute === 'members') setMembers(draft.members, op, path, value);
}

/**
 * `members[value eq "…"]`, or `members` with a list. Entra removes members by the latter as well. A
 * removal without any takes everybody out.
 */
function setMembers(members: Membership[], op: Operation['op'], { where }: AttributePath, value: unknown): void {
  const kind = op === 'remove' ? 'remove' : 'add';
  if (where) {
    const ids = where.flatMap(({ path, value: id }) => (path.attribute === 'value' ? [String(id)] : []));
    if (ids.length !== 1)
      throw new DirectoryRefusal(
        400,
        'The path names no member, or several.',
        'Send members[value eq "…"], with the id of one user.',
        'invalidPath',
      );
    members.push({ kind, id: ids[0] ?? '' });
    return;
  }
  const isAbsent = value === undefined || value === null;
  if (op === 'replace' || (op === 'remove' && isAbsent)) members.push({ kind: 'all' });
  if (isAbsent) return;
  for (const one of Array.isArray(value) ? value : [value]) {
    const id: unknown = isRecord(one) ? one.value : one;
    if (typeof id !== 'string' || id === '')
      throw invalidValue('members: one has no value.', 'Send the id of a user as the value of each.');
    members.push({ kind, id });
  }
}
