import { describe, expect, it } from 'vitest';
import { rolesInForce } from '../../../local/iam/roles-in-force.ts';
import { planOf } from '../../../local/plan/plan.ts';
import { loadTemplate } from '../../../local/template/load.ts';
import { toyTemplate } from '../../support/toy-template.ts';

const { Resources } = toyTemplate;
const roles = (changes: object = {}) =>
  rolesInForce(
    planOf(loadTemplate({ ...toyTemplate, Resources: { ...Resources, ...changes } }, { stackName: 'toy', apiUrl: '', queuesUrl: '' })),
  );
const policy = (Statement: object) => ({ Version: '2012-10-17', Statement });
const putItem = { action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:us-east-1:000000000000:table/toy-Table' };

describe('a function’s role', () => {
  it('holds what is attached to it', () => {
    expect(roles().get('toy-worker')?.judge(putItem)).toBe('allowed');
    expect(
      roles()
        .get('toy-worker')
        ?.judge({ ...putItem, action: 'dynamodb:Scan' }),
    ).toBe('not allowed');
  });

  it('holds what stands in it, and the managed policies of the template', () => {
    const inline = { PolicyName: 'own', PolicyDocument: policy({ Effect: 'Allow', Action: 'dynamodb:Scan', Resource: '*' }) };
    const Managed = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: policy({ Effect: 'Deny', Action: 'dynamodb:PutItem', Resource: '*' }) },
    };
    const Role = { Type: 'AWS::IAM::Role', Properties: { Policies: [inline], ManagedPolicyArns: [{ Ref: 'Managed' }] } };
    const role = roles({ Role, Managed }).get('toy-worker');

    expect(role?.judge({ ...putItem, action: 'dynamodb:Scan' })).toBe('allowed');
    expect(role?.judge(putItem)).toBe('forbidden');
  });
});

describe('refuses at the start, as a deployment would fail', () => {
  const without = (gone: string) => ({
    MayDoItsWork: {
      ...Resources.MayDoItsWork,
      Properties: {
        ...Resources.MayDoItsWork.Properties,
        PolicyDocument: policy(
          Resources.MayDoItsWork.Properties.PolicyDocument.Statement.filter(({ Action }) => !JSON.stringify(Action).includes(gone)),
        ),
      },
    },
  });

  it.each([
    ['a queue that its function may not read', without('sqs'), 'toy-worker may not sqs:ReceiveMessage'],
    ['a schedule that may not reach its target', without('lambda'), 'the schedule sweep-toy may not lambda:InvokeFunction'],
    ['a function without a role of the template', { Role: undefined }, 'Role'],
    [
      'a policy from elsewhere',
      { Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } },
      'AdministratorAccess',
    ],
    [
      'a boundary',
      { Role: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: 'arn:aws:iam::1:policy/x' } } },
      'PermissionsBoundary',
    ],
  ])('%s', (_, changes, message) => {
    expect(() => roles(changes)).toThrow(message);
  });
});
