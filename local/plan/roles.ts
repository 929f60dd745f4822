import * as z from 'zod';
import { PolicyDocument } from '../iam/policy.ts';
import type { ResolvedResource } from '../template/load.ts';
import { TemplateError } from '../template/template.ts';
import { read } from './read.ts';

/** A role and all its permissions. */
export interface RolePlan {
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly PolicyDocument[];
}

const RoleProperties = z.object({
  Policies: z.array(z.object({ PolicyDocument })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  // Refused, because the permissions that a boundary removes would not be noticed.
  PermissionsBoundary: z.undefined().optional(),
});
const Attached = z.object({ PolicyDocument, Roles: z.array(z.string()).default([]) });

/**
 * The roles of the stack, with their inline policies, the policies attached to them and those that
 * they name.
 */
export function rolesOf(resources: readonly ResolvedResource[]): RolePlan[] {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const attached = [...ofType('AWS::IAM::Policy'), ...ofType('AWS::IAM::ManagedPolicy')].map((resource) => ({
    arn: resource.identity.ref,
    ...read(resource, Attached),
  }));
  return ofType('AWS::IAM::Role').map((role) => {
    const { Policies, ManagedPolicyArns } = read(role, RoleProperties);
    const foreign = ManagedPolicyArns.find((wanted) => attached.every(({ arn }) => arn !== wanted));
    if (foreign !== undefined) throw new TemplateError(`${role.logicalId}: what ${foreign} allows stands outside this template`);
    const from = attached.filter(({ arn, Roles }) => Roles.includes(role.name) || ManagedPolicyArns.includes(arn));
    return {
      name: role.name,
      arn: role.identity.attributes.Arn ?? role.name,
      policies: [...Policies, ...from].map((policy) => policy.PolicyDocument),
    };
  });
}
