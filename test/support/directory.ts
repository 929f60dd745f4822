import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoBraked, dynamoDirectoryStore } from '../../adapters/dynamodb/directory-store.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoErasureStore, dynamoForgottenList, dynamoPersonRemover } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoKeyStore, putKey } from '../../adapters/dynamodb/key-store.ts';
import { dynamoPeopleList, dynamoPeopleStore, dynamoSuppressionList } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSessionStore } from '../../adapters/dynamodb/session-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { authenticate } from '../../core/access/key.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import type { ScimDeps } from '../../lambdas/scim/deps.ts';
import { scimHandler } from '../../lambdas/scim/routes.ts';
import { distributionYaml } from './distribution.ts';
import { anHttpEvent } from './http-event.ts';
import { anOperator } from './operator.ts';

export const mapping = `directory:
  groups:
    - { group: Eng Payments, team: Payments, role: engineer }
    - { group: Leads, role: leader }
    - { group: Eng Search, team: Search }
  departments:
    - { department: Ledger, team: Payments }
`;

/** The address as a directory has it, and the id of whoever has it in our table. */
export const staffSid = (address: string) => subscriberId('staff', parseAddress(address) ?? fail(address), 'identity');
const fail = (text: string): never => {
  throw new Error(`${text} is no address`);
};

/** The directory's function over a real engine, beside the operator's. The key `scim` is its own. */
export async function aDirectory(table: Table, change: Partial<ScimDeps> = {}, yaml = distributionYaml + mapping) {
  const operator = await anOperator(table);
  await operator.ask('PUT', '/operator/configuration', yaml);
  let n = 0;
  const deps: ScimDeps = {
    people: { ...dynamoPeopleStore(table), ...dynamoPersonRemover(table) },
    list: dynamoPeopleList(table),
    suppressed: dynamoSuppressionList(table),
    directory: dynamoDirectoryStore(table),
    braked: dynamoBraked(table),
    sessions: dynamoSessionStore(table),
    erasing: { erasures: dynamoErasureStore(table), forgotten: dynamoForgottenList(table), newSalt: () => 'a'.repeat(64) },
    applied: dynamoDistributionStore(table),
    audit: dynamoAuditLog(table, () => `scim-${n++}`),
    identitySecret: async () => 'identity',
    suppressionSecret: async () => 'suppression',
    base: 'https://lessons.example.com/scim/v2',
    newId: () => `id-${n++}`,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    hasTime: () => true,
    now: () => '2026-11-19T15:00:00Z',
    ...change,
  };
  await putKey(table, 'scim', { label: 'Entra', scopes: ['scim'], createdAt: '2026-11-01T00:00:00Z' });
  const keys = dynamoKeyStore(table);
  const log = { info: () => {}, warn: () => {}, error: (...all: unknown[]) => void errors.push(all) };
  const errors: unknown[] = [];
  const handle = scimHandler(deps, { authenticate: (bearer) => authenticate(bearer, keys), log });

  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await handle(
      anHttpEvent(method, {
        url: `/scim/v2${path}`,
        headers: { authorization: 'Bearer scim', 'content-type': 'application/scim+json; charset=utf-8', ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined, headers: answer.headers ?? {} };
  };
  const patch = (path: string, ...operations: object[]) =>
    ask('PATCH', path, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations });
  const profile = async (address: string) => (await deps.people.readProfiles([{ realm: 'staff', sid: staffSid(address) }]))[0];
  return { ask, patch, profile, operator, deps, errors };
}

/** A user as Entra creates one. */
export const entraUser = (address: string, change: object = {}) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  externalId: address.split('@')[0],
  userName: address,
  active: true,
  displayName: 'Ada Obi',
  emails: [{ primary: true, type: 'work', value: address }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Ada Obi', familyName: 'Obi', givenName: 'Ada' },
  title: 'Staff engineer',
  ...change,
});
