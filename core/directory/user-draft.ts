import { isSameAddress } from '../subscriber/subscriber-id.ts';
import { type AttributePath, isTrue, parsePath, withoutSchema } from './filter.ts';
import { isRecord, type Operation, opened, readBoolean, readText } from './operation.ts';
import { DirectoryRefusal, invalidValue } from './refusal.ts';

/** A user as a directory wishes them. What else it sends is not kept. */
export interface UserDraft {
  userName?: string;
  externalId?: string;
  displayName?: string;
  formatted?: string;
  givenName?: string;
  familyName?: string;
  department?: string;
  active: boolean;
  /** The address that gets mail, where `emails` was sent. It has to be `userName`. */
  email?: string;
}

type TextField = Exclude<keyof UserDraft, 'active'>;

/** By the attribute, in lower case. */
const texts: ReadonlyMap<string, TextField> = new Map([
  ['username', 'userName'],
  ['externalid', 'externalId'],
  ['displayname', 'displayName'],
  ['name.formatted', 'formatted'],
  ['name.givenname', 'givenName'],
  ['name.familyname', 'familyName'],
  ['department', 'department'],
]);

/** The user after these operations. Throws a refusal; then nothing is to be changed. */
export function changedUser(before: UserDraft, operations: readonly Operation[]): UserDraft {
  const draft = { ...before };
  for (const operation of operations) apply(draft, operation);
  checkUser(draft);
  return draft;
}

/**
 * What a POST or a PUT says: nothing is taken over from before, except that a PUT which does not
 * say `active` brings nobody back who left.
 */
export const readUser = (body: unknown, active = true): UserDraft => changedUser({ active }, [{ op: 'add', value: body }]);

function apply(draft: UserDraft, { op, path, value }: Operation): void {
  const isRemoval = op === 'remove';
  if (path === undefined && isRemoval)
    throw new DirectoryRefusal(400, 'An operation "remove" needs a path.', 'Send the attribute that goes as its path.', 'invalidPath');
  if (path === undefined || isSchema(path)) {
    if (!isRecord(value))
      throw invalidValue('An operation without a path needs an object of attributes as its value.', 'Send a path, or such an object.');
    for (const [name, one] of Object.entries(value)) {
      if (isSchema(name)) apply(draft, { op, path: name, value: one });
      else if (!ignored.has(name.toLowerCase()) && !isForeign(name)) set(draft, parsePath(name), one);
    }
    return;
  }
  if (!isForeign(path)) set(draft, parsePath(path), isRemoval ? undefined : value);
}

const isSchema = (text: string) => withoutSchema(text) === '' && text !== '';
/** Of an extension that we do not know. */
const isForeign = (text: string) => /^urn:/i.test(withoutSchema(text));
/** They are ours to say. A directory that read a user sends them back. */
const ignored = new Set(['schemas', 'id', 'meta', 'groups']);

function set(draft: UserDraft, { attribute, where, sub }: AttributePath, sent: unknown): void {
  const value = opened(sent);
  if (attribute === 'name' && sub === undefined) {
    const parts: Record<string, unknown> = isRecord(value) ? value : {};
    for (const [part, one] of Object.entries(parts)) set(draft, { attribute, sub: part.toLowerCase() }, one);
    if (value === undefined || value === null) for (const part of ['formatted', 'givenName', 'familyName'] as const) delete draft[part];
  } else if (attribute === 'emails') {
    setEmail(draft, where ?? [], sub, sent);
  } else if (attribute === 'active') {
    draft.active = readBoolean('active', value);
  } else {
    const field = texts.get(sub === undefined ? attribute : `${attribute}.${sub}`);
    if (field !== undefined) setText(draft, field, value);
  }
}

function setText(draft: UserDraft, field: TextField, value: unknown): void {
  const text = readText(field, value);
  if (text === undefined) delete draft[field];
  else draft[field] = text;
}

/**
 * Of several addresses the primary one counts, else the one of type work, else the first. An
 * address of another type, named by a path, is none of ours.
 */
function setEmail(draft: UserDraft, where: NonNullable<AttributePath['where']>, sub: string | undefined, sent: unknown): void {
  const isOther = where.some(
    ({ path, value }) =>
      (path.attribute === 'type' && String(value).toLowerCase() !== 'work') || (path.attribute === 'primary' && !isTrue(value)),
  );
  if (isOther || (sub !== undefined && sub !== 'value')) return;
  const all: unknown[] = Array.isArray(sent) ? sent : [sent];
  const list = all.filter(isRecord);
  const primary = list.find((one) => String(one.primary).toLowerCase() === 'true');
  const chosen = primary ?? list.find(({ type }) => String(type).toLowerCase() === 'work') ?? list[0];
  const none = Array.isArray(sent) && sent.length === 0;
  setText(draft, 'email', chosen ? chosen.value : none ? undefined : opened(sent));
}

function checkUser({ userName, email }: UserDraft): void {
  if (userName === undefined)
    throw invalidValue(
      'userName is missing. It is the address that gets mail.',
      'Map it to the attribute that holds the address, such as mail.',
    );
  if (email !== undefined && !isSameAddress(email, userName)) {
    throw invalidValue(
      'userName and the primary address of emails differ. Mail goes to userName.',
      'Map it to the attribute that holds the address, such as mail.',
    );
  }
}
