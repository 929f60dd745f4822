import { describe, expect, it } from 'vitest';
import type { Context } from '../../../local/iam/authorization-request.ts';
import { PolicyDocument } from '../../../local/iam/policy.ts';
import { roleOf } from '../../../local/iam/role.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/ledger';
const role = (...Statement: object[]) => roleOf('r', [PolicyDocument.parse({ Version: '2012-10-17', Statement })]);
const allow = (changes: object = {}) => ({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table, ...changes });
const judge = (statements: object[], ask: { action?: string; resource?: string; context?: Context } = {}) =>
  role(...statements).judge({ action: 'dynamodb:GetItem', resource: table, ...ask });
/** Whether a condition holds for these values of `key`. */
const holds = (operator: string, key: string, wanted: unknown, values?: readonly string[]) =>
  judge([allow({ Condition: { [operator]: { [key]: wanted } } })], {
    context: values === undefined ? {} : { [key.toLowerCase()]: values },
  }) === 'allowed';

describe('actions and resources', () => {
  it.each([
    ['the same action', {}, 'allowed'],
    ['another spelling', { action: 'DynamoDB:getitem' }, 'allowed'],
    ['another action', { action: 'dynamodb:Scan' }, 'not allowed'],
    ['another table', { resource: `${table}2` }, 'not allowed'],
    ['an index of the table', { resource: `${table}/index/gsi1` }, 'not allowed'],
    ['another spelling of the table', { resource: table.replace('ledger', 'Ledger') }, 'not allowed'],
  ])('%s', (_, ask, verdict) => {
    expect(judge([allow()], ask)).toBe(verdict);
  });

  it.each([
    ['dynamodb:*', 'dynamodb:Scan', 'allowed'],
    ['dynamodb:Get*', 'dynamodb:Scan', 'not allowed'],
    ['dynamodb:Get?tem', 'dynamodb:GetItem', 'allowed'],
    ['dynamodb:Get.tem', 'dynamodb:GetItem', 'not allowed'],
    ['*', 'ses:SendRawEmail', 'allowed'],
  ])('%s says of %s: %s', (Action, action, verdict) => {
    expect(judge([allow({ Action })], { action })).toBe(verdict);
  });

  it.each([
    [`${table}/index/*`, `${table}/index/gsi1`, 'allowed'],
    ['arn:aws:dynamodb:*:*:table/ledger', table, 'allowed'],
    ['arn:aws:dynamodb:*', table, 'not allowed'],
    ['*', '*', 'allowed'],
  ])('%s covers %s: %s', (Resource, resource, verdict) => {
    expect(judge([allow({ Resource })], { resource })).toBe(verdict);
  });

  it('all but some', () => {
    expect(judge([allow({ Action: undefined, NotAction: 'dynamodb:Get*' })])).toBe('not allowed');
    expect(judge([allow({ Action: undefined, NotAction: 'dynamodb:Put*' })])).toBe('allowed');
    expect(judge([allow({ Resource: undefined, NotResource: table })])).toBe('not allowed');
  });

  it('a Deny outweighs every Allow', () => {
    expect(judge([allow(), { Effect: 'Deny', Action: '*', Resource: '*' }])).toBe('forbidden');
  });
});

describe('conditions', () => {
  it.each([
    ['StringEquals', 'a@b.example', ['a@b.example'], true],
    ['StringEquals', ['c', 'a@b.example'], ['a@b.example'], true],
    ['StringEquals', 'A@b.example', ['a@b.example'], false],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIgnoreCase', 'A', ['a'], true],
    ['StringNotEquals', 'a', ['a'], false],
    ['StringNotEquals', 'a', ['b'], true],
    ['StringNotEquals', 'a', undefined, true],
    ['StringLike', '*@b.example', ['a@b.example'], true],
    ['StringLike', '*@b.example', ['a@b.example.org'], false],
    ['StringNotLike', '*@b.example', ['a@b.example'], false],
    ['ArnLike', 'arn:aws:ses:*:*:identity/*', ['arn:aws:ses:eu-west-1:1:identity/b.example'], true],
    ['ArnEquals', 'arn:aws:ses:*:identity/*', ['arn:aws:ses:eu-west-1:1:identity/b.example'], false],
    ['ArnNotLike', 'arn:aws:ses:*:*:identity/*', ['arn:aws:ses:eu-west-1:1:identity/b.example'], false],
    ['Bool', true, ['true'], true],
    ['Bool', 'false', ['true'], false],
    ['Null', 'false', ['a'], true],
    ['Null', 'false', undefined, false],
    ['Null', 'true', undefined, true],
  ])('%s %j of %j: %s', (operator, wanted, values, expected) => {
    expect(holds(operator, 'ses:FromAddress', wanted, values)).toBe(expected);
  });

  it.each([
    ['ForAllValues:StringLike', ['ED#*'], ['ED#1', 'ED#2'], true],
    ['ForAllValues:StringLike', ['ED#*'], ['ED#1', 'PM#2'], false],
    ['ForAllValues:StringEquals', ['QUOTA', 'PACER'], ['QUOTA'], true],
    ['ForAllValues:StringLike', ['ED#*'], undefined, true],
    ['ForAnyValue:StringLike', ['ED#*'], ['ED#1', 'PM#2'], true],
    ['ForAnyValue:StringLike', ['ED#*'], ['PM#2'], false],
    ['ForAnyValue:StringLike', ['ED#*'], undefined, false],
  ])('%s %j of %j: %s', (operator, wanted, values, expected) => {
    expect(holds(operator, 'dynamodb:LeadingKeys', wanted, values)).toBe(expected);
  });

  it('all have to hold', () => {
    const Condition = { StringEquals: { 'ses:FromAddress': 'a' }, Null: { 'ses:Recipients': 'false' } };

    expect(judge([allow({ Condition })], { context: { 'ses:fromaddress': ['a'] } })).toBe('not allowed');
    expect(judge([allow({ Condition })], { context: { 'ses:fromaddress': ['a'], 'ses:recipients': ['b'] } })).toBe('allowed');
  });
});

describe('what would have to be guessed is an error at the start', () => {
  it.each([
    ['an operator', { Condition: { IpAddress: { 'ses:FromAddress': '10.0.0.0/8' } } }, 'IpAddress'],
    ['a key', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }, 'aws:PrincipalTag/team'],
    ['a key of several values without a quantity', { Condition: { StringLike: { 'ses:Recipients': '*' } } }, 'ForAllValues or ForAnyValue'],
    ['a policy variable', { Condition: { StringLike: { 'ses:FromAddress': '${aws:username}' } } }, '${aws:username}'],
    ['a policy variable in a resource', { Resource: '${aws:username}' }, 'variables'],
    ['an element', { Principal: '*' }, 'Principal'],
    ['no action', { Action: undefined }, 'Action'],
    ['a Null that is neither', { Condition: { Null: { 'ses:Recipients': 'maybe' } } }, '"true" or "false"'],
  ])('%s', (_, changes, message) => {
    expect(() => role(allow(changes))).toThrow(message);
  });
});
