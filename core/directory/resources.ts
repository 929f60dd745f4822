import { createHash } from 'node:crypto';
import type { DirectoryUser } from './find-user.ts';
import { type ListedUser, membersOf, type Page } from './list-users.ts';
import type { DirectoryGroup, GroupNames } from './ports.ts';

export const schemaIds = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;

export type Resource = Readonly<Record<string, unknown>>;

/** A user as SCIM shows them. `base`: the address of the interface, without a slash at its end. */
export function userResource({ address, directory }: DirectoryUser, names: GroupNames, base: string): Resource {
  const { id, externalId, displayName, formatted, givenName, familyName, department, active, groups, at, changedAt } = directory;
  const name = withoutAbsent({ formatted, givenName, familyName });
  const known = groups.flatMap((one) => (names.has(one) ? [{ value: one, display: names.get(one), type: 'direct' }] : []));
  return versioned(
    withoutAbsent({
      schemas: [schemaIds.user, ...(department === undefined ? [] : [schemaIds.enterprise])],
      id,
      externalId,
      userName: address,
      name: Object.keys(name).length > 0 ? name : undefined,
      displayName,
      active,
      emails: [{ value: address, type: 'work', primary: true }],
      groups: known.length > 0 ? known : undefined,
      [schemaIds.enterprise]: department === undefined ? undefined : { department },
    }),
    { resourceType: 'User', created: at, lastModified: changedAt, location: `${base}/Users/${id}` },
  );
}

/** A group as SCIM shows it. Its version says nothing of its members, who change one by one. */
export function groupResource(group: DirectoryGroup, people: readonly ListedUser[] | undefined, base: string): Resource {
  const { id, displayName, externalId, at, changedAt } = group;
  const members =
    people &&
    membersOf(id, people).map(({ address, directory }) => ({
      value: directory.id,
      display: directory.displayName ?? address,
      type: 'User',
      $ref: `${base}/Users/${directory.id}`,
    }));
  const shown = versioned(withoutAbsent({ schemas: [schemaIds.group], id, externalId, displayName }), {
    resourceType: 'Group',
    created: at,
    lastModified: changedAt,
    location: `${base}/Groups/${id}`,
  });
  return members ? { ...shown, members } : shown;
}

/** The version of what was made by one of the two above, as ETag and If-Match have it. */
export const versionOf = ({ meta }: Resource): string => (isMeta(meta) ? meta.version : '');

const isMeta = (meta: unknown): meta is { readonly version: string } => typeof meta === 'object' && meta !== null && 'version' in meta;

function versioned(resource: Resource, meta: Resource): Resource {
  const hash = createHash('sha256').update(JSON.stringify(resource)).digest('hex').slice(0, 16);
  return { ...resource, meta: { ...meta, version: `W/"${hash}"` } };
}

/** Lambda gives back 6 MB. */
const mostBytes = 4_000_000;

/**
 * As many of a page as fit into one answer, and at least one. A page may have fewer than were asked
 * for (RFC 7644, section 3.4.2.4).
 */
export function fitting(resources: readonly Resource[]): Resource[] {
  let bytes = 0;
  const end = resources.findIndex((resource, n) => {
    bytes += Buffer.byteLength(JSON.stringify(resource));
    return n > 0 && bytes > mostBytes;
  });
  return resources.slice(0, end === -1 ? undefined : end);
}

export const listResource = ({ total, startIndex, resources }: Page<Resource>): Resource => ({
  schemas: [schemaIds.list],
  totalResults: total,
  startIndex,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** Attributes that every answer has. */
const always = ['schemas', 'id', 'meta'];

/** Which attributes of a resource a caller wants, by their names in lower case. */
export interface Selection {
  readonly only?: readonly string[] | undefined;
  readonly without?: readonly string[] | undefined;
}

export const isWanted = (attribute: string, { only, without = [] }: Selection): boolean =>
  always.includes(attribute.toLowerCase()) ||
  ((only === undefined || only.includes(attribute.toLowerCase())) && !without.includes(attribute.toLowerCase()));

export const selected = (resource: Resource, selection: Selection): Resource =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => isWanted(name, selection)));

const withoutAbsent = (resource: Resource): Resource =>
  Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined));
