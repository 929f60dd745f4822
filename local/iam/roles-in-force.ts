import type { Plan } from '../plan/plan.ts';
import { TemplateError } from '../template/template.ts';
import { type Role, roleOf } from './role.ts';

/**
 * The role of each function, by the function's name, which is its access key. Throws TemplateError
 * for what AWS would refuse at deployment, or could never carry out: a queue that its function may
 * not read, a schedule that may not reach its target.
 */
export function rolesInForce({ roles, functions, mappings, schedules }: Plan): ReadonlyMap<string, Role> {
  const byArn = new Map(roles.map(({ arn, name, policies }) => [arn, roleOf(name, policies)]));
  const named = (arn: string, who: string): Role => {
    const role = byArn.get(arn);
    if (role === undefined) throw new TemplateError(`${who}: its role ${arn} is not in the template`);
    return role;
  };
  const needs = (role: Role, who: string, action: string, resource: string) => {
    if (role.judge({ action, resource }) !== 'allowed') throw new TemplateError(`${who} may not ${action} ${resource}, and has to`);
  };
  for (const { functionName, queueArn } of mappings) {
    const name = functionName.split(':').at(-1) ?? functionName;
    const role = named(functions.find((fn) => fn.name === name)?.roleArn ?? '', name);
    for (const action of ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']) needs(role, name, `sqs:${action}`, queueArn);
  }
  for (const { name, roleArn, targetArn } of schedules) {
    const action = targetArn.startsWith('arn:aws:sqs:') ? 'sqs:SendMessage' : 'lambda:InvokeFunction';
    needs(named(roleArn, name), `the schedule ${name}`, action, targetArn);
  }
  return new Map(functions.map(({ name, roleArn }) => [name, named(roleArn, name)]));
}
