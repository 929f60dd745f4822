import { changeUser, createUser, removeUser } from '../../core/directory/change-user.ts';
import { type DirectoryUser, userOr404 } from '../../core/directory/find-user.ts';
import { listUsers } from '../../core/directory/list-users.ts';
import { readOperations } from '../../core/directory/operation.ts';
import { type DirectoryDeps, readGroupNames } from '../../core/directory/ports.ts';
import { fitting, listResource, selected, userResource } from '../../core/directory/resources.ts';
import { changedUser, readUser, type UserDraft } from '../../core/directory/user-draft.ts';
import { emptyAnswer } from '../shared/http-answer.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { scimAnswer } from './answer.ts';
import { forRequest, type ScimDeps } from './deps.ts';
import { scimBase } from './env.ts';
import { checkSeen, filterIn, notModified, pagingIn, readBody, selectionIn } from './request.ts';

const users = `${scimBase}/Users`;
const one = `${users}/{id}`;

export const userRoutes = (deps: ScimDeps): Route[] => [
  { method: 'GET', path: users, scope: 'scim', answer: (call) => list(call, deps) },
  { method: 'POST', path: users, scope: 'scim', answer: (call) => create(call, deps) },
  { method: 'GET', path: one, scope: 'scim', answer: (call) => read(call, deps) },
  { method: 'PUT', path: one, scope: 'scim', answer: (call) => replace(call, deps) },
  { method: 'PATCH', path: one, scope: 'scim', answer: (call) => patch(call, deps) },
  { method: 'DELETE', path: one, scope: 'scim', answer: (call) => remove(call, deps) },
];

const idIn = ({ params }: Call) => params.id ?? '';

const shown = async (user: DirectoryUser, context: DirectoryDeps, { base }: ScimDeps) =>
  userResource(user, await readGroupNames(context), base);

async function list(call: Call, deps: ScimDeps) {
  const [filter, paging, selection] = [filterIn(call), pagingIn(call), selectionIn(call)];
  const context = await forRequest(deps, call.caller);
  const names = await readGroupNames(context);
  const page = await listUsers(filter, paging, context);
  const resources = fitting(page.resources.map((user) => selected(userResource(user, names, deps.base), selection)));
  return scimAnswer(200, listResource({ ...page, resources }));
}

async function create(call: Call, deps: ScimDeps) {
  const draft = readUser(readBody(call));
  const context = await forRequest(deps, call.caller);
  const user = await shown(await createUser(draft, context), context, deps);
  return scimAnswer(201, user, { location: `${deps.base}/Users/${String(user.id)}` });
}

async function read(call: Call, deps: ScimDeps) {
  const context = await forRequest(deps, call.caller);
  const user = await shown((await userOr404(idIn(call), context)).user, context, deps);
  return notModified(call, user) ?? scimAnswer(200, selected(user, selectionIn(call)));
}

async function replace(call: Call, deps: ScimDeps) {
  const body = readBody(call);
  return change(call, ({ active }) => readUser(body, active), deps);
}

async function patch(call: Call, deps: ScimDeps) {
  const operations = readOperations(readBody(call));
  return change(call, (before) => changedUser(before, operations), deps);
}

async function change(call: Call, wish: (before: UserDraft) => UserDraft, deps: ScimDeps) {
  const context = await forRequest(deps, call.caller);
  const check = async (user: DirectoryUser) => checkSeen(call, await shown(user, context, deps));
  const user = await shown(await changeUser(idIn(call), wish, check, context), context, deps);
  return scimAnswer(200, selected(user, selectionIn(call)));
}

async function remove(call: Call, deps: ScimDeps) {
  const context = await forRequest(deps, call.caller);
  await removeUser(idIn(call), async (user) => checkSeen(call, await shown(user, context, deps)), context);
  return emptyAnswer();
}
