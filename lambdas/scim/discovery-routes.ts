import { mostListed } from '../../core/directory/list-users.ts';
import { DirectoryRefusal } from '../../core/directory/refusal.ts';
import { listResource, type Resource, schemaIds } from '../../core/directory/resources.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { scimAnswer } from './answer.ts';
import type { ScimDeps } from './deps.ts';
import { scimBase } from './env.ts';

/** What the interface can do, as RFC 7643 (sections 5 to 7) describes it. */
export const discoveryRoutes = ({ base }: Pick<ScimDeps, 'base'>): Route[] => [
  ...[`${scimBase}/ServiceProviderConfig`, `${scimBase}/ServiceProviderConfigs`].map(
    (path): Route => ({ method: 'GET', path, scope: 'scim', answer: async () => scimAnswer(200, providerConfig(base)) }),
  ),
  ...listed('ResourceTypes', resourceTypes(base)),
  ...listed('Schemas', schemas(base)),
];

function listed(name: string, resources: readonly Resource[]): Route[] {
  const path = `${scimBase}/${name}`;
  const all = listResource({ total: resources.length, startIndex: 1, resources });
  return [
    { method: 'GET', path, scope: 'scim', answer: async () => scimAnswer(200, all) },
    { method: 'GET', path: `${path}/{id}`, scope: 'scim', answer: async (call) => scimAnswer(200, withId(call, resources)) },
  ];
}

function withId({ params }: Call, resources: readonly Resource[]): Resource {
  const found = resources.find(({ id }) => id === params.id);
  if (!found) throw new DirectoryRefusal(404, 'There is nothing with this id.', 'Ask for the list without an id.');
  return found;
}

const providerConfig = (base: string): Resource => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: mostListed },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Key of Afterword',
      description: 'A key with the scope scim, as a bearer token.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

const resourceTypes = (base: string): Resource[] =>
  [
    { id: 'User', schema: schemaIds.user, schemaExtensions: [{ schema: schemaIds.enterprise, required: false }] },
    { id: 'Group', schema: schemaIds.group },
  ].map((one) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    name: one.id,
    endpoint: `/${one.id}s`,
    ...one,
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${one.id}` },
  }));

interface Attribute {
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference';
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly mutability?: 'readWrite' | 'readOnly' | 'immutable';
  readonly uniqueness?: 'none' | 'server';
  readonly caseExact?: boolean;
  readonly subAttributes?: readonly Attribute[];
}

const attribute = ({ subAttributes, ...one }: Attribute): Resource => ({
  type: 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...one,
  ...(subAttributes && { type: 'complex', subAttributes: subAttributes.map(attribute) }),
});

const value: Attribute = { name: 'value' };
const userAttributes: readonly Attribute[] = [
  { name: 'userName', required: true, uniqueness: 'server' },
  { name: 'externalId', caseExact: true },
  { name: 'displayName' },
  { name: 'name', subAttributes: [{ name: 'formatted' }, { name: 'givenName' }, { name: 'familyName' }] },
  { name: 'active', type: 'boolean' },
  { name: 'emails', multiValued: true, subAttributes: [value, { name: 'type' }, { name: 'primary', type: 'boolean' }] },
  { name: 'groups', multiValued: true, mutability: 'readOnly', subAttributes: [value, { name: 'display' }] },
];
const groupAttributes: readonly Attribute[] = [
  { name: 'displayName', required: true, uniqueness: 'server' },
  { name: 'externalId', caseExact: true },
  {
    name: 'members',
    multiValued: true,
    subAttributes: [
      { name: 'value', mutability: 'immutable' },
      { name: 'display', mutability: 'readOnly' },
    ],
  },
];

const schemas = (base: string): Resource[] =>
  [
    { id: schemaIds.user, name: 'User', attributes: userAttributes },
    { id: schemaIds.group, name: 'Group', attributes: groupAttributes },
    { id: schemaIds.enterprise, name: 'EnterpriseUser', attributes: [{ name: 'department' }] },
  ].map(({ id, name, attributes }) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id,
    name,
    description: name,
    attributes: attributes.map(attribute),
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  }));
