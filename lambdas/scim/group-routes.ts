import type { Comparison } from '../../core/directory/filter.ts';
import type { GroupDraft } from '../../core/directory/group-draft.ts';
import { changedGroup, readGroup, readNewGroup } from '../../core/directory/group-draft.ts';
import { changeGroup, createGroup, groupOr404, removeGroup } from '../../core/directory/groups.ts';
import { type ListedUser, managedPeople, pageOf } from '../../core/directory/list-users.ts';
import { readOperations } from '../../core/directory/operation.ts';
import type { DirectoryDeps, DirectoryGroup } from '../../core/directory/ports.ts';
import { DirectoryRefusal } from '../../core/directory/refusal.ts';
import { fitting, groupResource, isWanted, listResource, type Selection, selected } from '../../core/directory/resources.ts';
import { foldedName } from '../../core/shared/text.ts';
import { emptyAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { scimAnswer } from './answer.ts';
import { forRequest, type ScimDeps } from './deps.ts';
import { scimBase } from './env.ts';
import { checkSeen, filterIn, notModified, pagingIn, readBody, selectionIn } from './request.ts';

const groups = `${scimBase}/Groups`;
const one = `${groups}/{id}`;

export const groupRoutes = (deps: ScimDeps): Route[] => [
  { method: 'GET', path: groups, scope: 'scim', answer: (call) => list(call, deps) },
  { method: 'POST', path: groups, scope: 'scim', answer: (call) => create(call, deps) },
  { method: 'GET', path: one, scope: 'scim', answer: (call) => read(call, deps) },
  { method: 'PUT', path: one, scope: 'scim', answer: (call) => replace(call, deps) },
  { method: 'PATCH', path: one, scope: 'scim', answer: (call) => patch(call, deps) },
  { method: 'DELETE', path: one, scope: 'scim', answer: (call) => remove(call, deps) },
];

const idIn = ({ params }: Call) => params.id ?? '';

/** Everybody is read only if somebody asks who is in a group. */
const peopleFor = (selection: Selection, context: DirectoryDeps): Promise<ListedUser[]> | undefined =>
  isWanted('members', selection) ? managedPeople(context) : undefined;

async function list(call: Call, deps: ScimDeps) {
  const [filter, paging, selection] = [filterIn(call), pagingIn(call), selectionIn(call)];
  const context = await forRequest(deps, call.caller);
  const asksForMembers = filter.some(({ path }) => path.attribute === 'members');
  const people = asksForMembers ? await managedPeople(context) : await peopleFor(selection, context);
  const checks = filter.map((comparison) => checkOf(comparison, people ?? []));
  const found = (await context.directory.readGroups()).filter((group) => checks.every((check) => check(group)));
  const page = pageOf(found, paging);
  const resources = fitting(page.resources.map((group) => selected(groupResource(group, people, deps.base), selection)));
  return scimAnswer(200, listResource({ ...page, resources }));
}

function checkOf(
  { path: { attribute, sub, where }, value }: Comparison,
  people: readonly ListedUser[],
): (group: DirectoryGroup) => boolean {
  const text = String(value);
  if (attribute === 'members' && where === undefined && (sub === undefined || sub === 'value'))
    return ({ id }) => people.some(({ directory }) => directory.id === text && directory.groups.includes(id));
  if (sub === undefined && attribute === 'displayname') return ({ displayName }) => foldedName(displayName) === foldedName(text);
  if (sub === undefined && attribute === 'externalid') return ({ externalId }) => externalId === text;
  if (sub === undefined && attribute === 'id') return ({ id }) => id === text;
  throw new DirectoryRefusal(
    400,
    'Groups are not filtered by this attribute.',
    'Filter by displayName, externalId, id or members.',
    'invalidFilter',
  );
}

async function create(call: Call, deps: ScimDeps) {
  const draft = readNewGroup(readBody(call));
  const context = await forRequest(deps, call.caller);
  const group = await createGroup(draft, context);
  return answerWith(call, group, context, deps, 201);
}

async function read(call: Call, deps: ScimDeps) {
  const context = await forRequest(deps, call.caller);
  const group = groupOr404(idIn(call), await context.directory.readGroups());
  return notModified(call, groupResource(group, undefined, deps.base)) ?? answerWith(call, group, context, deps, 200);
}

async function answerWith(call: Call, group: DirectoryGroup, context: DirectoryDeps, deps: ScimDeps, status: 200 | 201) {
  const selection = selectionIn(call);
  const resource = groupResource(group, await peopleFor(selection, context), deps.base);
  return scimAnswer(status, selected(resource, selection), status === 201 ? { location: `${deps.base}/Groups/${group.id}` } : {});
}

async function replace(call: Call, deps: ScimDeps) {
  const draft = readGroup(readBody(call));
  const context = await forRequest(deps, call.caller);
  const group = await change(call, () => draft, context, deps);
  return answerWith(call, group, context, deps, 200);
}

/**
 * Answers with nothing, because everybody would have to be read to say who is in a large group;
 * with the attributes that were asked for (RFC 7644, section 3.5.2).
 */
async function patch(call: Call, deps: ScimDeps) {
  const operations = readOperations(readBody(call));
  const context = await forRequest(deps, call.caller);
  const group = await change(call, (before) => changedGroup(before, operations), context, deps);
  return selectionIn(call).only ? answerWith(call, group, context, deps, 200) : emptyAnswer();
}

const change = (call: Call, wish: (before: GroupDraft) => GroupDraft, context: DirectoryDeps, { base }: ScimDeps) =>
  changeGroup(idIn(call), wish, (group) => checkSeen(call, groupResource(group, undefined, base)), context);

async function remove(call: Call, deps: ScimDeps) {
  const context = await forRequest(deps, call.caller);
  await removeGroup(idIn(call), (group) => checkSeen(call, groupResource(group, undefined, deps.base)), context);
  return emptyAnswer();
}
